// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.capture.CaptureException;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives back what an isolation cut, because its issuer's side ordered so: announce, wait for the announcement to be in a signed
 * checkpoint, set what was kept, read back, enter the outcome. It sets what was kept, so it may be repeated after any crash.
 */
final class RestoreStep {

    static final String ACT = "RESTORE";

    /** Nobody but an officer knows what was done and how it is undone. */
    static final String NOT_OURS = "NOT_OURS";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreStep.class);

    private final Orders orders;
    private final AuditLog log;
    private final IsolationTable isolations;
    private final LinkHand hand;
    private final EvidenceSettings settings;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    RestoreStep(
            Orders orders,
            AuditLog log,
            IsolationTable isolations,
            LinkHand hand,
            EvidenceSettings settings,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.orders = orders;
        this.log = log;
        this.isolations = isolations;
        this.hand = hand;
        this.settings = settings;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return whether anything changed; false when it waits for a proof or the hypervisor */
    boolean restore(ApprovedOrder order) {
        Optional<Isolation> isolation = isolations.open(order.id());
        if (isolation.isEmpty()) {
            return orders.handStopped(order, ACT, NOT_OURS) instanceof Transition.Done;
        }
        return switch (isolation.get().state()) {
            case ISOLATED -> announce(order, isolation.get()) && restore(order);
            case RESTORING -> undo(order, isolation.get());
            case ANNOUNCED, RUNNING, RESTORED, LOST, UNDONE ->
                throw new IllegalStateException(order.id() + " is restoring, and its attempt is "
                        + isolation.get().state());
        };
    }

    private boolean announce(ApprovedOrder order, Isolation isolation) {
        boolean announced = Objects.requireNonNull(transaction.execute(status -> {
            boolean done = orders.undoing(order) instanceof Transition.Done(var _, var entry)
                    && isolations.restoring(isolation, entry);
            if (!done) {
                status.setRollbackOnly();
            }
            failpoint.reached("evidence.undoing-announcing");
            return done;
        }));
        // A crash here leaves an announced undoing that touched nothing: it goes on under the same entry.
        failpoint.reached("evidence.undoing-announced");
        return announced;
    }

    private boolean undo(ApprovedOrder order, Isolation isolation) {
        Digest intent = isolation.restoreLeaf().orElseThrow();
        if (log.await(intent, settings.proofWait()).isEmpty()
                || orders.renew(order).isEmpty()) {
            return false;
        }
        try {
            byte[] record = hand.restore(isolation, order.verified().digest(), intent);
            // A crash here leaves a guest that is on the net again and nobody who said so: it is set and said once
            // more.
            failpoint.reached("evidence.undone");
            return restored(order, isolation, record);
        } catch (CaptureException refusal) {
            return orders.handStopped(order, ACT, refusal.refusal().name()) instanceof Transition.Done;
        } catch (IOException hypervisor) {
            LOG.warn("{} waits: the hypervisor does not answer", order.id(), hypervisor);
            return false;
        }
    }

    private boolean restored(ApprovedOrder order, Isolation isolation, byte[] record) {
        Boolean done = transaction.execute(status -> {
            boolean entered = orders.restored(order, record) instanceof Transition.Done(var _, var entry)
                    && isolations.end(isolation, Isolation.State.RESTORING, Isolation.State.RESTORED, entry);
            if (!entered) {
                status.setRollbackOnly();
            }
            failpoint.reached("evidence.undone-entering");
            return entered;
        });
        failpoint.reached("evidence.undone-entered");
        return Boolean.TRUE.equals(done);
    }
}
