// SPDX-License-Identifier: EUPL-1.2
/** The few calls of the kernel that the JDK does not offer, by FFM. */
@NullMarked
package org.sparekey.capture.posix;

import org.jspecify.annotations.NullMarked;
