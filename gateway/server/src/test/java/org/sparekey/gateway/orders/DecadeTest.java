// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Issuer;
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
    private int lives;
    private int released;

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
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(lives);
        assertThat(lives).isGreaterThan(ORDERS);
        assertThat(released)
                .as("what was never released was never released unlawfully")
                .isGreaterThan(50);
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
                new Life.Said(at, "officer-1", "order.approval", "RELEASE"),
                new Life.Said(at, "officer-1", "order.approval", "RELEASE"),
                new Life.Said(at, "OFFICER", "order.approved"));
        assertThat(fault(copy, one)).contains("without two officers");
        List<Life.Said> uncalled = List.of(
                new Life.Said(at, "INVESTIGATOR", "order.submitted"),
                new Life.Said(at, "GATEWAY", "order.review"),
                new Life.Said(at, "officer-1", "order.approval", "RELEASE"),
                new Life.Said(at, "officer-2", "order.approval", "SECURE"),
                new Life.Said(at, "OFFICER", "order.approved"));
        assertThat(fault(copy, uncalled)).contains("without the call");
        List<Life.Said> denied = List.of(
                new Life.Said(at, "INVESTIGATOR", "order.submitted"),
                new Life.Said(at, "officer-1", "order.called-back", "DENIED"),
                new Life.Said(at, "GATEWAY", "order.review"));
        assertThat(fault(copy, denied)).contains("denied it");
        List<Life.Said> request = List.of(
                new Life.Said(at, "INVESTIGATOR", "order.submitted"), new Life.Said(at, "GATEWAY", "order.answered"));
        assertThat(fault(Drafted.as(OrderKind.VOLUNTARY_REQUEST).document(), request))
                .contains("disclosed something");
        List<Life.Said> oral = List.of(new Life.Said(at, "INVESTIGATOR", "order.submitted"));
        assertThat(PlainOracle.overdue(copy, oral, "oral", true, Instant.parse("2026-11-26T23:00:00Z")))
                .isPresent();
        OrderDocument identity =
                Drafted.as(OrderKind.PRODUCTION_IDENTITY).basis("NL-126na").document();
        assertThat(PlainOracle.overdue(identity, oral, "oral", true, Instant.parse("2026-11-26T22:59:59Z")))
                .isEmpty();
        assertThat(PlainOracle.overdue(copy, oral, "review", true, at.plus(Duration.ofHours(48))))
                .hasValueSatisfying(fault -> assertThat(fault).contains("nobody called"));
    }

    private static String fault(OrderDocument order, List<Life.Said> log) {
        return PlainOracle.fault(order, JUDGE, false, log).orElse("nothing");
    }

    private void live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant now = BEGIN.plus(Duration.ofMinutes(random.nextLong(DECADE_MINUTES)));
        List<Life> all = new ArrayList<>(List.of(born(document(random, now), random, now)));
        int acts = random.nextInt(MOST_ACTS);
        boolean orderly = random.nextBoolean();
        for (int i = 0; i < acts; i++) {
            if (random.nextInt(3) == 0) {
                long rarely = orderly ? 6_000 : 60_000;
                now = now.plus(Duration.ofMinutes(random.nextLong(1, random.nextInt(4) == 0 ? rarely : 600)));
            }
            for (Life life : all) {
                life.tick(now);
            }
            if (i == 3 && all.get(0).state() instanceof OrderState.Preserved && random.nextBoolean()) {
                all.add(production(all.get(0), random, now));
            }
            Life life = all.get(random.nextInt(all.size()));
            boolean crash = random.nextInt(4) == 0;
            if (orderly && random.nextInt(6) > 0) {
                goOn(random, life, now, crash);
            } else {
                act(random, life, now, crash);
            }
            check(seed, life, now);
        }
        settle(seed, random, all, now);
    }

    private static Life born(OrderDocument order, SplittableRandom random, Instant now) {
        return new Life(order, random.nextInt(10) > 0 ? JUDGE : new Validation.Absent(), now);
    }

    /** The order for the contents of what was frozen, which names the freezing. */
    private static Life production(Life frozen, SplittableRandom random, Instant now) {
        OrderDocument content = Drafted.as(OrderKind.SNAPSHOT_COPY)
                .basis("NL-126ng2")
                .validator(NAMED)
                .received(now, Duration.ofMinutes(random.nextLong(60, 30_000)))
                .document();
        Life production = born(content, random, now);
        production.advance(now, found(random), false);
        if (production.state() instanceof OrderState.Review) {
            frozen.link(now, production);
        }
        return production;
    }

    private void settle(long seed, SplittableRandom random, List<Life> all, Instant from) {
        for (int i = 1; i <= 40; i++) {
            Instant now = from.plus(Duration.ofDays(10L * i));
            for (Life life : all) {
                life.tick(now);
                life.advance(now, found(random), false);
                check(seed, life, now);
            }
        }
        boolean production = all.size() > 1 && !all.get(1).state().terminal();
        for (Life life : all) {
            lives++;
            released += life.log.stream().anyMatch(said -> said.type().equals("order.released")) ? 1 : 0;
            ends.merge(life.state().word(), 1, Integer::sum);
            boolean somebodysTurn =
                    List.of("executing", "secured", "released", "available", "acknowledged", "isolated", "restoring")
                                    .contains(life.state().word())
                            || (production && life.state() instanceof OrderState.Linked);
            assertThat(life.state().terminal() || somebodysTurn)
                    .as("seed " + seed + " ends in " + life.state() + " after " + life.log)
                    .isTrue();
        }
    }

    private static void act(SplittableRandom random, Life life, Instant now, boolean crash) {
        String officer = "officer-" + random.nextInt(1, 4);
        switch (random.nextInt(9)) {
            case 0 -> life.advance(now, found(random), crash);
            case 1, 2 -> life.approve(now, officer, decision(random), crash);
            case 3 -> life.call(now, officer, outcome(random), crash);
            case 4, 5 -> life.take(now, "GATEWAY", executed(random, life, now), crash);
            case 6 -> life.follow(now, about(random, life), crash);
            case 7 -> life.take(now, "OFFICER", new OrderEvent.Ask(), crash || random.nextInt(3) > 0);
            // Anybody tries anything: what is not his, or not due, is refused and logged. What he may is tried above.
            default -> {
                OrderEvent event = EveryOrder.EVENTS.get(random.nextInt(EveryOrder.EVENTS.size()));
                String actor = EveryOrder.ACTORS.get(random.nextInt(EveryOrder.ACTORS.size()));
                if (!OrderActors.may(actor, event) || event instanceof OrderEvent.Acknowledge) {
                    life.take(now, actor, event, crash);
                }
            }
        }
    }

    /** What is due: otherwise nobody would ever come to the end of it. */
    private static void goOn(SplittableRandom random, Life life, Instant now, boolean crash) {
        String officer = "officer-" + random.nextInt(1, 4);
        switch (life.state()) {
            case OrderState.Held _ -> life.advance(now, found(random), crash);
            case OrderState.Review _ -> {
                if (random.nextInt(3) == 0) {
                    life.call(now, officer, CallBackOutcome.CONFIRMED, crash);
                } else {
                    life.approve(now, officer, Decision.RELEASE, crash);
                }
            }
            case OrderState.Available _ -> life.take(now, "PROSECUTOR", new OrderEvent.Acknowledge(), crash);
            case OrderState.Preserved _, OrderState.Oral _, OrderState.Clarification _, OrderState.Isolated _ ->
                life.follow(now, about(random, life), crash);
            default -> life.take(now, "GATEWAY", executed(random, life, now), crash);
        }
    }

    private static Decision decision(SplittableRandom random) {
        return random.nextInt(12) == 0 ? Decision.REFUSE : random.nextInt(4) == 0 ? Decision.SECURE : Decision.RELEASE;
    }

    private static CallBackOutcome outcome(SplittableRandom random) {
        return random.nextInt(8) == 0 ? CallBackOutcome.DENIED : CallBackOutcome.CONFIRMED;
    }

    /** An order about this one: mostly its issuer's own, and sometimes another's, wider, or on another basis. */
    private static OrderDocument about(SplittableRandom random, Life life) {
        OrderKind kind = List.of(
                        OrderKind.EXTENSION,
                        OrderKind.CLARIFICATION,
                        OrderKind.ORAL_CONFIRMATION,
                        OrderKind.RESTORE,
                        OrderKind.WITHDRAWAL)
                .get(random.nextInt(random.nextInt(6) == 0 ? 5 : 4));
        Altered about = new Altered(life.order).kind(kind);
        Issuer issuer = life.order.issuer();
        return switch (random.nextInt(8)) {
            case 0 ->
                about.issuer(new Issuer("politie-elders", issuer.person(), issuer.role(), "NL"))
                        .document();
            case 1 ->
                about.issuer(new Issuer(issuer.authority(), "p-2", "INVESTIGATOR", "NL"))
                        .document();
            case 2 -> about.basis("NL-126nd").document();
            default -> about.document();
        };
    }

    private static OrderEvent executed(SplittableRandom random, Life life, Instant now) {
        return switch (life.state()) {
            case OrderState.Approved _ when life.order.kind() == OrderKind.TAKE_DOWN -> life.isolate(now);
            case OrderState.Approved _ -> random.nextInt(8) == 0 ? new OrderEvent.Differs() : life.begin(now);
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
        assertThat(PlainOracle.fault(life.order, life.validation, false, life.log))
                .as("seed " + seed + " " + life.log)
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
