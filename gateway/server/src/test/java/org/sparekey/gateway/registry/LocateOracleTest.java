// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.PlannedAddress;
import org.sparekey.protocol.order.TimeWindow;

/** The decisions against an independent slow reference, over thousands of random events. */
class LocateOracleTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00.000Z");

    /** One million events with -Plong. */
    private static final int HISTORIES = Boolean.getBoolean("sparekey.long") ? 40_000 : 400;

    private static final int EVENTS = 25;
    private static final int QUESTIONS = 10;

    @Test
    void every_answer_agrees_with_the_slow_reference() {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomEvents events = new RandomEvents(seed);
            List<Registered> rows = events.rows(EVENTS, START);
            SlowRegistry slow = new SlowRegistry(rows);
            for (int i = 0; i < QUESTIONS; i++) {
                ask(seed, events, rows, slow).forEach((answer, count) -> seen.merge(answer, count, Integer::sum));
            }
        }
        assertThat(seen.keySet()).contains("UNKNOWN", "AMBIGUOUS", "CHANGED", "CERTAIN", "PROBABLE");
        assertThat(seen.values()).allMatch(count -> count > 10);
    }

    private static Map<String, Integer> ask(long seed, RandomEvents events, List<Registered> rows, SlowRegistry slow) {
        Wanted.Address wanted = events.wanted();
        String address = wanted.address().text();
        Instant asked = events.asked(START);
        Instant order = events.later(asked);
        Instant now = events.coin() ? order : events.later(order);
        boolean witnessed = events.coin();
        Question question = new Question(wanted, new TimeWindow(asked, asked), now, order, Registry.CLOCK_SKEW);
        String fast = word(LocateDecisions.decide(question, facts(rows, witnessed ? plan(address) : List.of())));
        String expected = slow.answer(wanted, asked, now, order, witnessed);
        assertThat(fast.startsWith("?") ? expected.replaceFirst("vps-invented-\\d+", "?") : expected)
                .as("seed %d: %s at %s, order %s, now %s", seed, wanted, asked, order, now)
                .isEqualTo(fast);
        String[] words = fast.split(" ");
        return Map.of(words[words.length - 1], 1);
    }

    /** A plan that speaks for whichever asset holds the address: the witness is not what this test is about. */
    private static List<PlannedAddress> plan(String address) {
        List<PlannedAddress> plan = new ArrayList<>();
        for (int vps = 0; vps < 6; vps++) {
            plan.add(Assets.planned(address, vps, START.minusSeconds(60), Instant.MAX));
        }
        return plan;
    }

    private static LocateFacts facts(List<Registered> rows, List<PlannedAddress> plan) {
        return new LocateFacts(
                History.of(rows),
                List.of(Assets.rented("192.0.2.0/24", Assets.RESELLER, START.minusSeconds(3600), Instant.MAX)),
                plan,
                List.of(),
                IntStream.range(0, 6)
                        .mapToObj(vps -> Assets.guest(vps, START, START))
                        .toList(),
                (guest, reseller) -> false);
    }

    static String word(LocateDecisions.Decision decision) {
        return switch (decision) {
            case LocateDecisions.Decision.Ambiguous ambiguous -> "AMBIGUOUS";
            case LocateDecisions.Decision.Unknown unknown -> "UNKNOWN";
            case LocateDecisions.Decision.TenancyChanged changed -> "CHANGED";
            case LocateDecisions.Decision.Found found ->
                found.now().vpsRef() + " " + found.verdict().grade();
            // Stale, which names no asset: the grade must do.
            case LocateDecisions.Decision.NotMatched not -> "? " + not.verdict().grade();
        };
    }
}
