// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;

/**
 * Orders about an earlier order: a withdrawal, an extension, a confirmation in writing, an answer to an officer's question, a
 * restore. They ask for nothing themselves; what they change, they change at the earlier order, in the transaction that
 * files them. Where they rest on a legal basis it is judged like any other's.
 */
final class Followups {

    private final OrderTable orders;
    private final Withdrawals withdrawals;
    private final CallBacks callBacks;

    Followups(OrderTable orders, Withdrawals withdrawals, CallBacks callBacks) {
        this.orders = orders;
        this.withdrawals = withdrawals;
        this.callBacks = callBacks;
    }

    Entrance enter(Submission submission, Judgement judgement) {
        OrderDocument order = submission.order();
        Optional<OrderRow> parent = withdrawals.parent(order).flatMap(orders::find);
        Optional<Refusal> refusal =
                judgement.overall().match(Optional::empty, Optional::of, _ -> Optional.of(Refusal.VALIDATOR_ABSENT));
        if (refusal.isEmpty()) {
            refusal = parent.isEmpty() ? Optional.of(Refusal.PARENT_UNKNOWN) : unfit(submission, parent.get());
        }
        return refusal.<Entrance>map(ground -> new Entrance.Refused(ground.code(), Optional.empty()))
                .orElseGet(() -> new Entrance.Applies(parent.orElseThrow().id(), event(order.kind())));
    }

    private Optional<Refusal> unfit(Submission submission, OrderRow parent) {
        OrderDocument order = submission.order();
        return order.kind() == OrderKind.WITHDRAWAL
                ? withdrawals.refused(parent, order.issuer())
                : FollowupDecisions.refused(order, Locating.order(parent), parent.state())
                        .or(() -> FollowupDecisions.uncalled(
                                order.kind(), callBacks.due(parent), callBacks.confirmed(parent)));
    }

    /** What it does to the earlier order. */
    static OrderEvent event(OrderKind kind) {
        return switch (kind) {
            case WITHDRAWAL -> new OrderEvent.Withdraw();
            case EXTENSION -> new OrderEvent.Extend();
            case ORAL_CONFIRMATION -> new OrderEvent.Confirm();
            case CLARIFICATION -> new OrderEvent.Clarify();
            case RESTORE -> new OrderEvent.Restore();
            case VOLUNTARY_REQUEST,
                    EXISTENCE_CHECK,
                    PRODUCTION_IDENTITY,
                    PRESERVATION,
                    PRODUCTION_TRAFFIC,
                    SNAPSHOT_COPY,
                    TAKE_DOWN -> throw new IllegalArgumentException(kind + " follows no order");
        };
    }
}
