// SPDX-License-Identifier: EUPL-1.2
/** Hypervisor drivers and the capture pipeline. */
@NullMarked
package org.sparekey.capture;

import org.jspecify.annotations.NullMarked;
