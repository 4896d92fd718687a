// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.testkit.world.Cast;

/**
 * Ten years of orders, with everybody trying everything at any time and every second transaction in danger, against
 * {@link PlainOracle}. {@code sparekey.seed} repeats a run.
 */
class DecadeTest {

    private static final long SEED = Long.getLong("sparekey.seed", 8_2026_11_23L);
    private static final int ORDERS = 10_000;
    private static final int MOST_ACTS = 60;
    private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");
    private static final long DECADE_MINUTES = Duration.ofDays(3652).toMinutes();

    private static final ValidatorReference NAMED =
            new ValidatorReference(Cast.COURT, "JUDGE", "RC-1", Drafted.AT.minusSeconds(60));
    private static final Validation JUDGE = new Validation.Proven(Cast.COURT, "r-1", "JUDGE");

    private static final Map<OrderKind, String> BASES = new EnumMap<>(Map.of(
            OrderKind.VOLUNTARY_REQUEST, "NL-VOL",
            OrderKind.EXISTENCE_CHECK, "NL-126na",
            OrderKind.PRODUCTION_IDENTITY, "NL-126na",
            OrderKind.PRESERVATION, "NL-126ni",
            OrderKind.PRODUCTION_TRAFFIC, "NL-126n",
            OrderKind.SNAPSHOT_COPY, "NL-126ng2",
            OrderKind.TAKE_DOWN, "NL-125p"));

    private final Map<String, Integer> ends = new TreeMap<>();

