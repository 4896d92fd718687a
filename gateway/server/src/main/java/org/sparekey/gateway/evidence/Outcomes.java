// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.security.SecureRandom;
import java.util.List;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends attempts that sealed nothing: the attempt's row, the order's row and the entry in one transaction. */
final class Outcomes {

    private final Orders orders;
    private final AttemptTable attempts;
    private final TransactionTemplate transaction;
    private final SecureRandom random;

    Outcomes(Orders orders, AttemptTable attempts, TransactionTemplate transaction, SecureRandom random) {
        this.orders = orders;
        this.attempts = attempts;
        this.transaction = transaction;
        this.random = random;
    }

    /** The attempt is over; the order goes on with the next number, or fails after the third. */
    void lost(ApprovedOrder order, Attempt attempt, String code, List<String> found) {
        byte[] outcome = outcome(order, attempt, code, found);
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

    private byte[] outcome(ApprovedOrder order, Attempt attempt, String code, List<String> found) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new AttemptOutcome(
                1,
                AttemptOutcome.TYPE,
                order.verified().order().id(),
                attempt.number(),
                attempt.intentLeaf(),
                code,
                found,
                Bytes.of(salt)));
    }
}
