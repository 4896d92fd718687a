// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Recheck;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets a sealed copy go: first the entry, then its checkpoint, then the door. */
final class ReleaseStep {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseStep.class);

    private final Orders orders;
    private final AuditLog log;
    private final TimeStamping time;
    private final AttemptTable attempts;
    private final EvidenceSettings settings;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    ReleaseStep(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            AttemptTable attempts,
            EvidenceSettings settings,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.orders = orders;
        this.log = log;
        this.time = time;
        this.attempts = attempts;
        this.settings = settings;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** The orders room asks for two release approvals; without them nothing changes but its log. */
    boolean release(ApprovedOrder order) {
        if (!stands(order)) {
            return false;
        }
        Boolean released = transaction.execute(status -> {
            boolean done =
                    orders.released(order) instanceof Transition.Done(var _, var entry) && remember(order, entry);
            failpoint.reached("evidence.releasing");
            return done;
        });
        failpoint.reached("evidence.released");
        return Boolean.TRUE.equals(released);
    }

    /** What was revoked since the capture stops it; what cannot be told now is asked again under another lease. */
    private boolean stands(ApprovedOrder order) {
        return switch (orders.recheckRelease(order)) {
            case Recheck.Same _ -> true;
            case Recheck.Different(String code) -> {
                transaction.executeWithoutResult(_ -> {
                    orders.releaseStopped(order, code);
                    failpoint.reached("evidence.release-stopping");
                });
                // A crash before leaves it due, and it is stopped again; after it, it is due no more.
                failpoint.reached("evidence.release-stopped");
                LOG.warn("{} is not let go: {}", order.id(), code);
                yield false;
            }
            case Recheck.Unknown(String code) -> {
                LOG.warn("{} waits: {}", order.id(), code);
                yield false;
            }
        };
    }

    private boolean remember(ApprovedOrder order, Digest entry) {
        attempts.release(order.id(), entry);
        return true;
    }

    /** A crash before or after leaves a released order whose entry is or will be signed: this step repeats itself. */
    boolean publish(ApprovedOrder order) {
        Digest leaf = attempts.sealed(order.id()).flatMap(Attempt::releaseLeaf).orElseThrow();
        if (log.await(leaf, settings.proofWait()).isEmpty()) {
            return false;
        }
        if (!stands(order)) {
            return false;
        }
        // The checkpoint that holds the release is stamped without waiting for the hour, and the delivery not for it.
        time.askCheckpoint(LogName.CASE);
        failpoint.reached("evidence.publishing");
        boolean done = orders.available(order) instanceof Transition.Done;
        failpoint.reached("evidence.available");
        return done;
    }
}
