// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.Proof;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.order.Matrix;

/** Officers without their supervisor, a supervisor in an officer's place, and a law that nobody adopted. */
class JointCheckAttackTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SigningKey first = TestKeys.p256();
    private final SigningKey second = TestKeys.p256();
    private final SigningKey supervisor = TestKeys.p256();
    private final SigningKey stranger = TestKeys.p256();
    private final Map<Digest, EnrolledSigner> register = new HashMap<>();

    JointCheckAttackTest() {
        enrol(first, "hoster", "o-1", ApprovalCheck.OFFICER);
        enrol(second, "hoster", "o-2", ApprovalCheck.OFFICER);
        enrol(supervisor, "supervisor", "s-1", JointCheck.SUPERVISOR);
    }

    @Test
    void two_officers_and_the_supervisor_may_together() {
        assertThat(withSupervisor(first, second, supervisor)).isEqualTo("o-1 o-2 s-1");
        assertThat(withSupervisor(supervisor, second, first)).isEqualTo("o-2 o-1 s-1");
    }

    @Test
    void two_officers_alone_and_a_supervisor_with_one_may_not() {
        assertThat(withSupervisor(first, second)).isEqualTo("NO_SUPERVISOR");
        assertThat(withSupervisor(first, supervisor)).isEqualTo("TOO_FEW");
        assertThat(withSupervisor(supervisor)).isEqualTo("TOO_FEW");
        assertThat(withSupervisor(first, supervisor, supervisor)).isEqualTo("NO_SUPERVISOR");
    }

    @Test
    void a_stranger_is_neither_officer_nor_supervisor() {
        assertThat(withSupervisor(first, second, stranger)).isEqualTo("NO_SUPERVISOR");
        assertThat(withSupervisor(first, stranger, supervisor)).isEqualTo("KEY_NOT_ENROLLED");
    }

    @Test
    void a_supervisor_whose_key_lapsed_or_whose_signature_was_moved_does_not_count() {
        register.computeIfPresent(
                supervisor.keyId(),
                (id, one) -> new EnrolledSigner(
                        one.party(), one.person(), one.role(), id, one.from(), one.until(), Optional.of(NOW)));
        assertThat(withSupervisor(first, second, supervisor)).isEqualTo("NO_SUPERVISOR");

        enrol(supervisor, "supervisor", "s-1", JointCheck.SUPERVISOR);
        AuthoritiesImport other = new AuthoritiesImport(
                1,
                AuthoritiesImport.TYPE,
                Digest.sha256(new byte[] {9}),
                List.of("o-1", "o-2"),
                NOW,
                Bytes.of(new byte[32]));
        Proof moved = signed(other, supervisor).proofs().get(0);
        JointStatement two = signed(JointFormsTest.IMPORT, first, second);
        assertThat(withSupervisor(new JointStatement(
                        two.statement(),
                        List.of(two.proofs().get(0), two.proofs().get(1), moved))))
                .isEqualTo("NO_SUPERVISOR");
    }

    @Test
    void a_proof_of_another_kind_is_not_accepted_from_anybody() {
        JointStatement two = signed(JointFormsTest.IMPORT, first, second);
        Proof webauthn = new Proof(
                Proof.WEBAUTHN,
                Optional.empty(),
                Optional.of(Bytes.of(new byte[1])),
                Optional.of(Bytes.of(new byte[1])),
                Optional.of(Bytes.of(new byte[1])),
                Bytes.of(new byte[1]));
        JointStatement with =
                new JointStatement(two.statement(), List.of(two.proofs().get(0), webauthn));

        assertThat(withSupervisor(with)).isEqualTo("PROOF_NOT_ACCEPTED");
        assertThat(said(JointCheck.check(with, JointFormsTest.IMPORT, this::enrolled, NOW)))
                .isEqualTo("PROOF_NOT_ACCEPTED");
    }

    @Test
    void nobody_signs_another_statement_than_the_one_he_read() {
        assertThatThrownBy(() -> JointStatement.of(JointFormsTest.IMPORT).signedBy(first, JointFormsTest.RESUMED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_statement_in_another_spelling_is_not_read() {
        String text =
                new String(JointStatement.of(JointFormsTest.IMPORT).statement().array(), StandardCharsets.UTF_8);
        JointStatement spaced = new JointStatement(
                Bytes.of(text.replaceFirst("\\{", "{ ").getBytes(StandardCharsets.UTF_8)), List.of());

        assertThatThrownBy(() -> spaced.read(AuthoritiesImport.class))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("canonical");
    }

    @Test
    void a_statement_has_one_name_and_it_is_a_digest_of_its_proofs_too() {
        JointStatement one = signed(JointFormsTest.IMPORT, first);

        assertThat(one.digest()).isEqualTo(Digest.sha256(one.bytes()));
        assertThat(one.digest())
                .isNotEqualTo(signed(JointFormsTest.IMPORT, second).digest());
    }

    @Test
    void a_time_exactly_as_far_ahead_as_a_clock_may_be_still_counts() {
        JointStatement joint = signed(JointFormsTest.IMPORT, first, second);
        Instant edge = NOW.minus(ApprovalCheck.CLOCK_SKEW);

        assertThat(said(JointCheck.check(joint, JointFormsTest.IMPORT, this::enrolled, edge)))
                .isEqualTo("o-1 o-2");
        assertThat(said(JointCheck.check(joint, JointFormsTest.IMPORT, this::enrolled, edge.minusMillis(1))))
                .isEqualTo("NOT_YET");
    }

    @Test
    void a_matrix_that_two_officers_adopted_is_the_law_from_its_first_moment_to_its_last() {
        byte[] adopted = adoption(a -> a, first, second);

        assertThat(fault(adopted, NOW)).isEmpty();
        assertThat(fault(adopted, NOW.minusMillis(1))).contains("It is not in force yet.");
        assertThat(fault(adopted, NOW.plus(Duration.ofDays(1)).minusMillis(1))).isEmpty();
        assertThat(fault(adopted, NOW.plus(Duration.ofDays(1)))).contains("It is no longer in force.");
    }

    @Test
    void an_adoption_signed_for_later_or_before_it_begins_is_not_in_force_yet() {
        byte[] signedLater = adoption(
                a -> new MatrixAdoption(
                        a.v(),
                        a.type(),
                        a.matrix(),
                        a.id(),
                        a.version(),
                        a.from().minusSeconds(60),
                        a.until(),
                        a.officers(),
                        NOW.plusSeconds(30),
                        a.salt()),
                first,
                second);
        byte[] beginsLater = adoption(
                a -> new MatrixAdoption(
                        a.v(),
                        a.type(),
                        a.matrix(),
                        a.id(),
                        a.version(),
                        a.from().plusSeconds(60),
                        a.until(),
                        a.officers(),
                        a.time(),
                        a.salt()),
                first,
                second);

        assertThat(fault(signedLater, NOW)).contains("It is not in force yet.");
        assertThat(fault(signedLater, NOW.plusSeconds(30))).isEmpty();
        assertThat(fault(beginsLater, NOW.plusSeconds(59))).contains("It is not in force yet.");
        assertThat(fault(beginsLater, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void an_adoption_of_other_bytes_another_matrix_or_another_version_adopts_nothing_here() {
        Digest other = Digest.sha256(new byte[] {9});

        for (byte[] adopted : List.of(
                adoption(a -> adopting(a, other, a.id(), a.version()), first, second),
                adoption(a -> adopting(a, a.matrix(), "be-eu", a.version()), first, second),
                adoption(a -> adopting(a, a.matrix(), a.id(), "1999.1"), first, second))) {
            assertThat(fault(adopted, NOW))
                    .hasValueSatisfying(why -> assertThat(why).contains("another matrix"));
        }
    }

    @Test
    void a_matrix_that_one_officer_or_a_stranger_adopted_is_no_law() {
        assertThat(fault(adoption(a -> a, first), NOW)).contains(JointFault.TOO_FEW.english());
        assertThat(fault(adoption(a -> a, first, stranger), NOW)).contains(JointFault.KEY_NOT_ENROLLED.english());
        assertThat(fault("{}".getBytes(StandardCharsets.UTF_8), NOW))
                .contains("It is no adoption that officers signed.");
    }

    @Test
    void officers_who_have_left_since_do_not_undo_an_adoption() {
        byte[] adopted = adoption(a -> a, first, second);
        register.replaceAll((id, one) -> new EnrolledSigner(
                one.party(), one.person(), one.role(), id, one.from(), one.until(), Optional.of(NOW.plusSeconds(1))));

        assertThat(fault(adopted, NOW.plusSeconds(2))).isEmpty();
    }

    static Proof anyProof() {
        return signed(JointFormsTest.IMPORT, TestKeys.p256()).proofs().get(0);
    }

    private interface Change {
        MatrixAdoption of(MatrixAdoption adoption);
    }

    private static byte[] adoption(Change change, SigningKey... keys) {
        try {
            Matrix law = Matrix.parse(Matrix.packagedBytes());
            MatrixAdoption adoption = new MatrixAdoption(
                    1,
                    MatrixAdoption.TYPE,
                    Digest.sha256(Matrix.packagedBytes()),
                    law.id(),
                    law.version(),
                    NOW,
                    NOW.plus(Duration.ofDays(1)),
                    List.of("o-1", "o-2"),
                    NOW.minusSeconds(1),
                    Bytes.of(new byte[32]));
            return signed(change.of(adoption), keys).bytes();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static MatrixAdoption adopting(MatrixAdoption a, Digest matrix, String id, String version) {
        return new MatrixAdoption(
                a.v(), a.type(), matrix, id, version, a.from(), a.until(), a.officers(), a.time(), a.salt());
    }

    private Optional<String> fault(byte[] adopted, Instant now) {
        return MatrixAdoption.fault(adopted, Matrix.packagedBytes(), this::enrolled, now);
    }

    private String withSupervisor(SigningKey... keys) {
        return withSupervisor(signed(JointFormsTest.IMPORT, keys));
    }

    private String withSupervisor(JointStatement joint) {
        return said(JointCheck.checkWithSupervisor(joint, JointFormsTest.IMPORT, this::enrolled, NOW));
    }

    private static String said(JointVerdict verdict) {
        return verdict.match(
                officers -> String.join(
                        " ", officers.stream().map(EnrolledSigner::person).toList()),
                JointFault::code);
    }

    private static JointStatement signed(OfficersStatement statement, SigningKey... keys) {
        JointStatement joint = JointStatement.of(statement);
        for (SigningKey key : keys) {
            joint = joint.signedBy(key, statement);
        }
        return joint;
    }

    private Optional<EnrolledSigner> enrolled(Digest keyId) {
        return Optional.ofNullable(register.get(keyId));
    }

    private void enrol(SigningKey key, String party, String person, String role) {
        register.put(
                key.keyId(),
                new EnrolledSigner(
                        party,
                        person,
                        role,
                        key.keyId(),
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plus(Duration.ofDays(300)),
                        Optional.empty()));
    }
}
