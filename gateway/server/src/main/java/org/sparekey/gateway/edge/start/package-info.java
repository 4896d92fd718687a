// SPDX-License-Identifier: EUPL-1.2
/** What must hold before the gateway starts: its mode, its configuration, its guarantees. */
@NullMarked
package org.sparekey.gateway.edge.start;

import org.jspecify.annotations.NullMarked;
