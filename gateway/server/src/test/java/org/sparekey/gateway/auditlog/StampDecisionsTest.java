// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "2, 20", "3, 40", "4, 80", "5, 160", "6, 320", "7, 600", "8, 600", "1000, 600"})
    void each_failure_waits_twice_as_long_and_never_longer_than_ten_minutes(int failures, long seconds) {
        assertThat(StampDecisions.retryAt(NOW, failures)).isEqualTo(NOW.plusSeconds(seconds));
    }

    @Test
    void a_stamp_from_before_the_question_is_let_pass_by_two_seconds_of_skew_and_no_more() {
        Duration skew = StampDecisions.CLOCK_SKEW;

        assertThat(StampDecisions.tooEarly(NOW, NOW.minus(skew))).isFalse();
        assertThat(StampDecisions.tooEarly(NOW, NOW.minus(skew).minusMillis(1))).isTrue();
        assertThat(StampDecisions.tooEarly(NOW, NOW.plusSeconds(9))).isFalse();
    }
}
