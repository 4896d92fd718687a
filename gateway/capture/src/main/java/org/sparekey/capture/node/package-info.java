// SPDX-License-Identifier: EUPL-1.2
/** A capture on the hypervisor itself: a node that judges its ticket, seals, and sends nothing but sealed files. */
@NullMarked
package org.sparekey.capture.node;

import org.jspecify.annotations.NullMarked;
