// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;

/** Every state, event and actor, each detail that a transition looks at apart; nothing of the sealed types is left out. */
final class EveryOrder {

    static final List<OrderState> STATES = List.of(
            new OrderState.Received(),
            new OrderState.Refused("X"),
            new OrderState.Applied(),
            new OrderState.Oral(),
            new OrderState.ConfirmationOverdue(),
            new OrderState.Quarantined(),
            new OrderState.Destroyed(),
            new OrderState.Clarification("held"),
            new OrderState.Clarification("located"),
            new OrderState.Clarification("review"),
            new OrderState.Held(),
            new OrderState.Located(),
            new OrderState.Preserved(),
            new OrderState.Extended(),
            new OrderState.Linked("ORD-2222-2222"),
            new OrderState.ReleasedHold(),
            new OrderState.Isolated("BLOCK_ADDRESS"),
            new OrderState.Restoring("BLOCK_ADDRESS"),
            new OrderState.Restored(),
            new OrderState.Stopped("X"),
            new OrderState.Answered(),
            new OrderState.Review(),
            new OrderState.Approved(),
            new OrderState.Executing(1),
            new OrderState.Executing(3),
            new OrderState.Secured(),
            new OrderState.Released(),
            new OrderState.Available(),
            new OrderState.Acknowledged(),
            new OrderState.Closed(),
            new OrderState.Withdrawn(),
            new OrderState.Expired(),
            new OrderState.Failed("X"));

    static final List<OrderEvent> EVENTS = List.of(
            new OrderEvent.Found(),
            new OrderEvent.NotFound(StopReason.UNKNOWN),
            new OrderEvent.Answer(),
            new OrderEvent.NoneHeld(Refusal.KIND_NOT_OFFERED),
            new OrderEvent.Preserve(),
            new OrderEvent.Extend(),
            new OrderEvent.Link("ORD-2222-2222"),
            new OrderEvent.EndHold(),
            new OrderEvent.Confirm(),
            new OrderEvent.MissConfirmation(),
            new OrderEvent.Quarantine(),
            new OrderEvent.Destroy(),
            new OrderEvent.Ask(),
            new OrderEvent.Clarify(),
            new OrderEvent.Isolate("BLOCK_ADDRESS"),
            new OrderEvent.Restore(),
            new OrderEvent.RestoreDone(),
            new OrderEvent.SendToReview(),
            new OrderEvent.Approve(),
            new OrderEvent.OfficerRefuses(),
            new OrderEvent.CallBackDenied(),
            new OrderEvent.Differs(),
            new OrderEvent.Begin(1),
            new OrderEvent.Begin(3),
            new OrderEvent.Begin(4),
            new OrderEvent.LoseAttempt(),
            new OrderEvent.Secure(),
            new OrderEvent.TakeOver("ORD-2222-2222"),
            new OrderEvent.Withhold(),
            new OrderEvent.Release(true),
            new OrderEvent.Release(false),
            new OrderEvent.Publish(),
            new OrderEvent.Acknowledge(),
            new OrderEvent.Close(),
            new OrderEvent.Withdraw(),
            new OrderEvent.Apply(),
            new OrderEvent.Expire(),
            new OrderEvent.Fail("NO_DATA"),
            new OrderEvent.BeginAgain(),
            new OrderEvent.Keep(),
            new OrderEvent.Abandon("X"));

    static final List<String> ACTORS = Stream.concat(
                    Stream.of(Actor.GATEWAY.role()),
                    Arrays.stream(Role.values()).map(Role::name))
            .toList();

    private EveryOrder() {}

    /** The state's word, with the detail that decides what may follow. */
    static String word(OrderState state) {
        return switch (state) {
            case OrderState.Executing(int attempt) -> "executing(" + attempt + ")";
            case OrderState.Clarification(String from) -> "clarification(" + from + ")";
            default -> state.word();
        };
    }

    static String word(OrderEvent event) {
        return switch (event) {
            case OrderEvent.Begin(int attempt) -> "Begin(" + attempt + ")";
            case OrderEvent.Release(boolean two) -> "Release(" + two + ")";
            default -> event.getClass().getSimpleName();
        };
    }

    static Set<Class<?>> classes(List<?> all) {
        return all.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
