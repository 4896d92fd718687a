// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.Optional;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.protocol.document.SignedDocument;

/**
 * The facade of the room. Each {@link #step} takes one order one phase further; the background runner and the tests call
 * the same method. Delivery is in {@link Delivery}.
 */
public final class Evidence {

    private final Orders orders;
    private final CaptureStep captures;
    private final TakeOverStep takeOvers;
    private final ReconcileStep reconciliations;
    private final ReleaseStep releases;
    private final AttemptTable attempts;
    private final TakeDowns takeDowns;

    Evidence(
            Orders orders,
            CaptureStep captures,
            TakeOverStep takeOvers,
            ReconcileStep reconciliations,
            ReleaseStep releases,
            AttemptTable attempts,
            TakeDowns takeDowns) {
        this.orders = orders;
        this.captures = captures;
        this.takeOvers = takeOvers;
        this.reconciliations = reconciliations;
        this.releases = releases;
        this.attempts = attempts;
        this.takeDowns = takeDowns;
    }

    /** Claims the next due order and does what is due. @return whether anything changed */
    public boolean step() {
        return takeDowns.step() || orders.claim().map(this::advance).orElse(false);
    }

    /** The same for this one order, where it is due. */
    public boolean step(OrderId id) {
        return takeDowns.step(id) || orders.claim(id).map(this::advance).orElse(false);
    }

    /** The signed manifest of the copy that may be delivered, once there is one. */
    public Optional<SignedDocument> manifest(OrderId id) {
        return attempts.sealed(id).flatMap(Attempt::manifest);
    }

    /** The execution ticket under which that copy was made, a compact JWS. */
    public Optional<String> ticket(OrderId id) {
        return attempts.sealed(id).map(Attempt::ticket);
    }

    /** Under one lease as far as it goes: what was sealed and may be released is released at once. */
    private boolean advance(ApprovedOrder order) {
        return switch (order.phase()) {
            case CAPTURE -> captures.begin(order) && released(order);
            case TAKE_OVER -> takeOvers.takeOver(order) && released(order);
            case RECONCILE -> reconciliations.reconcile(order) && released(order);
            case RELEASE -> releases.release(order) && published(order);
            case PUBLISH -> releases.publish(order);
            case ISOLATE, RESTORE -> throw new IllegalStateException(order + " is no copy");
        };
    }

    private boolean released(ApprovedOrder order) {
        boolean due = attempts.sealed(order.id()).isPresent() && orders.mayRelease(order);
        return !due || releases.release(order) && published(order);
    }

    /** What waits for its checkpoint is published by a later step. */
    private boolean published(ApprovedOrder order) {
        releases.publish(order);
        return true;
    }
}
