// SPDX-License-Identifier: Apache-2.0
/** What a node asks of an execution ticket before it touches a guest. */
@NullMarked
package org.sparekey.protocol.ticket;

import org.jspecify.annotations.NullMarked;
