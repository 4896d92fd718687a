// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void a_wait_is_drawn_from_zero_to_a_bound_that_doubles_up_to_the_most() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(450), Duration.ofMillis(500));
        assertThat(longest(2)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_000));
        assertThat(longest(3)).isBetween(Duration.ofMillis(1_800), Duration.ofMillis(2_000));
        assertThat(longest(7)).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));
        assertThat(longest(1_000)).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));
        assertThat(waits(3).min(Duration::compareTo).orElseThrow()).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void what_the_gateway_asks_for_is_waited_and_the_jitter_on_top() {
        Duration wait = Retries.USUAL.wait(1, Optional.of(Duration.ofSeconds(7)), new SplittableRandom(1));

        assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500));
    }

    @Test
    void retry_after_is_seconds_or_a_date_and_never_more_than_five_minutes() {
        assertThat(after("3")).contains(Duration.ofSeconds(3));
        assertThat(after("Mon, 23 Nov 2026 12:00:09 GMT")).contains(Duration.ofSeconds(9));
        assertThat(after("999999999")).contains(Retries.LONGEST_RETRY_AFTER);
        assertThat(after("Mon, 23 Nov 2026 11:59:59 GMT")).isEmpty();
        assertThat(Stream.of("-1", "soon", "9999999999", "").flatMap(text -> after(text).stream()))
                .isEmpty();
    }

    @Test
    void a_refusal_below_500_is_final_but_for_those_that_say_later() {
        assertThat(IntStream.range(400, 600).filter(Retries::passes).filter(status -> status < 500))
                .containsExactly(408, 425, 429);
        assertThat(IntStream.range(500, 600)).allMatch(Retries::passes);
    }

    @Test
    void nobody_tries_less_than_once() {
        assertThatThrownBy(() -> new Retries(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retries(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Duration longest(int failed) {
        return waits(failed).max(Duration::compareTo).orElseThrow();
    }

    private static Stream<Duration> waits(int failed) {
        SplittableRandom random = new SplittableRandom(20261123);
        return Stream.generate(() -> Retries.USUAL.wait(failed, Optional.empty(), random))
                .limit(1_000);
    }

    private static Optional<Duration> after(String field) {
        return Retries.retryAfter(Optional.of(field), NOW);
    }
}
