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
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Nothing stays cut for an order that has ended: withdrawn, refused or denied while the hand was at it, or reported as restored
 * by somebody who did something else. What was kept is given back, and entered.
 */
final class StrayStep {

    private static final Logger LOG = LoggerFactory.getLogger(StrayStep.class);

    private final Orders orders;
    private final IsolationTable isolations;
    private final LinkHand hand;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    StrayStep(
            Orders orders,
            IsolationTable isolations,
            LinkHand hand,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.orders = orders;
        this.isolations = isolations;
        this.hand = hand;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return whether anything was given back */
    boolean giveBack() {
        List<Isolation> touched = isolations.touched();
        Set<OrderId> ended = orders.ended(touched.stream().map(Isolation::order).collect(Collectors.toSet()));
        boolean any = false;
        for (Isolation isolation : touched) {
            any |= ended.contains(isolation.order()) && giveBack(isolation);
        }
        return any;
    }

    /** May be repeated: a crash before the entry gives back once more what is back already. */
    private boolean giveBack(Isolation isolation) {
        try {
            if (isolation.state() == Isolation.State.ANNOUNCED) {
                return entered(isolation, "UNTOUCHED", isolation.order().code().getBytes(StandardCharsets.US_ASCII));
            }
            Digest order = orders.file(isolation.order()).orElseThrow().digest();
            byte[] record = hand.restore(isolation, order, isolation.intentLeaf());
            failpoint.reached("evidence.stray-given-back");
            return entered(isolation, "GIVEN_BACK", record);
        } catch (CaptureException refusal) {
            if (refusal.refusal() == CaptureRefusal.GUEST_UNKNOWN) {
                byte[] code = refusal.refusal().name().getBytes(StandardCharsets.US_ASCII);
                return entered(isolation, refusal.refusal().name(), code);
            }
            LOG.warn("{}: what was cut cannot be given back now", isolation.order(), refusal);
            return false;
        } catch (IOException hypervisor) {
            LOG.warn("{}: what was cut cannot be given back now", isolation.order(), hypervisor);
            return false;
        }
    }

    private boolean entered(Isolation isolation, String outcome, byte[] payload) {
        Boolean done = transaction.execute(status -> {
            Digest entry = orders.record(
                    isolation.order(),
                    EvidenceStatement.LINKS_GIVEN_BACK.type(),
                    Actor.GATEWAY,
                    Map.of("attempt", Integer.toString(isolation.number()), "outcome", outcome),
                    payload);
            boolean ended = isolations.end(
                    isolation,
                    isolation.state(),
                    isolation.state() == Isolation.State.ANNOUNCED ? Isolation.State.LOST : Isolation.State.UNDONE,
                    entry);
            if (!ended) {
                status.setRollbackOnly();
            }
            return ended;
        });
        return Boolean.TRUE.equals(done);
    }
}
