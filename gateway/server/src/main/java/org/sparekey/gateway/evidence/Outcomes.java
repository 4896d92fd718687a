// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends attempts that sealed nothing: the attempt's row, the order's row and the entry in one transaction. */
final class Outcomes {

    private final Orders orders;
    private final AttemptTable attempts;
    private final IsolationTable isolations;
    private final TransactionTemplate transaction;
    private final SecureRandom random;

    Outcomes(
            Orders orders,
            AttemptTable attempts,
            IsolationTable isolations,
            TransactionTemplate transaction,
            SecureRandom random) {
        this.orders = orders;
        this.attempts = attempts;
        this.isolations = isolations;
        this.transaction = transaction;
        this.random = random;
    }

    /** The attempt is over; the order goes on with the next number, or fails after the third. */
    void lost(ApprovedOrder order, Attempt attempt, String code, List<String> found) {
        byte[] outcome = outcome(order, attempt.number(), attempt.intentLeaf(), code, found);
        transaction.executeWithoutResult(status -> {
            boolean done = orders.attemptLost(order, outcome) instanceof Transition.Done(var _, var entry)
                    && attempts.lose(attempt, entry);
            if (!done) {
                status.setRollbackOnly();
            }
        });
    }

    /** What was approved is not what is there: the officers look again. */
    void review(ApprovedOrder order, Attempt attempt, String reason) {
        transaction.executeWithoutResult(status -> {
            boolean done = orders.reviewAgain(order, reason) instanceof Transition.Done(var _, var entry)
                    && attempts.lose(attempt, entry);
            if (!done) {
                status.setRollbackOnly();
            }
        });
    }

    /** The guest's links are what they were before. @return false when the order or its lease went on without us */
    boolean isolationLost(ApprovedOrder order, Isolation isolation, String code, List<String> found) {
        byte[] outcome = outcome(order, isolation.number(), isolation.intentLeaf(), code, found);
        return ended(isolation, () -> orders.attemptLost(order, outcome));
    }

    boolean isolationReview(ApprovedOrder order, Isolation isolation, String reason) {
        return ended(isolation, () -> orders.reviewAgain(order, reason));
    }

    private boolean ended(Isolation isolation, Supplier<Transition> entered) {
        Boolean done = transaction.execute(status -> {
            boolean lost = entered.get() instanceof Transition.Done(var _, var entry)
                    && isolations.end(isolation, isolation.state(), Isolation.State.LOST, entry);
            if (!lost) {
                status.setRollbackOnly();
            }
            return lost;
        });
        return Boolean.TRUE.equals(done);
    }

    private byte[] outcome(ApprovedOrder order, int attempt, Digest intent, String code, List<String> found) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new AttemptOutcome(
                1, AttemptOutcome.TYPE, order.verified().order().id(), attempt, intent, code, found, Bytes.of(salt)));
    }
}
