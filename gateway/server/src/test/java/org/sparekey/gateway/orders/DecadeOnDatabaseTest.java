// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.LivingOrders.Living;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.order.OrderStatus;

/**
 * {@link DecadeTest} with the room itself, its database and its log: people, clocks and deaths by seed, and the same plain
 * oracle, which reads the entries that were really recorded. A year at a time, because certificates last no longer.
 */
class DecadeOnDatabaseTest {

    private static final long SEED = Long.getLong("sparekey.seed", 8_2026_11_23L);
    private static final boolean LONG = Boolean.getBoolean("sparekey.long");
    private static final int YEARS = LONG ? 10 : 1;
    private static final int ORDERS = LONG ? 1_000 : 24;
    private static final int ACTS_EACH = 18;
    private static final int AT_ONCE = 12;
    private static final Duration BUSY = Duration.ofDays(50);
    private static final Set<String> SOMEBODYS_TURN =
            Set.of("executing", "secured", "released", "available", "acknowledged", "isolated", "restoring", "linked");

    private final Map<String, Integer> ends = new TreeMap<>();

    @Test
    void years_of_orders_in_the_room_itself_release_nothing_unlawfully_miss_no_term_and_lose_none() {
        for (int year = 0; year < YEARS; year++) {
            long seed = SEED + year;
            try (LivingOrders orders = new LivingOrders(new SplittableRandom(seed))) {
                new Year(seed, orders).live();
            }
        }
        assertThat(ends.keySet()).as(ends.toString()).contains("refused", "expired", "closed", "received");
        assertThat(ends).hasSizeGreaterThan(LONG ? 10 : 6);
    }

    private final class Year {
        private final String seed;
        private final LivingOrders orders;
        private final SplittableRandom random;
        private final Map<OrderId, List<Life.Said>> said = new HashMap<>();

        Year(long seed, LivingOrders orders) {
            this.seed = "seed " + seed;
            this.orders = orders;
            this.random = new SplittableRandom(~seed);
        }

        void live() {
            long most = BUSY.toMinutes() * 8 / (ORDERS * ACTS_EACH);
            for (int act = 0; act < ORDERS * ACTS_EACH; act++) {
                orders.pass(Duration.ofMinutes(random.nextLong(random.nextInt(4) == 0 ? most : most / 12 + 1)));
                if (act % ACTS_EACH == 0) {
                    orders.file();
                }
                // Mostly about those that came last.
                int from = Math.max(0, orders.all.size() - AT_ONCE);
                Living living = orders.all.get(random.nextInt(from, orders.all.size()));
                orders.act(living);
                check(living);
            }
            for (int i = 0; i < 10; i++) {
                orders.pass(Duration.ofDays(12));
                orders.all
                        .subList(Math.max(0, orders.all.size() - 2 * AT_ONCE), orders.all.size())
                        .forEach(this::check);
            }
            ended();
        }

        private void check(Living living) {
            List<Life.Said> log = orders.said(living);
            said.put(living.id(), log);
            Instant now = orders.fixture.now();
            OrderStatus status = orders.fixture.orders.status(living.id());
            String what = seed + " " + living.id() + " " + status.state() + " at " + now + " " + log;
            assertThat(PlainOracle.fault(living.order(), living.validation(), known(living), log))
                    .as(what)
                    .isEmpty();
            boolean held = status.holdUntil().isPresent();
            assertThat(PlainOracle.overdue(living.order(), log, status.state(), held, now))
                    .as(what)
                    .isEmpty();
            assertThat(CaseEntry.state(log.stream().map(Life.Said::type).toList()))
                    .as(what)
                    .contains(status.state());
        }

        /** Whether somebody of an earlier order of this person said a whole day before that it is his. */
        private boolean known(Living living) {
            Instant before = status(living).receivedAt().minus(Duration.ofDays(1));
            return orders.all.stream()
                    .filter(other -> !other.equals(living)
                            && other.order().issuer().equals(living.order().issuer()))
                    .flatMap(other -> said.getOrDefault(other.id(), List.of()).stream())
                    .anyMatch(entry -> entry.type().equals("order.called-back")
                            && entry.what().equals("CONFIRMED")
                            && !entry.at().isAfter(before));
        }

        private OrderStatus status(Living living) {
            return orders.fixture.orders.status(living.id());
        }

        private void ended() {
            for (Living living : orders.all) {
                check(living);
                String state = status(living).state();
                ends.merge(state, 1, Integer::sum);
                boolean over = StateText.ENDED.contains(state) || SOMEBODYS_TURN.contains(state);
                assertThat(over).as(seed + " ends in " + said.get(living.id())).isTrue();
            }
            List<String> rows = orders.fixture
                    .jdbc
                    .sql("SELECT order_id FROM orders_order ORDER BY order_id")
                    .query(String.class)
                    .list();
            assertThat(rows).as("none lost and none twice").containsExactlyInAnyOrderElementsOf(orders.submitted);
            assertThat(orders.fixture.log.stopped()).isEmpty();
        }
    }
}
