// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;

/** What became of one look at the hypervisors. */
public sealed interface Poll {

    Instant at();

    /** Every source listed every guest. */
    record Complete(Instant at, int guests) implements Poll {}

    /** A source left gaps: what it did list is prolonged, and what it did not list is not removed. */
    record Incomplete(Instant at, String reason) implements Poll {}

    /** No hypervisor is configured: the gateway knows prefixes only. */
    record NoHypervisor(Instant at) implements Poll {}
}
