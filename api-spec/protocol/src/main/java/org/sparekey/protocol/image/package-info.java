// SPDX-License-Identifier: Apache-2.0
/** The two digests of a disk image, for who captures it and for who opens it. */
@NullMarked
package org.sparekey.protocol.image;

import org.jspecify.annotations.NullMarked;
