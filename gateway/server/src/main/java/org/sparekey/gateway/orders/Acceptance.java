// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.json.Digest;

/** A request was taken: the order it is about, and the entry to wait for outside the transaction. */
public record Acceptance(OrderId id, Digest entry) {}
