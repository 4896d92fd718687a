// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the law says is told apart by whoever asks, and each reason has words of its own. */
class VerdictFormsTest {

    @Test
    void a_yes_a_no_and_a_not_yet_are_three_answers() {
        assertThat(said(new Verdict.Allow())).isEqualTo("yes");
        assertThat(said(new Verdict.Deny(Refusal.WRONG_GATEWAY))).isEqualTo("WRONG_GATEWAY");
        assertThat(said(new Verdict.Needs("validator"))).isEqualTo("validator");
    }

    @Test
    void every_reason_has_words_of_its_own_in_both_languages() {
        assertThat(Stream.of(Refusal.values()).map(Refusal::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(Refusal.values()).map(Refusal::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(StopReason.values()).map(StopReason::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(StopReason.values()).map(StopReason::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(StopReason.values()).map(StopReason::code))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    private static String said(Verdict verdict) {
        return verdict.match(() -> "yes", Refusal::code, field -> field);
    }
}
