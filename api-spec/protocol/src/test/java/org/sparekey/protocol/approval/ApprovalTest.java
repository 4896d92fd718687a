// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

class ApprovalTest {

    private final SigningKey officer = TestKeys.p256();

    @Test
    void an_approval_reads_back_as_it_was_signed() throws MalformedException {
        Approval approval = Approval.sign(statement(Decision.RELEASE), officer);
        Approval parsed = Approval.parse(Wire.write(approval));

        assertThat(parsed).isEqualTo(approval);
        assertThat(parsed.digest()).isEqualTo(approval.digest());
        assertThat(parsed.read()).isEqualTo(statement(Decision.RELEASE));
        assertThat(parsed.verifiedBy(officer.publicKey())).isTrue();
        assertThat(parsed.verifiedBy(TestKeys.p256().publicKey())).isFalse();
    }

    @Test
    void a_forged_statement_under_a_genuine_proof_does_not_verify() throws MalformedException {
        Approval genuine = Approval.sign(statement(Decision.SECURE), officer);
        Approval forged = new Approval(Bytes.of(Wire.write(statement(Decision.RELEASE))), genuine.proof());

        assertThat(forged.verifiedBy(officer.publicKey())).isFalse();
    }

    @Test
    void a_passkey_proof_is_told_apart_and_not_taken_for_a_jws() throws MalformedException {
        Bytes some = Bytes.of(new byte[] {1});
        Proof webauthn = new Proof(
                Proof.WEBAUTHN, Optional.empty(), Optional.of(some), Optional.of(some), Optional.of(some), some);
        Approval approval = new Approval(Bytes.of(Wire.write(statement(Decision.RELEASE))), webauthn);

        assertThat(Approval.parse(Wire.write(approval))).isEqualTo(approval);
        assertThatThrownBy(() -> approval.verifiedBy(officer.publicKey())).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_statement_with_other_spacing_is_refused() {
        String spaced = new String(Wire.write(statement(Decision.RELEASE)), StandardCharsets.UTF_8) + " ";
        Approval signed = Approval.sign(statement(Decision.RELEASE), officer);
        Approval altered = new Approval(Bytes.of(spaced.getBytes(StandardCharsets.UTF_8)), signed.proof());

        assertThatThrownBy(() -> Approval.parse(Wire.write(altered))).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_refusal_without_a_reason_cannot_be_made() {
        assertThatThrownBy(() -> statement(Decision.REFUSE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ApprovalStatement statement(Decision decision) {
        Digest some = Digest.sha256(new byte[] {7});
        return new ApprovalStatement(
                1,
                ApprovalStatement.TYPE,
                some,
                some,
                "NL-126ng2",
                "1",
                new LocatedAsset("rack-1", "6f7c", "vm-1", "vps-1", "ten-1", Optional.empty()),
                List.of("disk-1"),
                some,
                List.of(some),
                false,
                decision,
                Optional.empty(),
                "officer-1",
                Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                Instant.parse("2026-03-01T10:00:00Z"),
                Instant.parse("2026-03-01T12:00:00Z"),
                Bytes.of(new byte[ApprovalStatement.SALT_BYTES]));
    }
}
