// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import org.sparekey.protocol.order.Category;

/**
 * What may not be deleted because of an order.
 *
 * @param category CONTENT holds the disk; the others hold registration and history
 */
public record Hold(OrderId order, Category category, Instant until) {}
