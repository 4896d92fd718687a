// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Digest;

/**
 * The facade of the room. The evidence room claims an approved order and tells what became of it; each call joins the
 * caller's transaction (or opens its own), changes the order's row, appends the entry in the same transaction, and
 * refuses what the state does not allow.
 */
public final class Orders {

    private final Execution execution;

    Orders(Execution execution) {
        this.execution = execution;
    }

    /** Leases the next order that evidence work is due for: approved, begun and lost, to be released or published. */
    public Optional<ApprovedOrder> claim() {
        return execution.claim();
    }

    /** The same for this one order, where it is due. */
    public Optional<ApprovedOrder> claim(OrderId id) {
        return execution.claim(id);
    }

    /** Keeps the lease while a long attempt runs; empty when it is lost. */
    public Optional<ApprovedOrder> renew(ApprovedOrder order) {
        return execution.renew(order);
    }

    /**
     * The intent: attempt {@code order.attempt()} begins once this entry is in a signed checkpoint. From approved.
     *
     * @param intent canonical bytes of what is about to be done (ticket, deadline); the entry's payload
     */
    public Transition started(ApprovedOrder order, byte[] intent) {
        return execution.started(order, intent);
    }

    /**
     * The attempt was reconciled: aborted, or never begun. Back to approved for the next number; after the third the
     * order fails with ATTEMPTS_EXHAUSTED.
     */
    public Transition attemptLost(ApprovedOrder order, byte[] findings) {
        return execution.attemptLost(order, findings);
    }

    /** A bound field differs from what the officers signed: approvals lapse, the order returns to review. */
    public Transition reviewAgain(ApprovedOrder order, String reason) {
        return execution.reviewAgain(order, reason);
    }

    /** Sealed and withheld; the digest of the manifest is what the acknowledgement will be compared with. */
    public Transition secured(ApprovedOrder order, Digest manifestDigest, byte[] outcome) {
        return execution.secured(order, manifestDigest, outcome);
    }

    /** Needs two release approvals of different officers. */
    public Transition released(ApprovedOrder order) {
        return execution.released(order);
    }

    /** The release entry is in a signed checkpoint: the authority may fetch. */
    public Transition available(ApprovedOrder order) {
        return execution.available(order);
    }

    /** @param code NO_LIVE_COPY, NO_DATA or another code of the capture */
    public Transition failed(ApprovedOrder order, String code, byte[] outcome) {
        return execution.failed(order, code, outcome);
    }

    /** The authority's signed acknowledgement, checked by the evidence room. From available. */
    public Transition acknowledged(OrderId id, String person, byte[] acknowledgement) {
        return execution.acknowledged(id, person, acknowledgement);
    }

    /** From acknowledged or answered; releases the hold. */
    public Transition closed(OrderId id) {
        return execution.closed(id);
    }

    /** An entry about this order that changes no state (a fetch, a destruction): takes the next number of its chain. */
    public Digest record(OrderId id, String type, Map<String, String> clear, byte[] payload) {
        return execution.record(id, type, clear, payload);
    }

    /** What may not be deleted of this asset now. */
    public List<Hold> holds(LocatedAsset asset) {
        return execution.holds(asset);
    }
}
