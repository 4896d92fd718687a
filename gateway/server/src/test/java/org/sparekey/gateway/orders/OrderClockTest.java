// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.term.Terms.Term;

class OrderClockTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Term TERM =
            new Term(START, START.plus(Duration.ofHours(10)), START.plus(Duration.ofHours(20)));

    /** Written a second time: where a term's end means nothing, the state is not here. */
    private static final Map<OrderClock, Map<String, String>> ENDS = Map.of(
            OrderClock.DEADLINE,
                    Map.of(
                            "oral",
                            "Expire",
                            "held",
                            "Expire",
                            "located",
                            "Expire",
                            "review",
                            "Expire",
                            "approved",
                            "Expire"),
            OrderClock.HOLD,
                    Map.of(
                            "oral",
                            "Expire",
                            "held",
                            "Expire",
                            "located",
                            "Expire",
                            "preserved",
                            "EndHold",
                            "extended",
                            "EndHold"),
            OrderClock.CALL_BACK,
                    Map.of(
                            "oral",
                            "Expire",
                            "held",
                            "Expire",
                            "located",
                            "Expire",
                            "review",
                            "Expire",
                            "clarification",
                            "Expire",
                            "linked",
                            "EndHold",
                            "preserved",
                            "EndHold",
                            "extended",
                            "EndHold"),
            OrderClock.CONFIRMATION, Map.of("oral", "MissConfirmation"),
            OrderClock.CLARIFICATION, Map.of("clarification", "Expire"),
            OrderClock.QUARANTINE, Map.of("quarantined", "Destroy"),
            OrderClock.SECRECY, Map.of());

    @ParameterizedTest
    @EnumSource(OrderClock.class)
    void a_terms_end_does_what_the_law_says_and_the_state_allows_it(OrderClock clock) {
        for (OrderState state : EveryOrder.STATES) {
            Optional<OrderEvent> event = clock.ends(state);

            assertThat(event.map(EveryOrder::word))
                    .as(clock + " in " + state)
                    .isEqualTo(Optional.ofNullable(
                            Objects.requireNonNull(ENDS.get(clock)).get(state.word())));
            event.ifPresent(end ->
                    assertThat(OrderTransitions.decide("GATEWAY", state, end)).isInstanceOf(Decision.Move.class));
        }
    }

    @ParameterizedTest
    @EnumSource(OrderClock.class)
    void only_a_deadline_and_a_hold_wait_and_only_for_a_running_attempt(OrderClock clock) {
        for (OrderState state : EveryOrder.STATES) {
            assertThat(clock.waits(state))
                    .as(clock + " " + state)
                    .isEqualTo((clock == OrderClock.DEADLINE || clock == OrderClock.HOLD)
                            && state instanceof OrderState.Executing);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, -",
        "299, 0, -",
        "300, 0, 50",
        "479, 0, 50",
        "480, 0, 80",
        "599, 0, 80",
        "600, 0, 100",
        "9000, 0, 100",
        "300, 50, -",
        "480, 50, 80",
        "600, 80, 100",
        "600, 100, -"
    })
    void at_each_share_of_the_way_it_is_said_once(long minutes, int told, String expected) {
        Optional<Integer> percent = expected.equals("-") ? Optional.empty() : Optional.of(Integer.valueOf(expected));

        assertThat(OrderClock.reached(TERM, told, START.plus(Duration.ofMinutes(minutes))))
                .isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"0, 300", "50, 480", "80, 600", "100, 1200"})
    void then_it_waits_for_the_next_share_and_at_last_for_the_laws_end(int told, long minutes) {
        assertThat(OrderClock.next(TERM, told)).isEqualTo(START.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void what_freezes_by_a_copy_that_is_not_made_yet_ends_with_its_days() {
        OrderState review = new OrderState.Review();
        for (OrderState uncopied : List.of(review, new OrderState.Approved())) {
            assertThat(OrderClock.HOLD.ends(OrderKind.PRESERVATION, uncopied)).contains(new OrderEvent.Expire());
            assertThat(OrderClock.HOLD.ends(OrderKind.SNAPSHOT_COPY, uncopied))
                    .isEqualTo(OrderClock.HOLD.ends(uncopied));
            assertThat(OrderClock.SECRECY.ends(OrderKind.PRESERVATION, uncopied))
                    .isEmpty();
        }
        assertThat(OrderClock.HOLD.ends(review))
                .as("what a hold's end does to others")
                .isEmpty();
        OrderState sealed = new OrderState.Secured();
        assertThat(OrderClock.HOLD.ends(OrderKind.PRESERVATION, sealed)).isEqualTo(OrderClock.HOLD.ends(sealed));
    }

    @Test
    void the_words_of_the_terminal_states_are_those_that_the_tables_leave_out() {
        Set<String> ended = Set.copyOf(EveryOrder.STATES.stream()
                .filter(OrderState::terminal)
                .map(OrderState::word)
                .toList());

        assertThat(StateText.ENDED).containsExactlyInAnyOrderElementsOf(ended);
    }
}
