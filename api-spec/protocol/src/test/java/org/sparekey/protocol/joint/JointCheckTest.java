// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

class JointCheckTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SigningKey first = TestKeys.p256();
    private final SigningKey second = TestKeys.p256();
    private final Map<Digest, EnrolledSigner> register = new HashMap<>();

    JointCheckTest() {
        enrol(first, "o-1", ApprovalCheck.OFFICER);
        enrol(second, "o-2", ApprovalCheck.OFFICER);
    }

    @Test
    void two_officers_say_the_same_and_it_reads_back_to_the_byte() throws MalformedException {
        JointStatement joint = signed(statement(), first, second);
        JointStatement parsed = JointStatement.parse(joint.bytes());
        assertThat(parsed).isEqualTo(joint);
        assertThat(parsed.bytes()).isEqualTo(joint.bytes());
        assertThat(parsed.read(OutOfBandExecution.class)).isEqualTo(statement());
        assertThat(verdict(parsed)).isEqualTo("o-1,o-2");
    }

    @Test
    void one_officer_alone_or_twice_is_not_two() {
        assertThat(verdict(signed(statement(), first))).isEqualTo("TOO_FEW");
        assertThat(verdict(signed(statement(), first, first))).isEqualTo("SAME_PERSON");
        SigningKey other = TestKeys.p256();
        enrol(other, "o-1", ApprovalCheck.OFFICER);
        assertThat(verdict(signed(statement(), first, other))).isEqualTo("SAME_PERSON");
        assertThatThrownBy(() -> statement(List.of("o-1", "o-1"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_operator_or_a_stranger_does_not_make_up_for_an_officer() {
        SigningKey operator = TestKeys.p256();
        assertThat(verdict(signed(statement(), first, operator))).isEqualTo("KEY_NOT_ENROLLED");
        enrol(operator, "o-2", "OPERATOR");
        assertThat(verdict(signed(statement(), first, operator))).isEqualTo("NOT_AN_OFFICER");
    }

    @Test
    void officers_other_than_the_named_ones_do_not_count() {
        assertThat(verdict(signed(statement(List.of("o-1", "o-9")), first, second)))
                .isEqualTo("OTHER_OFFICERS");
    }

    @Test
    void a_forged_statement_under_genuine_proofs_does_not_verify() {
        JointStatement genuine = signed(statement(), first, second);
        JointStatement forged =
                new JointStatement(Bytes.of(Wire.write(statement(List.of("o-2", "o-1")))), genuine.proofs());
        assertThat(verdict(forged)).isEqualTo("SIGNATURE_INVALID");
    }

    @Test
    void the_proofs_of_one_kind_of_statement_do_not_serve_another() {
        JointStatement genuine = signed(statement(), first, second);
        LogResumption resumption = resumption();
        JointStatement moved = new JointStatement(Bytes.of(Wire.write(resumption)), genuine.proofs());
        assertThat(JointCheck.check(moved, resumption, this::enrolled, NOW))
                .isEqualTo(new JointVerdict.Invalid(JointFault.PROOF_NOT_ACCEPTED));
    }

    @Test
    void a_lapsed_key_and_a_time_to_come_are_refused() {
        JointStatement joint = signed(statement(), first, second);
        assertThat(verdict(joint, NOW.plus(Duration.ofDays(400)))).isEqualTo("KEY_NOT_IN_FORCE");
        assertThat(verdict(joint, NOW.minus(Duration.ofHours(1)))).isEqualTo("NOT_YET");
    }

    @Test
    void an_after_entry_is_late_after_a_day() {
        Instant finished = statement().finishedAt();
        assertThat(statement().late(finished.plus(Duration.ofHours(24)))).isFalse();
        assertThat(statement().late(finished.plus(Duration.ofHours(24)).plusMillis(1)))
                .isTrue();
    }

    @Test
    void a_resumption_reads_back_to_the_byte() throws MalformedException {
        JointStatement joint =
                JointStatement.of(resumption()).signedBy(first, resumption()).signedBy(second, resumption());
        assertThat(JointStatement.parse(joint.bytes()).read(LogResumption.class))
                .isEqualTo(resumption());
        assertThat(JointCheck.check(joint, resumption(), this::enrolled, NOW)).isInstanceOf(JointVerdict.Valid.class);
    }

    private String verdict(JointStatement joint) {
        return verdict(joint, NOW);
    }

    private String verdict(JointStatement joint, Instant at) {
        try {
            return JointCheck.check(joint, joint.read(OutOfBandExecution.class), this::enrolled, at)
                    .match(
                            officers -> String.join(
                                    ",",
                                    officers.stream()
                                            .map(EnrolledSigner::person)
                                            .toList()),
                            JointFault::code);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<EnrolledSigner> enrolled(Digest keyId) {
        return Optional.ofNullable(register.get(keyId));
    }

    private void enrol(SigningKey key, String person, String role) {
        Digest id = KeyId.of(key.publicKey());
        register.put(
                id,
                new EnrolledSigner(
                        "hoster",
                        person,
                        role,
                        id,
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(300)),
                        Optional.empty()));
    }

    private static JointStatement signed(OfficersStatement statement, SigningKey... keys) {
        JointStatement joint = JointStatement.of(statement);
        for (SigningKey key : keys) {
            joint = joint.signedBy(key, statement);
        }
        return joint;
    }

    private static OutOfBandExecution statement() {
        return statement(List.of("o-1", "o-2"));
    }

    private static OutOfBandExecution statement(List<String> officers) {
        Digest some = Digest.sha256(new byte[] {7});
        return new OutOfBandExecution(
                1,
                OutOfBandExecution.TYPE,
                Optional.of("K7-EXAMPLE"),
                "politie-voorbeeld",
                some,
                some,
                List.of(some),
                NOW.minus(Duration.ofHours(3)),
                NOW.minus(Duration.ofHours(2)),
                OutOfBandExecution.Reason.WITNESSES_AWAY,
                officers,
                NOW,
                Bytes.of(new byte[32]));
    }

    private static LogResumption resumption() {
        return new LogResumption(
                1,
                LogResumption.TYPE,
                "log.hoster.example/log/case/2026",
                15,
                Digest.sha256(new byte[] {8}),
                "restored-behind-log",
                "rebuilt from the published tiles",
                List.of("o-1", "o-2"),
                NOW,
                Bytes.of(new byte[32]));
    }
}
