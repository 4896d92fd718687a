// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.document.SmallPki;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** Whoever claims a key that is not his, or lets another claim ride on a proof. */
class EnrolmentRequestAttackTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final String CODE = "ENR-7Q4F-2KX9.ABCD-EFGH-JKMN-PQRS";

    private final SigningKey message = TestKeys.p256();
    private final SigningKey document = TestKeys.ed25519();
    private final SigningKey stranger = TestKeys.p256();

    @Test
    void every_claimed_key_signed_and_nobody_else_is_proven() throws MalformedException {
        EnrolmentRequest request = request(List.of(message, document), Optional.empty());
        EnrolmentRequest.Proven proven = request.proven();

        assertThat(proven.claim()).isEqualTo(claim());
        assertThat(proven.claimDigest()).isEqualTo(Digest.sha256(Wire.write(claim())));
        assertThat(proven.vouching()).isEmpty();
        assertThat(request.code()).contains(CODE);
        assertThat(request.withoutCode().code()).isEmpty();
        assertThat(request.withoutCode().proofs()).isEqualTo(request.proofs());
        assertThat(request.toString()).isEqualTo("EnrolmentRequest[2 proofs]").doesNotContain("ABCD");
    }

    @Test
    void one_other_key_may_vouch_and_a_second_may_not() throws MalformedException {
        assertThat(request(List.of(message, document), Optional.of(stranger))
                        .proven()
                        .vouching())
                .contains(stranger.keyId());
        refused(request(List.of(message, document, stranger), Optional.of(TestKeys.p256())));
    }

    @Test
    void a_claimed_key_that_did_not_sign_is_not_proven() {
        refused(request(List.of(message), Optional.empty()));
        refused(request(List.of(message), Optional.of(stranger)));
        refused(request(List.of(message, message), Optional.empty()));
    }

    @Test
    void a_proof_of_another_claim_does_not_ride_along() {
        EnrolmentClaim other = new EnrolmentClaim(
                1,
                EnrolmentClaim.TYPE,
                "https://api.elders.example:8443",
                EnrolmentClaim.ROTATION,
                claim().keys(),
                AT,
                Bytes.of(new byte[32]));
        String mine = proof(EnrolmentClaim.TYPE, claim(), message);

        refused(new EnrolmentRequest(
                1,
                EnrolmentRequest.TYPE,
                Optional.empty(),
                List.of(mine, proof(EnrolmentClaim.TYPE, other, document))));
        refused(new EnrolmentRequest(
                1, EnrolmentRequest.TYPE, Optional.empty(), List.of(mine, proof("order", claim(), document))));
    }

    @Test
    void a_proof_whose_signature_is_anothers_does_not_hold() {
        String[] mine = proof(EnrolmentClaim.TYPE, claim(), document).split("\\.");
        String[] theirs = proof(EnrolmentClaim.TYPE, claim(), stranger).split("\\.");
        String forged = mine[0] + "." + mine[1] + "." + theirs[2];

        refused(new EnrolmentRequest(
                1,
                EnrolmentRequest.TYPE,
                Optional.empty(),
                List.of(proof(EnrolmentClaim.TYPE, claim(), message), forged)));
    }

    @Test
    void a_request_has_a_proof_for_each_key_and_one_more_at_most() {
        EnrolmentRequest request = request(List.of(message, document), Optional.empty());
        String proof = request.proofs().get(0);

        refuses(request, "/v", 2);
        refuses(request, "/type", "another");
        refuses(request, "/proofs", List.of());
        takes(request, "/proofs", Collections.nCopies(KeyUse.values().length + 1, proof));
        refuses(request, "/proofs", Collections.nCopies(KeyUse.values().length + 2, proof));
    }

    @Test
    void a_claim_names_each_use_and_each_key_once() {
        EnrolmentClaim claim = claim();

        refuses(claim, "/v", 2);
        refuses(claim, "/type", "another");
        refuses(claim, "/salt", Bytes.of(new byte[31]));
        refuses(claim, "/keys", List.of());
        refuses(claim, "/enrolment", "ENR-1");
        takes(claim, "/enrolment", "ENR-7Q4F-2KX9");
        takes(claim, "/enrolment", EnrolmentClaim.ROTATION);
        refuses(claim, "/keys/0/use", KeyUse.DOCUMENT);
        refuses(claim, "/keys/0/certificate", claim.keys().get(1).certificate());
        refuses(claim, "/keys/0/certificate", Bytes.of(new byte[] {1}));
        refuses(claim, "/keys/0/certificate", Certificates.bytes(shortKey()));
        refuses(
                claim,
                "/keys/0/certificate",
                Bytes.of(java.util.Arrays.copyOf(
                        claim.keys().get(0).certificate().array(),
                        claim.keys().get(0).certificate().length() + 1)));
    }

    @Test
    void a_claimed_key_is_enrolled_for_a_year_at_most_and_within_its_certificate() {
        EnrolmentClaim.Key key = claim().keys().get(0);
        Instant notBefore = key.x509().getNotBefore().toInstant();
        Instant notAfter = key.x509().getNotAfter().toInstant();

        assertThat(EnrolmentClaim.enrolled(key, AT).from()).isEqualTo(AT);
        assertThat(EnrolmentClaim.enrolled(key, AT).until()).isEqualTo(notAfter);
        assertThat(EnrolmentClaim.enrolled(key, notBefore.minusSeconds(1)).from())
                .isEqualTo(notBefore);
        assertThat(key.keyId()).isEqualTo(message.keyId());
        assertThat(EnrolmentStatus.ClaimedKey.of(key).fingerprint())
                .isEqualTo(EnrolmentStatus.groups(message.keyId()))
                .matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
    }

    @Test
    void an_enrolment_lies_within_its_certificate_and_lasts_a_year_at_most() {
        KeyEnrolment year = KeyEnrolment.of(KeyUse.DOCUMENT, document.certificate());

        takes(year, "/from", year.from());
        refuses(year, "/from", year.from().minusSeconds(1));
        refuses(year, "/until", year.until().plusSeconds(1));
        refuses(year, "/until", year.from());
        takes(year, "/until", year.from().plusSeconds(1));
        assertThat(Duration.between(year.from(), year.until())).isLessThanOrEqualTo(KeyEnrolment.MAX_VALIDITY);
        refuses(year, "/certificate", Certificates.bytes(shortKey()));
    }

    @Test
    void a_code_is_worth_nothing_for_another_party_person_or_role_and_never_prints_itself() throws MalformedException {
        EnrolmentCode code = EnrolmentCode.parse(CODE);

        assertThat(code.enrolment()).isEqualTo("ENR-7Q4F-2KX9");
        assertThat(code.toString()).isEqualTo("ENR-7Q4F-2KX9.****");
        assertThat(code.reveal()).isEqualTo(CODE);
        assertThat(code.boundTo("a", "b", "c"))
                .isEqualTo(EnrolmentCode.parse(CODE).boundTo("a", "b", "c"))
                .isNotEqualTo(code.boundTo("x", "b", "c"))
                .isNotEqualTo(code.boundTo("a", "x", "c"))
                .isNotEqualTo(code.boundTo("a", "b", "x"));
        assertThatThrownBy(() -> EnrolmentCode.parse("ENR-7Q4F-2KX9.ABCD")).isInstanceOf(MalformedException.class);
        assertThat(EnrolmentCode.isEnrolment("ENR-7Q4F-2KX9")).isTrue();
        assertThat(EnrolmentCode.isEnrolment(CODE)).isFalse();
    }

    private EnrolmentClaim claim() {
        return new EnrolmentClaim(
                1,
                EnrolmentClaim.TYPE,
                "https://api.hoster.example:8443",
                "ENR-7Q4F-2KX9",
                List.of(
                        new EnrolmentClaim.Key(KeyUse.MESSAGE, Certificates.bytes(message.certificate())),
                        new EnrolmentClaim.Key(KeyUse.DOCUMENT, Certificates.bytes(document.certificate()))),
                AT,
                Bytes.of(new byte[32]));
    }

    private EnrolmentRequest request(List<SigningKey> claimed, Optional<SigningKey> vouching) {
        try {
            return EnrolmentRequest.sign(Optional.of(EnrolmentCode.parse(CODE)), claim(), claimed, vouching, AT);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static String proof(String type, EnrolmentClaim claim, SigningKey key) {
        return SignedDocument.sign(type, Wire.write(claim), key, AT).compact();
    }

    /** Of a size that {@link TestKeys} cannot hold as a signing key. */
    private static X509Certificate shortKey() {
        return SmallPki.root("Elders").of("RSA", 2048);
    }

    private static void refused(EnrolmentRequest request) {
        assertThatThrownBy(request::proven).isInstanceOf(MalformedException.class);
    }
}
