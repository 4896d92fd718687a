// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;

/** What became of one look at the hypervisors. */
public sealed interface Poll {

    Instant at();

    /** Every guest was listed and is recorded. */
    record Complete(Instant at, int guests) implements Poll {}

    /** The listing failed; nothing is recorded, because half a listing would look like removed guests. */
    record Incomplete(Instant at, String reason) implements Poll {}

    /** No hypervisor is configured: the gateway knows prefixes only. */
    record NoHypervisor(Instant at) implements Poll {}
}
