// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How an order was known to be genuine, and what of it may be measured, in every combination. */
class AssuranceTest {

    @Test
    void what_came_on_paper_says_so_and_never_that_it_was_signed() {
        assertThat(Assurance.of(false, false, false)).isEqualTo(new Assurance(Assurance.SIGNED, Optional.empty()));
        assertThat(Assurance.of(true, false, false))
                .isEqualTo(new Assurance(Assurance.PAPER_CALLED_BACK, Optional.empty()));
    }

    @Test
    void a_judges_own_document_counts_before_a_call_to_his_office() {
        assertThat(Assurance.of(true, true, true).validatorEvidence()).contains(Assurance.SIGNED_DOC);
        assertThat(Assurance.of(false, true, true).validatorEvidence()).contains(Assurance.SIGNED_DOC);
        assertThat(Assurance.of(true, false, true).validatorEvidence())
                .contains(Assurance.REFERENCE_CONFIRMED_BY_CALLBACK);
    }

    @Test
    void a_signed_order_whose_authorisation_is_only_named_has_no_evidence_of_it() {
        assertThat(Assurance.of(false, false, true).validatorEvidence()).isEmpty();
    }

    @Test
    void other_words_are_no_assurance() {
        assertThatThrownBy(() -> new Assurance(OrderStatus.PAPER, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Assurance(Assurance.SIGNED, Optional.of("BY_MAIL")))
                .isInstanceOf(IllegalArgumentException.class);
        for (String evidence : List.of(Assurance.SIGNED_DOC, Assurance.REFERENCE_CONFIRMED_BY_CALLBACK)) {
            assertThat(new Assurance(Assurance.SIGNED, Optional.of(evidence)).validatorEvidence())
                    .contains(evidence);
        }
    }

    @Test
    void a_copy_is_secured_by_what_freezes_and_a_guest_isolated_by_what_takes_down() {
        assertThat(kinds(Measure.SECURED_COPY))
                .containsExactlyInAnyOrder(OrderKind.PRESERVATION, OrderKind.EXTENSION, OrderKind.ORAL_CONFIRMATION);
        assertThat(kinds(Measure.ISOLATE_GUEST))
                .containsExactlyInAnyOrder(OrderKind.TAKE_DOWN, OrderKind.RESTORE, OrderKind.ORAL_CONFIRMATION);
    }

    @Test
    void a_scope_says_the_measure_that_it_names_and_no_other() {
        Instant now = SampleOrder.NOW;
        Scope isolate =
                new Scope(List.of(Category.CONTENT), now, now, List.of(), false, Optional.of(Measure.ISOLATE_GUEST));
        assertThat(isolate.says(Measure.ISOLATE_GUEST)).isTrue();
        assertThat(isolate.says(Measure.SECURED_COPY)).isFalse();
        assertThat(new Scope(List.of(Category.CONTENT), now, now, List.of(), false).says(Measure.SECURED_COPY))
                .isFalse();
    }

    @Test
    void every_reason_to_stop_is_told_by_its_code_and_in_both_languages() {
        for (StopReason reason : StopReason.values()) {
            assertThat(List.of(reason.code(), reason.english(), reason.dutch()))
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
        }
    }

    private static Set<OrderKind> kinds(Measure measure) {
        return Stream.of(OrderKind.values()).filter(measure::of).collect(java.util.stream.Collectors.toSet());
    }
}
