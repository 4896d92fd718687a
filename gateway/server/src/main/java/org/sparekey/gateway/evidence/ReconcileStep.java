// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.ApprovedOrder;

/**
 * Finds out what became of an attempt that nobody finished. Announced and untouched: it is run under its own ticket.
 * Begun: whatever it left on the hypervisor is ended, the attempt is entered as lost, and its files are never delivered.
 */
final class ReconcileStep {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileStep.class);

    private final AttemptTable attempts;
    private final CaptureStep captures;
    private final Outcomes outcomes;
    private final LiveFacts facts;
    private final Failpoint failpoint;

    ReconcileStep(
            AttemptTable attempts, CaptureStep captures, Outcomes outcomes, LiveFacts facts, Failpoint failpoint) {
        this.attempts = attempts;
        this.captures = captures;
        this.outcomes = outcomes;
        this.facts = facts;
        this.failpoint = failpoint;
    }

    boolean reconcile(ApprovedOrder order) {
        Optional<Attempt> found = attempts.find(order.id(), order.attempt());
        if (found.isEmpty()) {
            throw new IllegalStateException(order.id() + " was begun, and this room knows of no attempt");
        }
        Attempt attempt = found.get();
        return switch (attempt.state()) {
            case ANNOUNCED -> captures.run(order, attempt);
            case RUNNING -> end(order, attempt);
            case SEALED, LOST ->
                throw new IllegalStateException(order.id() + " is executing, and its attempt is " + attempt.state());
        };
    }

    /** Ending a left job twice is harmless, so a crash in between repeats it. */
    private boolean end(ApprovedOrder order, Attempt attempt) {
        try {
            List<String> ended = facts.hypervisor().recover();
            failpoint.reached("evidence.recovered");
            outcomes.lost(order, attempt, AttemptOutcome.LOST, ended);
            failpoint.reached("evidence.reconciled");
            return true;
        } catch (IOException hypervisor) {
            LOG.warn("{} waits: what a lost attempt left cannot be ended now", order.id(), hypervisor);
            return false;
        }
    }
}
