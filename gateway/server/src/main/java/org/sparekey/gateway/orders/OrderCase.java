// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderKind;

/**
 * One order under its row's lock, for the length of one transaction: each change of state takes its entry along, and each
 * entry the next number of the case. A crash before the commit leaves neither.
 */
final class OrderCase {

    private final OrderTable orders;
    private final HoldTable holds;
    private final ClockTable clocks;
    private final AuditLog log;
    private final OrderId id;
    private final OrderRow.Filed filed;
    private final Failpoint failpoint;
    private OrderState state;
    private OrderRow.Chain chain;

    OrderCase(
            OrderTable orders,
            HoldTable holds,
            ClockTable clocks,
            AuditLog log,
            OrderId id,
            OrderRow.Filed filed,
            OrderState state,
            OrderRow.Chain chain,
            Failpoint failpoint) {
        this.orders = orders;
        this.holds = holds;
        this.clocks = clocks;
        this.log = log;
        this.id = id;
        this.filed = filed;
        this.state = state;
        this.chain = chain;
        this.failpoint = failpoint;
    }

    OrderState state() {
        return state;
    }

    OrderKind kind() {
        return filed.kind();
    }

    /** Leaf hash of the case's newest entry. */
    Digest lastLeaf() {
        return chain.lastLeaf();
    }

    /** An entry without a change of state. */
    Pending note(OrderStatement says, Actor actor, Map<String, String> clear, byte[] payload) {
        return note(says.type(), actor, clear, payload);
    }

    Pending note(String type, Actor actor, Map<String, String> clear, byte[] payload) {
        CaseLink link = chain.equals(OrderRow.Chain.NONE)
                ? CaseLink.first(id.code())
                : new CaseLink(id.code(), chain.caseSeq() + 1, Optional.of(chain.lastLeaf()));
        Pending pending = log.append(
                new Statement(LogName.CASE, type, actor, Optional.empty(), Optional.of(link), clear, payload));
        chain = new OrderRow.Chain(link.caseSeq(), pending.leafHash());
        orders.chain(id, chain);
        failpoint.reached("orders." + type);
        return pending;
    }

    /** In the gateway's own words. */
    Pending note(OrderStatement says, Actor actor, Map<String, String> clear) {
        return note(says, actor, clear, CaseStatement.bytes(says, filed, clear));
    }

    /** The event's transition, with the gateway's own words as payload. */
    Transition take(OrderEvent event, Actor actor, Map<String, String> facts) {
        return take(event, actor, facts, Optional.empty());
    }

    /**
     * The event's transition, or the entry that it was tried. A terminal state releases the hold, in the same transaction.
     *
     * @param payload the actor's document, where there is one
     */
    Transition take(OrderEvent event, Actor actor, Map<String, String> facts, Optional<byte[]> payload) {
        return switch (OrderTransitions.decide(actor.role(), state, event)) {
            case Decision.Move(OrderState to, OrderStatement says) -> {
                Map<String, String> clear = clear(to, facts);
                Pending pending =
                        note(says, actor, clear, payload.orElseGet(() -> CaseStatement.bytes(says, filed, clear)));
                follow(to, pending);
                yield new Transition.Done(to, pending.leafHash());
            }
            case Decision.Illegal _ -> {
                Map<String, String> clear =
                        Map.of("state", state.word(), "tried", event.getClass().getSimpleName());
                yield new Transition.Illegal(
                        state, note(OrderStatement.ILLEGAL, actor, clear).leafHash());
            }
        };
    }

    /** The state that its case has already said: no entry but that of the hold that ends with it. */
    void follow(OrderState said, Pending because) {
        orders.move(id, said);
        state = said;
        if (state.terminal() || state instanceof OrderState.Available) {
            clocks.end(id);
        }
        releaseHold(because);
    }

    private void releaseHold(Pending because) {
        if (state.terminal() && holds.release(id, because.time())) {
            orders.held(id, Optional.empty());
            note(OrderStatement.HOLD_RELEASED, Actor.GATEWAY, Map.of("state", state.word()));
        }
    }

    private static Map<String, String> clear(OrderState to, Map<String, String> facts) {
        Map<String, String> clear = new HashMap<>(facts);
        StateText.detail(to).ifPresent(detail -> clear.put("detail", detail));
        return clear;
    }
}