    @Test
    void ten_years_of_orders_release_nothing_unlawfully_miss_no_term_and_lose_none() {
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int i = 0; i < ORDERS; i++) {
            long seed = seeds.nextLong();
            live(seed);
        }
        // Who stops half way has seen nothing: every end that there is was reached.
        assertThat(ends.keySet())
                .contains(
                        "closed",
                        "refused",
                        "stopped",
                        "withdrawn",
                        "expired",
                        "failed",
                        "received",
                        "destroyed",
                        "released-hold",
                        "restored");
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ORDERS);
    }

    @Test
    void the_oracle_finds_what_is_wrong() {
        OrderDocument copy =
                Drafted.as(OrderKind.SNAPSHOT_COPY).basis("NL-126ng2").document();
        Instant at = Drafted.AT;
        List<Life.Said> one = List.of(
                new Life.Said(at, "INVESTIGATOR", "order.submitted"),
                new Life.Said(at, "GATEWAY", "order.held"),
                new Life.Said(at, "GATEWAY", "order.review"),
                new Life.Said(at, "officer-1", "order.approval"),
                new Life.Said(at, "officer-1", "order.approval"),
                new Life.Said(at, "OFFICER", "order.approved"));
        assertThat(PlainOracle.fault(copy, JUDGE, one)).get().asString().contains("without two officers");
        List<Life.Said> request = List.of(
                new Life.Said(at, "INVESTIGATOR", "order.submitted"), new Life.Said(at, "GATEWAY", "order.answered"));
        assertThat(PlainOracle.fault(Drafted.as(OrderKind.VOLUNTARY_REQUEST).document(), JUDGE, request))
                .get()
                .asString()
                .contains("disclosed something");
        List<Life.Said> oral = List.of(new Life.Said(at, "INVESTIGATOR", "order.submitted"));
        assertThat(PlainOracle.overdue(copy, oral, "oral", true, Instant.parse("2026-11-26T23:00:00Z")))
                .isPresent();
        assertThat(PlainOracle.overdue(copy, oral, "oral", true, Instant.parse("2026-11-26T22:59:59Z")))
                .isEmpty();
    }

    private void live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant now = BEGIN.plus(Duration.ofMinutes(random.nextLong(DECADE_MINUTES)));
        boolean proven = random.nextInt(10) > 0;
        Life life = new Life(document(random, now), proven ? JUDGE : new Validation.Absent(), now);
        int acts = random.nextInt(MOST_ACTS);
        for (int i = 0; i < acts; i++) {
            if (random.nextInt(3) == 0) {
                now = now.plus(Duration.ofMinutes(random.nextLong(1, random.nextInt(4) == 0 ? 60_000 : 600)));
            }
            life.tick(now);
            boolean crash = random.nextInt(4) == 0;
            act(random, life, now, crash);
            check(seed, life, now);
        }
        for (int i = 0; i < 40; i++) {
            now = now.plus(Duration.ofDays(10));
            life.tick(now);
            life.advance(now, found(random), false);
            check(seed, life, now);
        }
        ends.merge(life.state().word(), 1, Integer::sum);
        boolean somebodysTurn = List.of("executing", "secured", "released", "available", "acknowledged", "isolated", "restoring")
                .contains(life.state().word());
        assertThat(life.state().terminal() || somebodysTurn)
                .as("seed " + seed + " ends in " + life.state() + " after " + life.log)
                .isTrue();
    }

    private static void act(SplittableRandom random, Life life, Instant now, boolean crash) {
        switch (random.nextInt(8)) {
            case 0, 1 -> life.advance(now, found(random), crash);
            case 2, 3 -> life.approve(now, "officer-" + random.nextInt(1, 4), crash);
            case 4, 5 -> life.take(now, "GATEWAY", executed(random, life), crash);
            // Anybody tries anything: what is not his, or not due, is refused and logged. Two acts are the shell's to
            // guard.
            default -> {
                OrderEvent event = EveryOrder.EVENTS.get(random.nextInt(EveryOrder.EVENTS.size()));
                String actor = EveryOrder.ACTORS.get(random.nextInt(EveryOrder.ACTORS.size()));
                boolean guarded = actor.equals("GATEWAY") || event instanceof OrderEvent.Approve;
                if (!guarded) {
                    life.take(now, actor, event, crash);
                }
            }
        }
    }

    private static OrderEvent executed(SplittableRandom random, Life life) {
        return switch (life.state()) {
            case OrderState.Approved _
            when life.order.kind() == OrderKind.TAKE_DOWN -> new OrderEvent.Isolate("BLOCK_ADDRESS");
            case OrderState.Approved _ -> random.nextInt(8) == 0 ? new OrderEvent.Differs() : life.begin();
            case OrderState.Executing _ ->
                List.of(
                                new OrderEvent.Secure(),
                                new OrderEvent.Secure(),
                                new OrderEvent.LoseAttempt(),
                                new OrderEvent.Fail("NO_DATA"))
                        .get(random.nextInt(4));
            case OrderState.Secured _ -> life.release();
            case OrderState.Released _ -> new OrderEvent.Publish();
            case OrderState.Acknowledged _ -> new OrderEvent.Close();
            case OrderState.Restoring _ -> new OrderEvent.RestoreDone();
            default -> new OrderEvent.Publish();
        };
    }

    private void check(long seed, Life life, Instant now) {
        assertThat(PlainOracle.fault(life.order, life.validation, life.log))
                .as("seed " + seed)
                .isEmpty();
        life.tick(now);
        assertThat(PlainOracle.overdue(life.order, life.log, life.state().word(), life.held(), now))
                .as("seed " + seed + " " + life.state() + " at " + now + " " + life.log)
                .isEmpty();
        List<String> types = life.log.stream().map(Life.Said::type).toList();
        assertThat(CaseEntry.state(types))
                .as("seed " + seed)
                .contains(life.state().word());
    }

    private static OrderDocument document(SplittableRandom random, Instant now) {
        OrderKind kind = List.copyOf(BASES.keySet()).get(random.nextInt(BASES.size()));
        boolean investigator = List.of(
                        OrderKind.PRODUCTION_IDENTITY, OrderKind.EXISTENCE_CHECK, OrderKind.VOLUNTARY_REQUEST)
                .contains(kind);
        Drafted draft = Drafted.as(kind)
                .basis(Objects.requireNonNull(BASES.get(kind)))
                .role(investigator ? "INVESTIGATOR" : "PROSECUTOR")
                .categories(category(kind))
                .received(now, Duration.ofMinutes(random.nextLong(60, 30_000)));
        boolean judged = List.of(OrderKind.SNAPSHOT_COPY, OrderKind.PRODUCTION_TRAFFIC, OrderKind.TAKE_DOWN)
                .contains(kind);
        draft = judged && random.nextInt(12) > 0 ? draft.validator(NAMED) : draft;
        draft = random.nextInt(4) == 0 ? draft.urgency(Urgency.values()[random.nextInt(3)]) : draft;
        // Some are wrong from the beginning.
        return (random.nextInt(15) == 0 ? draft.basis("NL-126nda") : draft).document();
    }

    private static Category category(OrderKind kind) {
        return switch (kind) {
            case VOLUNTARY_REQUEST, EXISTENCE_CHECK -> Category.EXISTENCE;
            case PRODUCTION_IDENTITY -> Category.SUBSCRIBER;
            case PRODUCTION_TRAFFIC -> Category.TRAFFIC;
            default -> Category.CONTENT;
        };
    }

    private static Whereabouts found(SplittableRandom random) {
        return random.nextInt(8) == 0
                ? OrdersFixture.nowhere(StopReason.values()[random.nextInt(StopReason.values().length)])
                : OrdersFixture.found(new UUID(1, 2), "tenant", Grade.CERTAIN);
    }
}
