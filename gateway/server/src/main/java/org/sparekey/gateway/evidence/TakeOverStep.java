// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Recheck;
import org.sparekey.gateway.orders.Transition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An order gets the copy that an earlier freezing made: the same files, sealed to the same people, under the manifest of then.
 * No guest is opened; without the copy that the officers signed for nothing is made in its place.
 */
final class TakeOverStep {

    private final Orders orders;
    private final AttemptTable attempts;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    TakeOverStep(Orders orders, AttemptTable attempts, TransactionTemplate transaction, Failpoint failpoint) {
        this.orders = orders;
        this.attempts = attempts;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return whether anything changed; false when it waits for a revocation list */
    boolean takeOver(ApprovedOrder order) {
        return switch (orders.recheck(order)) {
            case Recheck.Same _ -> compared(order);
            case Recheck.Different(String code) -> orders.reviewAgain(order, code) instanceof Transition.Done;
            case Recheck.Unknown _ -> false;
        };
    }

    private boolean compared(ApprovedOrder order) {
        Optional<OrderId> from = orders.copied(order);
        Optional<Attempt> sealed = from.flatMap(attempts::sealed)
                .filter(attempt -> !attempt.destroyed())
                .filter(attempt -> attempt.manifest()
                        .map(manifest -> manifest.digest())
                        .equals(order.basis().copy()));
        if (sealed.isEmpty()) {
            return orders.reviewAgain(order, "OTHER_COPY") instanceof Transition.Done;
        }
        byte[] manifest = sealed.get().manifest().orElseThrow().compact().getBytes(StandardCharsets.US_ASCII);
        Boolean taken = transaction.execute(status -> {
            boolean done = orders.tookOver(order, from.orElseThrow(), manifest)
                            instanceof Transition.Done(var _, var entry)
                    && attempts.takeOver(order.id(), sealed.get(), order.lease().epoch(), entry);
            if (!done) {
                status.setRollbackOnly();
            }
            failpoint.reached("evidence.taking-over");
            return done;
        });
        // A crash before leaves an approved order that is claimed again; after it, a secured one.
        failpoint.reached("evidence.taken-over");
        return Boolean.TRUE.equals(taken);
    }
}
