// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;

/** A state as two columns: its word, and its detail where it has one. */
final class StateText {

    /** The words of the terminal states. */
    static final List<String> ENDED = List.of(
            "received",
            "refused",
            "applied",
            "destroyed",
            "released-hold",
            "restored",
            "stopped",
            "closed",
            "withdrawn",
            "expired",
            "failed");

    private StateText() {}

    static Optional<String> detail(OrderState state) {
        return switch (state) {
            case OrderState.Refused(String code) -> Optional.of(code);
            case OrderState.Stopped(String reason) -> Optional.of(reason);
            case OrderState.Failed(String code) -> Optional.of(code);
            case OrderState.Executing(int attempt) -> Optional.of(Integer.toString(attempt));
            case OrderState.Clarification(String from) -> Optional.of(from);
            case OrderState.Linked(String order) -> Optional.of(order);
            case OrderState.Isolated(String means) -> Optional.of(means);
            case OrderState.Restoring(String means) -> Optional.of(means);
            case OrderState.Received _,
                    OrderState.Applied _,
                    OrderState.Oral _,
                    OrderState.ConfirmationOverdue _,
                    OrderState.Quarantined _,
                    OrderState.Destroyed _,
                    OrderState.Held _,
                    OrderState.Located _,
                    OrderState.Preserved _,
                    OrderState.Extended _,
                    OrderState.ReleasedHold _,
                    OrderState.Restored _,
                    OrderState.Answered _,
                    OrderState.Review _,
                    OrderState.Approved _,
                    OrderState.Secured _,
                    OrderState.Released _,
                    OrderState.Available _,
                    OrderState.Acknowledged _,
                    OrderState.Closed _,
                    OrderState.Withdrawn _,
                    OrderState.Expired _ -> Optional.empty();
        };
    }

    /** @throws IllegalStateException for a word that no version of this room wrote */
    static OrderState state(String word, Optional<String> detail) {
        return switch (word) {
            case "received" -> new OrderState.Received();
            case "refused" -> new OrderState.Refused(detail.orElseThrow());
            case "applied" -> new OrderState.Applied();
            case "oral" -> new OrderState.Oral();
            case "confirmation-overdue" -> new OrderState.ConfirmationOverdue();
            case "quarantined" -> new OrderState.Quarantined();
            case "destroyed" -> new OrderState.Destroyed();
            case "clarification" -> new OrderState.Clarification(detail.orElseThrow());
            case "preserved" -> new OrderState.Preserved();
            case "extended" -> new OrderState.Extended();
            case "linked" -> new OrderState.Linked(detail.orElseThrow());
            case "released-hold" -> new OrderState.ReleasedHold();
            case "isolated" -> new OrderState.Isolated(detail.orElseThrow());
            case "restoring" -> new OrderState.Restoring(detail.orElseThrow());
            case "restored" -> new OrderState.Restored();
            case "held" -> new OrderState.Held();
            case "located" -> new OrderState.Located();
            case "stopped" -> new OrderState.Stopped(detail.orElseThrow());
            case "answered" -> new OrderState.Answered();
            case "review" -> new OrderState.Review();
            case "approved" -> new OrderState.Approved();
            case "executing" -> new OrderState.Executing(Integer.parseInt(detail.orElseThrow()));
            case "secured" -> new OrderState.Secured();
            case "released" -> new OrderState.Released();
            case "available" -> new OrderState.Available();
            case "acknowledged" -> new OrderState.Acknowledged();
            case "closed" -> new OrderState.Closed();
            case "withdrawn" -> new OrderState.Withdrawn();
            case "expired" -> new OrderState.Expired();
            case "failed" -> new OrderState.Failed(detail.orElseThrow());
            default -> throw new IllegalStateException("an order in the unknown state " + word);
        };
    }
}
