// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;

/** Whether an order may change an earlier one: the same authority, nothing wider, and a state that allows it. Pure. */
final class FollowupDecisions {

    private FollowupDecisions() {}

    /** @param state of the earlier order */
    static Optional<Refusal> refused(OrderDocument order, OrderDocument earlier, OrderState state) {
        return fits(order, earlier) ? tooLate(order.kind(), state) : Optional.of(Refusal.NOT_YOURS_TO_CHANGE);
    }

    /**
     * Until its issuer was called back a freezing lasts two days (proof 4), and no further letter makes it longer: a thief
     * who forged the first writes the second too.
     *
     * @param confirmed whether he said on the telephone that the earlier order is his
     */
    static Optional<Refusal> uncalled(OrderKind kind, boolean callBackDue, boolean confirmed) {
        return kind == OrderKind.EXTENSION && callBackDue && !confirmed
                ? Optional.of(Refusal.EXTENDED_BEFORE_CALL)
                : Optional.empty();
    }

    private static boolean fits(OrderDocument order, OrderDocument earlier) {
        if (!order.issuer().authority().equals(earlier.issuer().authority())) {
            return false;
        }
        return switch (order.kind()) {
            case CLARIFICATION -> true;
            case EXTENSION -> earlier.kind() == OrderKind.PRESERVATION && sameThing(order, earlier);
            case RESTORE -> earlier.kind() == OrderKind.TAKE_DOWN && sameThing(order, earlier);
            case ORAL_CONFIRMATION ->
                sameThing(order, earlier)
                        && order.issuer().role().equals(earlier.issuer().role());
            case VOLUNTARY_REQUEST,
                    EXISTENCE_CHECK,
                    PRODUCTION_IDENTITY,
                    PRESERVATION,
                    PRODUCTION_TRAFFIC,
                    SNAPSHOT_COPY,
                    TAKE_DOWN,
                    WITHDRAWAL -> false;
        };
    }

    /** Nobody changes the scope of an order: another basis, target or category is a new order. */
    private static boolean sameThing(OrderDocument order, OrderDocument earlier) {
        return order.legalBasis().id().equals(earlier.legalBasis().id())
                && order.target().equals(earlier.target())
                && order.scope().equals(earlier.scope());
    }

    private static Optional<Refusal> tooLate(OrderKind kind, OrderState state) {
        if (OrderTransitions.decide(state, Followups.event(kind)) instanceof Decision.Move) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case EXTENSION -> Refusal.NOT_TO_BE_EXTENDED;
                    case RESTORE -> Refusal.NOTHING_TO_RESTORE;
                    case CLARIFICATION -> Refusal.NOTHING_ASKED;
                    case ORAL_CONFIRMATION -> overdue(state) ? Refusal.CONFIRMED_TOO_LATE : Refusal.NOTHING_TO_CONFIRM;
                    case VOLUNTARY_REQUEST,
                            EXISTENCE_CHECK,
                            PRODUCTION_IDENTITY,
                            PRESERVATION,
                            PRODUCTION_TRAFFIC,
                            SNAPSHOT_COPY,
                            TAKE_DOWN,
                            WITHDRAWAL -> Refusal.NOT_YOURS_TO_CHANGE;
                });
    }

    private static boolean overdue(OrderState state) {
        return state instanceof OrderState.ConfirmationOverdue
                || state instanceof OrderState.Quarantined
                || state instanceof OrderState.Destroyed;
    }
}
