// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Verdict;

class OrderDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final LocatedAsset ASSET = new LocatedAsset("c", "u", "1", "v", "t", Optional.empty());

    static final List<OrderState> STATES = List.of(
            new OrderState.Received(),
            new OrderState.Refused("X"),
            new OrderState.Held(),
            new OrderState.Located(),
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
            new OrderEvent.SendToReview(),
            new OrderEvent.Approve(),
            new OrderEvent.OfficerRefuses(),
            new OrderEvent.Differs(),
            new OrderEvent.Begin(1),
            new OrderEvent.Begin(4),
            new OrderEvent.LoseAttempt(),
            new OrderEvent.Secure(),
            new OrderEvent.Release(true),
            new OrderEvent.Release(false),
            new OrderEvent.Publish(),
            new OrderEvent.Acknowledge(),
            new OrderEvent.Close(),
            new OrderEvent.Withdraw(),
            new OrderEvent.Expire(),
            new OrderEvent.Fail("NO_DATA"));

    /** The whole law of states, written a second time; whatever is not here is illegal. */
    private static final Set<String> LEGAL = Set.of(
            "held Found located",
            "held NotFound stopped",
            "located Answer answered",
            "located SendToReview review",
            "review Approve approved",
            "review OfficerRefuses refused",
            "approved OfficerRefuses refused",
            "executing OfficerRefuses refused",
            "secured OfficerRefuses refused",
            "approved Differs review",
            "executing Differs review",
            "approved Begin(1) executing",
            "executing(1) LoseAttempt approved",
            "executing(3) LoseAttempt failed",
            "executing Secure secured",
            "secured Release(true) released",
            "released Publish available",
            "available Acknowledge acknowledged",
            "acknowledged Close closed",
            "answered Close closed",
            "held Withdraw withdrawn",
            "located Withdraw withdrawn",
            "review Withdraw withdrawn",
            "approved Withdraw withdrawn",
            "executing Withdraw withdrawn",
            "secured Withdraw withdrawn",
            "released Withdraw withdrawn",
            "held Expire expired",
            "located Expire expired",
            "review Expire expired",
            "approved Expire expired",
            "approved Fail failed",
            "executing Fail failed");

    static Stream<OrderState> states() {
        return STATES.stream();
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_event_in_every_state_is_in_the_table_or_illegal(OrderState state) {
        for (OrderEvent event : EVENTS) {
            switch (OrderDecisions.decide(state, event)) {
                case Decision.Move(OrderState to, OrderStatement _) ->
                    assertThat(spellings(state, event, to)).anyMatch(LEGAL::contains);
                case Decision.Illegal _ ->
                    STATES.forEach(to -> assertThat(spellings(state, event, to)).noneMatch(LEGAL::contains));
            }
        }
    }

    @Test
    void every_legal_transition_happens() {
        Set<String> seen = new HashSet<>();
        for (OrderState state : STATES) {
            for (OrderEvent event : EVENTS) {
                if (OrderDecisions.decide(state, event) instanceof Decision.Move(OrderState to, OrderStatement _)) {
                    seen.addAll(spellings(state, event, to));
                }
            }
        }
        assertThat(seen).containsAll(LEGAL);
    }

    @ParameterizedTest
    @MethodSource("states")
    void nothing_follows_a_terminal_state(OrderState state) {
        if (state.terminal()) {
            assertThat(EVENTS).allMatch(event -> OrderDecisions.decide(state, event) instanceof Decision.Illegal);
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state_reads_back_from_its_columns(OrderState state) {
        assertThat(StateText.state(state.word(), StateText.detail(state))).isEqualTo(state);
    }

    @Test
    void a_voluntary_request_is_recorded_whatever_it_asks_for_and_leads_nowhere() {
        assertThat(OrderDecisions.enter(OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Allow())))
                .isEqualTo(new Entrance.Received());
        assertThat(OrderDecisions.enter(
                        OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Deny(Refusal.PERSONAL_ON_VOLUNTARY_REQUEST))))
                .isEqualTo(new Entrance.Received());
        assertThat(OrderDecisions.enter(OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Deny(Refusal.WRONG_GATEWAY))))
                .isEqualTo(new Entrance.Refused("WRONG_GATEWAY", Optional.empty()));
    }

    @Test
    void a_denied_order_is_refused_without_a_hold_and_an_unproven_one_is_held() {
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Deny(Refusal.VALIDATOR_ABSENT))))
                .isEqualTo(new Entrance.Refused("VALIDATOR_ABSENT", Optional.empty()));
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Needs("validator"))))
                .isEqualTo(new Entrance.VerifiedAndHeld(Optional.of("validator")));
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Allow())))
                .isEqualTo(new Entrance.VerifiedAndHeld(Optional.empty()));
    }

    @Test
    void a_hold_lasts_until_the_deadline_or_as_long_as_the_article_allows() {
        Instant deadline = NOW.plus(Duration.ofDays(7));

        assertThat(OrderDecisions.holdUntil(row("NL-126ng2"), deadline, NOW, false))
                .isEqualTo(deadline);
        assertThat(OrderDecisions.holdUntil(row("NL-126ni"), deadline, NOW, false))
                .isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(OrderDecisions.holdUntil(row("NL-126na"), deadline, NOW, true))
                .isEqualTo(deadline);
    }

    @Test
    void while_a_call_back_is_due_nothing_is_held_longer_than_two_days() {
        Instant soon = NOW.plus(Duration.ofHours(3));

        assertThat(OrderDecisions.holdUntil(row("NL-126ni"), soon, NOW, true))
                .isEqualTo(NOW.plus(Duration.ofHours(48)));
        assertThat(OrderDecisions.holdUntil(row("NL-126ng2"), soon, NOW, true)).isEqualTo(soon);
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void who_had_an_address_is_answered_whoever_has_it_now(StopReason stop) {
        assertThat(OrderDecisions.located(Disclosure.PARTY_OF_RECORD, stopped(stop)))
                .isEqualTo(new OrderEvent.Found());
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void a_disk_of_whom_nobody_is_sure_is_neither_copied_nor_frozen(StopReason stop) {
        assertThat(OrderDecisions.located(Disclosure.SEALED_IMAGE, stopped(stop)))
                .isEqualTo(new OrderEvent.NotFound(stop));
        assertThat(OrderDecisions.located(Disclosure.NOTHING, stopped(stop))).isEqualTo(new OrderEvent.NotFound(stop));
    }

    @ParameterizedTest
    @EnumSource(Grade.class)
    void only_a_certain_asset_is_copied(Grade grade) {
        OrderEvent expected =
                grade == Grade.CERTAIN ? new OrderEvent.Found() : new OrderEvent.NotFound(StopReason.NOT_MATCHED);

        assertThat(OrderDecisions.located(Disclosure.SEALED_IMAGE, found(grade, false)))
                .isEqualTo(expected);
        assertThat(OrderDecisions.located(Disclosure.NOTHING, found(grade, false)))
                .isEqualTo(new OrderEvent.Found());
    }

    @Test
    void a_shared_machine_goes_to_no_team() {
        assertThat(OrderDecisions.located(Disclosure.SEALED_IMAGE, found(Grade.CERTAIN, true)))
                .isEqualTo(new OrderEvent.NotFound(StopReason.FILTER_DESTINATION));
    }

    @Test
    void an_order_goes_where_its_disclosure_sends_it() {
        assertThat(OrderDecisions.next(Disclosure.PARTY_OF_RECORD)).contains(new OrderEvent.Answer());
        assertThat(OrderDecisions.next(Disclosure.SEALED_IMAGE)).contains(new OrderEvent.SendToReview());
        assertThat(OrderDecisions.next(Disclosure.NOTHING)).isEmpty();
    }

    /** With and without the details of state and event. */
    private static List<String> spellings(OrderState state, OrderEvent event, OrderState to) {
        String plain = event.getClass().getSimpleName();
        String detailed = switch (event) {
            case OrderEvent.Begin(int attempt) -> plain + "(" + attempt + ")";
            case OrderEvent.Release(boolean two) -> plain + "(" + two + ")";
            default -> plain;
        };
        String numbered =
                state instanceof OrderState.Executing(int attempt) ? state.word() + "(" + attempt + ")" : state.word();
        return List.of(state.word() + " " + detailed + " " + to.word(), numbered + " " + detailed + " " + to.word());
    }

    private static Judgement judged(Verdict verdict) {
        return new Judgement(Optional.empty(), "2026-11", Map.of(Category.CONTENT, verdict));
    }

    private static MatrixRow row(String id) {
        return Matrix.packaged().row(id).orElseThrow();
    }

    private static Whereabouts stopped(StopReason reason) {
        return whereabouts(Optional.empty(), Grade.PROBABLE, Optional.of(reason), false);
    }

    private static Whereabouts found(Grade grade, boolean filterOnly) {
        return whereabouts(Optional.of(ASSET), grade, Optional.empty(), filterOnly);
    }

    private static Whereabouts whereabouts(
            Optional<LocatedAsset> asset, Grade grade, Optional<StopReason> stop, boolean filterOnly) {
        return new Whereabouts(
                asset, grade, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), stop, filterOnly);
    }
}
