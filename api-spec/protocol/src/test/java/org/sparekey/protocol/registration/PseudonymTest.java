// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PseudonymTest {

    private static final byte[] SECRET = Registrations.filled(3, 32);
    private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59.999Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00.000Z");

    @Test
    void one_asset_keeps_its_pseudonym_through_a_utc_month_and_not_longer() {
        Instant first = Instant.parse("2026-03-01T00:00:00.000Z");
        assertThat(Pseudonym.of(SECRET, "h", "c", first, "v")).isEqualTo(Pseudonym.of(SECRET, "h", "c", MARCH, "v"));
        assertThat(Pseudonym.of(SECRET, "h", "c", MARCH, "v")).isNotEqualTo(Pseudonym.of(SECRET, "h", "c", APRIL, "v"));
    }

    @Test
    void two_assets_two_hosters_and_two_customers_are_unrelated() {
        assertThat(Pseudonym.of(SECRET, "h", "c", MARCH, "v"))
                .isNotEqualTo(Pseudonym.of(SECRET, "h", "c", MARCH, "w"))
                .isNotEqualTo(Pseudonym.of(SECRET, "i", "c", MARCH, "v"))
                .isNotEqualTo(Pseudonym.of(SECRET, "h", "d", MARCH, "v"))
                .isNotEqualTo(Pseudonym.of(Registrations.filled(4, 32), "h", "c", MARCH, "v"));
    }

    @Test
    void parts_that_run_together_are_told_apart_by_their_lengths() {
        assertThat(Pseudonym.of(SECRET, "ab", "c", MARCH, "v"))
                .isNotEqualTo(Pseudonym.of(SECRET, "a", "bc", MARCH, "v"));
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> Pseudonym.of(new byte[31], "h", "c", MARCH, "v"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
