// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An attempt whose order ended under it, withdrawn or refused while a guest was read: nobody claims that order again. What
 * it left on the hypervisor is ended, the attempt is lost, and that is entered; its files go with the next look.
 */
final class LeftAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(LeftAttempts.class);

    private final Orders orders;
    private final AttemptTable attempts;
    private final LiveFacts facts;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    LeftAttempts(
            Orders orders,
            AttemptTable attempts,
            LiveFacts facts,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.orders = orders;
        this.attempts = attempts;
        this.facts = facts;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return whether one was ended */
    boolean step() {
        List<Attempt> open = attempts.open();
        Set<OrderId> ended = orders.ended(open.stream().map(Attempt::order).collect(Collectors.toSet()));
        boolean any = false;
        for (Attempt attempt : open) {
            any |= ended.contains(attempt.order()) && end(attempt);
        }
        return any;
    }

    /** May be repeated: a job that is ended twice is ended. */
    private boolean end(Attempt attempt) {
        try {
            List<String> found = attempt.state() == Attempt.State.RUNNING
                    ? facts.hypervisor().recover()
                    : List.of();
            failpoint.reached("evidence.left-recovered");
            return lost(attempt, found);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} waits: what its attempt left cannot be ended now", attempt.order(), e);
            return false;
        }
    }

    private boolean lost(Attempt attempt, List<String> found) {
        Boolean done = transaction.execute(status -> {
            Digest entry = orders.record(
                    attempt.order(),
                    EvidenceStatement.ATTEMPT_LEFT.type(),
                    Actor.GATEWAY,
                    Map.of("attempt", Integer.toString(attempt.number())),
                    String.join("\n", found).getBytes(StandardCharsets.UTF_8));
            boolean lost = attempts.lose(attempt, entry);
            if (!lost) {
                status.setRollbackOnly();
            }
            failpoint.reached(EvidenceStatement.ATTEMPT_LEFT.type());
            return lost;
        });
        return Boolean.TRUE.equals(done);
    }
}
