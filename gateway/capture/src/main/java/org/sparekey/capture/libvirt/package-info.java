// SPDX-License-Identifier: EUPL-1.2
/** Driver for guests under libvirt and QEMU: live, without a pause, through a pull backup job. */
@NullMarked
package org.sparekey.capture.libvirt;

import org.jspecify.annotations.NullMarked;
