// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Verdict;

class OrderDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Asked.Compelled SNAPSHOT = new Asked.Compelled(OrderKind.SNAPSHOT_COPY);
    private static final LocatedAsset ASSET = new LocatedAsset("c", "u", "1", "v", "t", Optional.empty());

    @Test
    void a_voluntary_request_is_recorded_whatever_it_asks_for_and_leads_nowhere() {
        assertThat(OrderDecisions.enter(OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Allow())))
                .isEqualTo(new Entrance.Received());
        assertThat(OrderDecisions.enter(
                        OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Deny(Refusal.PERSONAL_ON_VOLUNTARY_REQUEST))))
                .isEqualTo(new Entrance.Received());
        assertThat(OrderDecisions.enter(OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Needs("validator"))))
                .isEqualTo(new Entrance.Received());
        assertThat(OrderDecisions.enter(OrderKind.VOLUNTARY_REQUEST, judged(new Verdict.Deny(Refusal.WRONG_GATEWAY))))
                .isEqualTo(new Entrance.Refused("WRONG_GATEWAY", Optional.empty()));
    }

    @Test
    void a_denied_order_is_refused_without_a_hold_and_an_unproven_one_is_held() {
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Deny(Refusal.VALIDATOR_ABSENT))))
                .isEqualTo(new Entrance.Refused("VALIDATOR_ABSENT", Optional.empty()));
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Needs("validator"))))
                .isEqualTo(new Entrance.VerifiedAndHeld(SNAPSHOT, Optional.of("validator")));
        assertThat(OrderDecisions.enter(OrderKind.SNAPSHOT_COPY, judged(new Verdict.Allow())))
                .isEqualTo(new Entrance.VerifiedAndHeld(SNAPSHOT, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(Urgency.class)
    void only_an_oral_order_waits_for_its_written_form(Urgency urgency) {
        assertThat(OrderDecisions.first(urgency))
                .isEqualTo(urgency == Urgency.ORAL ? new OrderState.Oral() : new OrderState.Held());
    }

    @Test
    void a_hold_lasts_until_the_deadline_or_as_long_as_the_article_allows() {
        Instant deadline = NOW.plus(Duration.ofDays(7));

        assertThat(OrderDecisions.holdUntil(row("NL-126ng2"), deadline, NOW, false))
                .isEqualTo(deadline);
        assertThat(OrderDecisions.holdUntil(row("NL-126ni"), deadline, NOW, false))
                .isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(OrderDecisions.holdUntil(row("NL-126na"), deadline, NOW, false))
                .isEqualTo(deadline);
    }

    @Test
    void while_a_call_back_is_due_nothing_is_held_longer_than_two_days() {
        Instant soon = NOW.plus(Duration.ofHours(3));

        assertThat(OrderDecisions.holdUntil(row("NL-126ni"), soon, NOW, true))
                .isEqualTo(NOW.plus(Duration.ofHours(48)));
        assertThat(OrderDecisions.holdUntil(row("NL-126ng2"), soon, NOW, true)).isEqualTo(soon);
        assertThat(OrderDecisions.holdUntil(row("NL-126na"), NOW.plus(Duration.ofDays(7)), NOW, true))
                .as("on paper, whatever it rests on")
                .isEqualTo(NOW.plus(Duration.ofHours(48)));
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void only_what_is_asked_about_the_hosters_own_customer_is_answered_without_officers(OrderKind kind) {
        assertThat(OrderDecisions.answered(kind))
                .isEqualTo(kind == OrderKind.EXISTENCE_CHECK || kind == OrderKind.PRODUCTION_IDENTITY);
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void who_had_an_address_is_answered_whoever_has_it_now(StopReason stop) {
        assertThat(OrderDecisions.located(OrderKind.PRODUCTION_IDENTITY, stopped(stop)))
                .isEqualTo(new OrderEvent.Found());
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void a_disk_of_whom_nobody_is_sure_is_neither_copied_nor_frozen(StopReason stop) {
        assertThat(OrderDecisions.located(OrderKind.SNAPSHOT_COPY, stopped(stop)))
                .isEqualTo(new OrderEvent.NotFound(stop));
        assertThat(OrderDecisions.located(OrderKind.PRESERVATION, stopped(stop)))
                .isEqualTo(new OrderEvent.NotFound(stop));
    }

    @ParameterizedTest
    @EnumSource(Grade.class)
    void only_a_certain_asset_is_copied(Grade grade) {
        OrderEvent expected =
                grade == Grade.CERTAIN ? new OrderEvent.Found() : new OrderEvent.NotFound(StopReason.NOT_MATCHED);

        assertThat(OrderDecisions.located(OrderKind.SNAPSHOT_COPY, found(grade, false)))
                .isEqualTo(expected);
        assertThat(OrderDecisions.located(OrderKind.PRESERVATION, found(grade, false)))
                .isEqualTo(new OrderEvent.Found());
    }

    @Test
    void a_shared_machine_goes_to_no_team() {
        assertThat(OrderDecisions.located(OrderKind.SNAPSHOT_COPY, found(Grade.CERTAIN, true)))
                .isEqualTo(new OrderEvent.NotFound(StopReason.FILTER_DESTINATION));
    }

    @ParameterizedTest
    @EnumSource(Grade.class)
    void only_what_is_certain_is_made_inaccessible_and_a_shared_machine_too(Grade grade) {
        OrderEvent expected =
                grade == Grade.CERTAIN ? new OrderEvent.Found() : new OrderEvent.NotFound(StopReason.NOT_MATCHED);

        assertThat(OrderDecisions.located(OrderKind.TAKE_DOWN, found(grade, true)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void whether_anything_is_known_is_answered_whatever_is_found(StopReason stop) {
        assertThat(OrderDecisions.located(OrderKind.EXISTENCE_CHECK, stopped(stop)))
                .isEqualTo(new OrderEvent.Found());
        assertThat(OrderDecisions.located(OrderKind.TAKE_DOWN, stopped(stop))).isEqualTo(new OrderEvent.NotFound(stop));
        assertThat(OrderDecisions.located(OrderKind.PRODUCTION_TRAFFIC, stopped(stop)))
                .isEqualTo(new OrderEvent.NotFound(stop));
    }

    @Test
    void what_has_no_asset_is_unknown() {
        Whereabouts nothing = whereabouts(Optional.empty(), Grade.CERTAIN, Optional.empty(), false);
        for (OrderKind kind : List.of(OrderKind.PRESERVATION, OrderKind.SNAPSHOT_COPY, OrderKind.TAKE_DOWN)) {
            assertThat(OrderDecisions.located(kind, nothing)).isEqualTo(new OrderEvent.NotFound(StopReason.UNKNOWN));
        }
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void an_order_goes_where_its_kind_sends_it_and_nowhere_where_its_row_lets_nothing_out(OrderKind kind) {
        Optional<OrderEvent> next = OrderDecisions.next(kind, kind.discloses());

        assertThat(next).isEqualTo(Optional.ofNullable(NEXT.get(kind)));
        for (Disclosure less : Disclosure.values()) {
            if (less != kind.discloses()) {
                assertThat(OrderDecisions.next(kind, less)).isEmpty();
            }
        }
        boolean located = NEXT.containsKey(kind);
        assertThat(catchThrowable(() -> OrderDecisions.located(kind, found(Grade.CERTAIN, false))) == null)
                .isEqualTo(located);
    }

    private static final Map<OrderKind, OrderEvent> NEXT = Map.of(
            OrderKind.EXISTENCE_CHECK, new OrderEvent.Answer(),
            OrderKind.PRODUCTION_IDENTITY, new OrderEvent.Answer(),
            OrderKind.SNAPSHOT_COPY, new OrderEvent.SendToReview(),
            OrderKind.TAKE_DOWN, new OrderEvent.SendToReview(),
            OrderKind.PRESERVATION, new OrderEvent.Preserve(),
            OrderKind.PRODUCTION_TRAFFIC, new OrderEvent.NoneHeld(Refusal.NO_TRAFFIC_HELD));

    @Test
    void only_a_freezing_that_says_so_is_copied_and_only_where_a_disk_may_be_touched() {
        OrderDocument copy = measured(OrderKind.PRESERVATION, Optional.of(Measure.SECURED_COPY));
        OrderDocument hold = measured(OrderKind.PRESERVATION, Optional.empty());
        OrderDocument takeDown = measured(OrderKind.TAKE_DOWN, Optional.of(Measure.SECURED_COPY));
        Disclosure nothing = OrderKind.PRESERVATION.discloses();

        assertThat(OrderDecisions.copied(copy)).isTrue();
        assertThat(OrderDecisions.copied(hold)).isFalse();
        assertThat(OrderDecisions.copied(takeDown)).isFalse();
        Whereabouts certain = found(Grade.CERTAIN, false);
        assertThat(OrderDecisions.next(copy, certain, nothing)).contains(new OrderEvent.SendToReview());
        assertThat(OrderDecisions.next(copy, found(Grade.CERTAIN, true), nothing))
                .isEqualTo(OrderDecisions.next(OrderKind.PRESERVATION, nothing))
                .isNotEmpty()
                .isNotEqualTo(Optional.of(new OrderEvent.SendToReview()));
        assertThat(OrderDecisions.next(hold, certain, nothing))
                .isEqualTo(OrderDecisions.next(OrderKind.PRESERVATION, nothing));
    }

    private static OrderDocument measured(OrderKind kind, Optional<Measure> measure) {
        OrderDocument order = Drafted.as(kind).document();
        Scope scope = order.scope();
        return new Altered(order)
                .scope(new Scope(scope.categories(), scope.from(), scope.to(), scope.exclusions(), false, measure))
                .document();
    }

    private static Judgement judged(Verdict verdict) {
        return new Judgement(Optional.empty(), Matrix.newest(), Map.of(Category.CONTENT, verdict));
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
                asset,
                grade,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                stop,
                filterOnly);
    }
}
