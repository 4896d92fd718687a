// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/** What nobody can have signed as an approval, to the edge of each limit. */
class ApprovalFormsTest {

    private static final Digest SOME = Digest.sha256(new byte[] {7});
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Bytes ONE = Bytes.of(new byte[] {1});
    private static final LocatedAsset ASSET =
            new LocatedAsset("rack-1", "6f7c", "vm-1", "vps-1", "ten-1", Optional.empty());
    private static final Proof JWS =
            new Proof(Proof.JWS, Optional.of("e30"), Optional.empty(), Optional.empty(), Optional.empty(), ONE);
    private static final Proof WEBAUTHN =
            new Proof(Proof.WEBAUTHN, Optional.empty(), Optional.of(ONE), Optional.of(ONE), Optional.of(ONE), ONE);

    @Test
    void a_statement_of_another_version_without_salt_or_nonce_or_expired_from_the_start_is_none() {
        ApprovalStatement statement = statement();

        refuses(statement, "/v", 2);
        refuses(statement, "/type", "order");
        refuses(statement, "/salt", Bytes.of(new byte[31]));
        refuses(statement, "/nonce", Bytes.of(new byte[15]));
        refuses(statement, "/expiry", AT);
        takes(statement, "/expiry", AT.plusMillis(1));
        refuses(statement, "/decision", Decision.REFUSE);
        takes(statement, "/decision", Decision.REFUSE, "/reason", SOME);
    }

    @Test
    void a_proof_has_the_members_of_its_type_and_no_others() {
        takes(JWS, "/protected", "e30");
        refuses(JWS, "/protected", Optional.empty());
        for (String member : List.of("/credentialId", "/authenticatorData", "/clientDataJSON")) {
            refuses(JWS, member, ONE);
            refuses(WEBAUTHN, member, Optional.empty());
        }
        refuses(WEBAUTHN, "/protected", "e30");
        takes(WEBAUTHN, "/signature", ONE);
        refuses(JWS, "/type", "pgp");
        refuses(JWS, "/type", Proof.WEBAUTHN);
    }

    @Test
    void a_refusal_has_a_reason_that_somebody_can_read() {
        RefusalReason reason = new RefusalReason(
                1, RefusalReason.TYPE, RefusalGround.UNCLEAR, "Which of both?", Bytes.of(new byte[32]));

        refuses(reason, "/v", 2);
        refuses(reason, "/type", "another");
        refuses(reason, "/text", " ");
        takes(reason, "/text", "x".repeat(RefusalReason.MAX_TEXT_CHARS));
        refuses(reason, "/text", "x".repeat(RefusalReason.MAX_TEXT_CHARS + 1));
        refuses(reason, "/salt", Bytes.of(new byte[31]));
        assertThat(reason.digest()).isEqualTo(Digest.sha256(Wire.write(reason)));
    }

    @Test
    void a_ticket_is_for_one_of_three_attempts() {
        ExecutionTicket ticket = new ExecutionTicket(
                1,
                ExecutionTicket.TYPE,
                new UUID(1, 1),
                Optional.empty(),
                SOME,
                List.of(),
                "proof",
                ASSET,
                1,
                AT,
                Bytes.of(new byte[32]));

        refuses(ticket, "/attempt", 0);
        takes(ticket, "/attempt", ExecutionTicket.MAX_ATTEMPTS);
        refuses(ticket, "/attempt", ExecutionTicket.MAX_ATTEMPTS + 1);
    }

    @Test
    void every_reason_has_words_of_its_own_in_both_languages() {
        assertThat(Stream.of(ApprovalFault.values()).map(ApprovalFault::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(ApprovalFault.values()).map(ApprovalFault::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(RefusalGround.values()).map(RefusalGround::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(RefusalGround.values()).map(RefusalGround::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(RefusalGround.OTHER.code()).isEqualTo("OTHER");
        assertThat(ApprovalFault.EXPIRED.code()).isEqualTo("EXPIRED");
    }

    private static ApprovalStatement statement() {
        return new ApprovalStatement(
                1,
                ApprovalStatement.TYPE,
                SOME,
                SOME,
                "NL-126ng2",
                "1",
                ASSET,
                List.of("disk-1"),
                SOME,
                List.of(SOME),
                false,
                Decision.RELEASE,
                Optional.empty(),
                "officer-1",
                Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                AT,
                AT.plusSeconds(60),
                Bytes.of(new byte[ApprovalStatement.SALT_BYTES]));
    }
}
