// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;

/** Which order may change which earlier one, for every kind in every state. */
class FollowupDecisionsTest {

    private static final Map<OrderKind, Set<String>> FROM = Map.of(
            OrderKind.EXTENSION, Set.of("preserved"),
            OrderKind.RESTORE, Set.of("isolated"),
            OrderKind.CLARIFICATION, Set.of("clarification"),
            OrderKind.ORAL_CONFIRMATION, Set.of("oral"));

    private static final Map<OrderKind, Refusal> OTHERWISE = Map.of(
            OrderKind.EXTENSION, Refusal.NOT_TO_BE_EXTENDED,
            OrderKind.RESTORE, Refusal.NOTHING_TO_RESTORE,
            OrderKind.CLARIFICATION, Refusal.NOTHING_ASKED,
            OrderKind.ORAL_CONFIRMATION, Refusal.NOTHING_TO_CONFIRM);

    private static final Set<String> OVERDUE = Set.of("confirmation-overdue", "quarantined", "destroyed");

    @ParameterizedTest
    @EnumSource(
            value = OrderKind.class,
            names = {"EXTENSION", "RESTORE", "CLARIFICATION", "ORAL_CONFIRMATION"})
    void the_state_of_the_earlier_order_allows_it_or_says_why_not(OrderKind kind) {
        OrderDocument earlier = earlier(kind);
        for (OrderState state : EveryOrder.STATES) {
            Optional<Refusal> expected = Objects.requireNonNull(FROM.get(kind)).contains(state.word())
                    ? Optional.empty()
                    : Optional.of(
                            kind == OrderKind.ORAL_CONFIRMATION && OVERDUE.contains(state.word())
                                    ? Refusal.CONFIRMED_TOO_LATE
                                    : Objects.requireNonNull(OTHERWISE.get(kind)));

            assertThat(FollowupDecisions.refused(Drafted.as(kind).document(), earlier, state))
                    .as(kind + " of " + state)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderKind.class,
            names = {"EXTENSION", "RESTORE", "CLARIFICATION", "ORAL_CONFIRMATION"})
    void another_authority_changes_nothing(OrderKind kind) {
        assertThat(refused(kind, Drafted.as(kind).authority("politie-elders"))).contains(Refusal.NOT_YOURS_TO_CHANGE);
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderKind.class,
            names = {"EXTENSION", "RESTORE", "ORAL_CONFIRMATION"})
    void another_basis_target_or_scope_is_a_new_order(OrderKind kind) {
        for (Drafted other : List.of(
                Drafted.as(kind).basis("NL-126n"),
                Drafted.as(kind).address("192.0.2.8"),
                Drafted.as(kind).categories(Category.SUBSCRIBER, Category.CONTENT))) {
            assertThat(refused(kind, other)).contains(Refusal.NOT_YOURS_TO_CHANGE);
        }
        assertThat(refused(kind, Drafted.as(kind))).isEmpty();
    }

    @Test
    void a_clarification_may_be_of_anything_but_only_a_freezing_is_extended_and_only_a_take_down_restored() {
        assertThat(refused(
                        OrderKind.CLARIFICATION,
                        Drafted.as(OrderKind.CLARIFICATION).basis("NL-VOL")))
                .isEmpty();
        OrderDocument copy = Drafted.as(OrderKind.SNAPSHOT_COPY).document();
        for (OrderKind kind : List.of(OrderKind.EXTENSION, OrderKind.RESTORE)) {
            assertThat(FollowupDecisions.refused(Drafted.as(kind).document(), copy, state(kind)))
                    .contains(Refusal.NOT_YOURS_TO_CHANGE);
        }
    }

    @Test
    void an_oral_order_is_confirmed_in_the_role_that_gave_it() {
        assertThat(refused(
                        OrderKind.ORAL_CONFIRMATION,
                        Drafted.as(OrderKind.ORAL_CONFIRMATION).role("INVESTIGATOR")))
                .contains(Refusal.NOT_YOURS_TO_CHANGE);
        assertThat(refused(OrderKind.EXTENSION, Drafted.as(OrderKind.EXTENSION).role("INVESTIGATOR")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void what_follows_no_order_changes_none(OrderKind kind) {
        if (kind.follows()) {
            assertThat(Followups.event(kind)).isNotNull();
            return;
        }
        assertThatThrownBy(() -> Followups.event(kind)).isInstanceOf(IllegalArgumentException.class);
        assertThat(FollowupDecisions.refused(Drafted.as(kind).document(), earlier(kind), new OrderState.Held()))
                .contains(Refusal.NOT_YOURS_TO_CHANGE);
    }

    @Test
    void a_withdrawal_has_rules_of_its_own() {
        OrderDocument withdrawal = Drafted.as(OrderKind.WITHDRAWAL).document();

        assertThat(FollowupDecisions.refused(withdrawal, earlier(OrderKind.EXTENSION), new OrderState.Held()))
                .contains(Refusal.NOT_YOURS_TO_CHANGE);
    }

    private static Optional<Refusal> refused(OrderKind kind, Drafted order) {
        return FollowupDecisions.refused(order.document(), earlier(kind), state(kind));
    }

    private static OrderDocument earlier(OrderKind kind) {
        return Drafted.as(kind == OrderKind.RESTORE ? OrderKind.TAKE_DOWN : OrderKind.PRESERVATION)
                .document();
    }

    private static OrderState state(OrderKind kind) {
        return switch (kind) {
            case EXTENSION -> new OrderState.Preserved();
            case RESTORE -> new OrderState.Isolated("BLOCK_ADDRESS");
            case CLARIFICATION -> new OrderState.Clarification("held");
            default -> new OrderState.Oral();
        };
    }

    @Test
    void nothing_is_extended_before_its_issuer_was_called_back() {
        assertThat(FollowupDecisions.uncalled(OrderKind.EXTENSION, true, false)).contains(Refusal.EXTENDED_BEFORE_CALL);
        assertThat(FollowupDecisions.uncalled(OrderKind.EXTENSION, true, true)).isEmpty();
        assertThat(FollowupDecisions.uncalled(OrderKind.EXTENSION, false, false))
                .isEmpty();
        assertThat(FollowupDecisions.uncalled(OrderKind.CLARIFICATION, true, false))
                .isEmpty();
    }
}
