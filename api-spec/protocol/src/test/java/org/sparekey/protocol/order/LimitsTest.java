// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OfficerRecord.What;

/** What the records of an order let in, at both sides of each limit. */
class LimitsTest {

    private static final TimeWindow SEEN = new TimeWindow(SampleOrder.SEEN, SampleOrder.SEEN);
    private static final Bytes SALT = Bytes.of(new byte[OrderDocument.SALT_BYTES]);
    private static final Digest DIGEST = Digest.sha256(new byte[] {1});

    @Test
    void a_target_is_one_thing_of_at_most_256_characters() {
        assertThat(target("x".repeat(256)).value()).hasSize(256);
        refused(() -> target("x".repeat(257)));
        refused(() -> target(" "));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void a_port_is_a_port(int port) {
        assertThat(target(Optional.of("tcp"), Optional.of(port)).port()).contains(port);
        refused(() -> target(Optional.empty(), Optional.of(port)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void no_port_is_none(int port) {
        refused(() -> target(Optional.of("tcp"), Optional.of(port)));
        refused(() -> target(Optional.of("tcp"), Optional.empty()));
    }

    @Test
    void a_scope_leaves_out_twenty_things_at_most() {
        assertThat(scope(20).exclusions()).hasSize(20);
        refused(() -> scope(21));
    }

    @Test
    void an_order_names_ten_documents_and_128_characters_of_its_case_at_most() {
        assertThat(order("x".repeat(128), 10, OrderDocument.SALT_BYTES).documents())
                .hasSize(10);
        refused(() -> order("x".repeat(129), 0, OrderDocument.SALT_BYTES));
        refused(() -> order(" ", 0, OrderDocument.SALT_BYTES));
        refused(() -> order("x", 11, OrderDocument.SALT_BYTES));
        refused(() -> order("x", 0, OrderDocument.SALT_BYTES - 1));
    }

    @Test
    void a_question_has_words_and_not_too_many() {
        assertThat(question(1, ClarificationQuestion.TYPE, "x".repeat(1000)).text())
                .hasSize(1000);
        refused(() -> question(1, ClarificationQuestion.TYPE, "x".repeat(1001)));
        refused(() -> question(1, ClarificationQuestion.TYPE, " "));
        refused(() -> question(2, ClarificationQuestion.TYPE, "x"));
        refused(() -> question(1, "question", "x"));
    }

    @ParameterizedTest
    @EnumSource
    void only_what_is_done_about_a_take_down_names_its_means(What what) {
        boolean names = List.of(What.TAKE_DOWN_NOTICE, What.TAKE_DOWN_DONE, What.TAKE_DOWN_FAILED, What.RESTORE_DONE)
                .contains(what);
        Optional<Integer> minutes = what == What.EFFORT ? Optional.of(1) : Optional.empty();
        Optional<Means> means = Optional.of(Means.BLOCK_ADDRESS);

        assertThat(record(what, names ? means : Optional.empty(), minutes, "x").what())
                .isEqualTo(what);
        refused(() -> record(what, names ? Optional.empty() : means, minutes, "x"));
        refused(() -> record(
                what, names ? means : Optional.empty(), what == What.EFFORT ? Optional.empty() : Optional.of(1), "x"));
    }

    @Test
    void an_effort_has_figures_within_bounds_and_nothing_else_has_any() {
        assertThat(effort(0, Optional.of(0), Optional.of("A 1/b-2.c")).minutes())
                .contains(0);
        assertThat(effort(100_000, Optional.of(1_000_000), Optional.of("x".repeat(64)))
                        .gigabytes())
                .contains(1_000_000);
        refused(() -> effort(-1, Optional.empty(), Optional.empty()));
        refused(() -> effort(100_001, Optional.empty(), Optional.empty()));
        refused(() -> effort(1, Optional.of(-1), Optional.empty()));
        refused(() -> effort(1, Optional.of(1_000_001), Optional.empty()));
        refused(() -> effort(1, Optional.empty(), Optional.of("x".repeat(65))));
        refused(() -> effort(1, Optional.empty(), Optional.of("=1+1")));
        refused(() -> figures(Optional.of(1), Optional.empty()));
        refused(() -> figures(Optional.empty(), Optional.of("CLAIM")));
    }

    @Test
    void a_record_has_words_and_not_too_many() {
        assertThat(record(What.MAY_INFORM, Optional.empty(), Optional.empty(), "x".repeat(1000))
                        .text())
                .hasSize(1000);
        refused(() -> record(What.MAY_INFORM, Optional.empty(), Optional.empty(), "x".repeat(1001)));
        refused(() -> record(What.MAY_INFORM, Optional.empty(), Optional.empty(), " "));
        refused(() -> new OfficerRecord(
                2,
                OfficerRecord.TYPE,
                What.MAY_INFORM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "x"));
        refused(() -> new OfficerRecord(
                1,
                "record",
                What.MAY_INFORM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "x"));
    }

    @Test
    void an_existence_answer_says_yes_no_or_that_it_is_uncertain() {
        assertThat(ExistenceAnswer.Held.of(Grade.CERTAIN)).isEqualTo(ExistenceAnswer.Held.YES);
        assertThat(ExistenceAnswer.Held.of(Grade.PROBABLE)).isEqualTo(ExistenceAnswer.Held.YES);
        assertThat(ExistenceAnswer.Held.of(Grade.AMBIGUOUS)).isEqualTo(ExistenceAnswer.Held.UNCERTAIN);
        assertThat(ExistenceAnswer.Held.of(Grade.UNKNOWN)).isEqualTo(ExistenceAnswer.Held.NO);
        assertThat(existence(1, ExistenceAnswer.TYPE, SALT).held()).isEqualTo(ExistenceAnswer.Held.NO);
        refused(() -> existence(2, ExistenceAnswer.TYPE, SALT));
        refused(() -> existence(1, "answer", SALT));
        refused(() -> existence(1, ExistenceAnswer.TYPE, Bytes.of(new byte[31])));
    }

    private static Target target(String value) {
        return new Target(TargetFormat.UUID, value, Optional.empty(), Optional.empty(), SEEN);
    }

    private static Target target(Optional<String> protocol, Optional<Integer> port) {
        return new Target(TargetFormat.ADDRESS, "192.0.2.7", protocol, port, SEEN);
    }

    private static Scope scope(int exclusions) {
        return new Scope(
                List.of(Category.CONTENT),
                SampleOrder.SEEN,
                SampleOrder.NOW,
                Collections.nCopies(exclusions, "mail"),
                false);
    }

    private static OrderDocument order(String caseRef, int documents, int salt) {
        OrderDocument good = SampleOrder.identity().document();
        return new OrderDocument(
                good.v(),
                good.type(),
                good.id(),
                good.kind(),
                good.addressee(),
                good.legalBasis(),
                good.issuer(),
                good.validator(),
                caseRef,
                good.target(),
                good.scope(),
                good.urgency(),
                good.deadline(),
                good.secrecy(),
                good.deliverTo(),
                good.parentOrder(),
                Collections.nCopies(documents, new DocumentReference(DIGEST, "application/pdf")),
                Bytes.of(new byte[salt]));
    }

    private static ClarificationQuestion question(int v, String type, String text) {
        return new ClarificationQuestion(v, type, ClarificationQuestion.Subject.SCOPE, text);
    }

    private static OfficerRecord record(What what, Optional<Means> means, Optional<Integer> minutes, String text) {
        return new OfficerRecord(1, OfficerRecord.TYPE, what, means, minutes, Optional.empty(), Optional.empty(), text);
    }

    private static OfficerRecord effort(int minutes, Optional<Integer> gigabytes, Optional<String> reference) {
        return new OfficerRecord(
                1, OfficerRecord.TYPE, What.EFFORT, Optional.empty(), Optional.of(minutes), gigabytes, reference, "x");
    }

    private static OfficerRecord figures(Optional<Integer> gigabytes, Optional<String> reference) {
        return new OfficerRecord(
                1, OfficerRecord.TYPE, What.MAY_INFORM, Optional.empty(), Optional.empty(), gigabytes, reference, "x");
    }

    private static ExistenceAnswer existence(int v, String type, Bytes salt) {
        return new ExistenceAnswer(
                v,
                type,
                new UUID(1, 2),
                DIGEST,
                target("x"),
                ExistenceAnswer.Held.NO,
                Optional.of(new Assurance(Assurance.SIGNED, Optional.empty())),
                SampleOrder.NOW,
                salt);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
}
