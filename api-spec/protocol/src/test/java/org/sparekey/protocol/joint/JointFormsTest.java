// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/** What two officers can never have said, to the edge of each limit. */
class JointFormsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Digest SOME = Digest.sha256(new byte[] {7});
    private static final List<String> TWO = List.of("o-1", "o-2");
    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final String LONGEST = "x".repeat(OfficersStatement.MAX_TEXT_CHARS);

    static final AuthoritiesImport IMPORT = new AuthoritiesImport(1, AuthoritiesImport.TYPE, SOME, TWO, NOW, SALT);
    static final AuthorityResumption RESUMED = new AuthorityResumption(
            1, AuthorityResumption.TYPE, "politie-voorbeeld", NOW, "keys were replaced", TWO, NOW, SALT);
    static final EnrolmentDecision ENROLMENT = new EnrolmentDecision(
            1,
            EnrolmentDecision.TYPE,
            "ENR-7Q4F-2KX9",
            "politie-voorbeeld",
            "p-1",
            "PROSECUTOR",
            SOME,
            SOME,
            List.of(SOME),
            TWO,
            NOW,
            SALT);
    static final LogClosure CLOSURE = new LogClosure(
            1,
            LogClosure.TYPE,
            "log.hoster.example/log/case/2026",
            "log.hoster.example/log/case/2026b",
            15,
            SOME,
            14,
            "the disk burnt",
            TWO,
            NOW,
            SALT);
    static final LogResumption RESUMPTION = new LogResumption(
            1,
            LogResumption.TYPE,
            "log.hoster.example/log/case/2026",
            15,
            SOME,
            "restored-behind-log",
            "rebuilt from the published tiles",
            TWO,
            NOW,
            SALT);
    static final MatrixAdoption ADOPTION = new MatrixAdoption(
            1, MatrixAdoption.TYPE, SOME, "nl-eu", "2026.1", NOW, NOW.plusSeconds(1), TWO, NOW, SALT);
    static final OutOfBandExecution ON_PAPER = new OutOfBandExecution(
            1,
            OutOfBandExecution.TYPE,
            Optional.empty(),
            "politie-voorbeeld",
            SOME,
            SOME,
            List.of(SOME),
            NOW.minusSeconds(2),
            NOW.minusSeconds(1),
            OutOfBandExecution.Reason.GATEWAY_DOWN,
            TWO,
            NOW,
            SALT);

    static Stream<OfficersStatement> statements() {
        return Stream.of(IMPORT, RESUMED, ENROLMENT, CLOSURE, RESUMPTION, ADOPTION, ON_PAPER);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void a_statement_of_another_version_type_salt_or_number_of_officers_is_none(OfficersStatement statement) {
        takes(statement, "/v", 1);
        refuses(statement, "/v", 2);
        refuses(statement, "/type", "another");
        refuses(statement, "/salt", Bytes.of(new byte[31]));
        refuses(statement, "/officers", List.of("o-1"));
        refuses(statement, "/officers", List.of("o-1", "o-1"));
        refuses(statement, "/officers", List.of("o-1", "o-2", "o-3"));
        assertThat(statement.officers()).containsExactlyElementsOf(TWO);
        assertThat(statement.time()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void an_explanation_is_neither_blank_nor_endless(OfficersStatement statement) {
        if (statement instanceof AuthorityResumption
                || statement instanceof LogClosure
                || statement instanceof LogResumption) {
            takes(statement, "/explanation", LONGEST);
            refuses(statement, "/explanation", LONGEST + "x");
            refuses(statement, "/explanation", " ");
        }
    }

    @Test
    void something_is_enrolled_something_is_missing_and_no_tree_is_smaller_than_nothing() {
        refuses(ENROLMENT, "/keys", List.of());
        takes(CLOSURE, "/held", 0);
        refuses(CLOSURE, "/held", -1);
        refuses(CLOSURE, "/held", 15);
        takes(RESUMPTION, "/size", 0);
        refuses(RESUMPTION, "/size", -1);
        takes(RESUMPTION, "/stopped", LONGEST);
        refuses(RESUMPTION, "/stopped", LONGEST + "x");
    }

    @Test
    void what_was_done_on_paper_begins_ends_and_is_signed_for_in_this_order() {
        takes(ON_PAPER, "/startedAt", NOW.minusSeconds(1));
        refuses(ON_PAPER, "/startedAt", NOW);
        takes(ON_PAPER, "/finishedAt", NOW);
        refuses(ON_PAPER, "/finishedAt", NOW.plusMillis(1));
        takes(ON_PAPER, "/authority", LONGEST);
        refuses(ON_PAPER, "/authority", LONGEST + "x");
        refuses(ON_PAPER, "/authority", "");
        takes(ON_PAPER, "/handedOver", Collections.nCopies(OutOfBandExecution.MAX_FILES, SOME));
        refuses(ON_PAPER, "/handedOver", Collections.nCopies(OutOfBandExecution.MAX_FILES + 1, SOME));
    }

    @Test
    void an_adoption_lasts_a_year_at_most_and_at_least_a_moment() {
        takes(ADOPTION, "/until", NOW.plus(MatrixAdoption.LONGEST));
        refuses(ADOPTION, "/until", NOW.plus(MatrixAdoption.LONGEST).plusMillis(1));
        refuses(ADOPTION, "/until", NOW);
        refuses(ADOPTION, "/until", NOW.minus(Duration.ofDays(1)));
    }

    @Test
    void a_joint_statement_has_three_proofs_at_most() {
        refuses(JointStatement.of(IMPORT), "/proofs", Collections.nCopies(4, "x"));
        assertThatThrownBy(() -> new JointStatement(
                        JointStatement.of(IMPORT).statement(), Collections.nCopies(4, JointCheckAttackTest.anyProof())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new JointStatement(
                                JointStatement.of(IMPORT).statement(),
                                Collections.nCopies(3, JointCheckAttackTest.anyProof()))
                        .proofs())
                .hasSize(3);
    }

    @Test
    void a_closure_says_in_clear_what_is_missing() {
        assertThat(CLOSURE.clear())
                .containsAllEntriesOf(Map.of(LogClosure.MISSING_FROM, "14"))
                .containsValues("log.hoster.example/log/case/2026", "15", SOME.base64url());
    }

    @Test
    void every_fault_has_words_of_its_own_in_both_languages() {
        assertThat(Stream.of(JointFault.values()).map(JointFault::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(JointFault.values()).map(JointFault::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(JointFault.TOO_FEW.code()).isEqualTo("TOO_FEW");
    }
}
