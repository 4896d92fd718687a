// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/** Path and revocation as of a time: the check of the protocol, with a PKI that revokes. */
class DocumentCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] PAYLOAD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final Duration YEAR = Duration.ofDays(365);

    private Instant clock = NOW;
    private final TestCa ca = ca("Politie Voorbeeld");
    private final TestCa foreign = ca("Elders");
    private final SigningKey key = ca.issue(Purpose.DOCUMENT, "12345");

    @Test
    void a_signer_of_the_authority_is_authentic() {
        assertThat(check(key, ca, ca.crl(), NOW)).isEqualTo(new DocumentVerdict.Authentic(enrolled(key)));
    }

    @Test
    void a_revocation_counts_from_its_time_on_and_not_before() {
        clock = NOW.plusSeconds(3600);
        ca.revoke(key.certificate());
        byte[] later = ca.crl(NOW);

        assertThat(check(key, ca, later, NOW.plusSeconds(3601))).isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
        assertThat(check(key, ca, later, NOW.plusSeconds(3599))).isInstanceOf(DocumentVerdict.Authentic.class);
    }

    @Test
    void the_stored_list_still_proves_years_later_that_nothing_was_revoked_then() {
        byte[] then = ca.crl();
        clock = NOW.plus(YEAR.multipliedBy(3));
        ca.revoke(key.certificate());

        assertThat(check(key, ca, then, NOW)).isInstanceOf(DocumentVerdict.Authentic.class);
    }

    @Test
    void without_a_valid_list_of_the_issuer_nothing_is_decided() {
        DocumentVerdict unknown = new DocumentVerdict.RevocationUnknown();

        assertThat(check(key, ca, ca.crl(), NOW.plus(Duration.ofDays(31)))).isEqualTo(unknown);
        assertThat(check(key, ca, foreign.crl(), NOW)).isEqualTo(unknown);
        assertThat(DocumentCheck.check(
                        sign(key),
                        Optional.of(enrolled(key)),
                        new DocumentCheck.Trust(List.of(ca.certificate()), List.of()),
                        Set.of(),
                        NOW))
                .isEqualTo(unknown);
    }

    @Test
    void a_list_forged_in_the_issuers_name_is_none() {
        TestCa sameName = ca("Politie Voorbeeld");

        assertThat(check(key, ca, sameName.crl(), NOW)).isEqualTo(new DocumentVerdict.RevocationUnknown());
    }

    @Test
    void a_root_that_comes_inside_the_document_is_no_reason_to_trust_it() {
        SigningKey stranger = foreign.issue(Purpose.DOCUMENT, "12345");

        assertThat(check(stranger, ca, ca.crl(), NOW)).isEqualTo(refused(DocumentFault.PATH_INVALID));
    }

    @Test
    void an_expired_certificate_is_refused_even_while_its_key_is_enrolled() {
        SigningKey expired = ca.issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW).expiredAt(NOW));

        assertThat(check(expired, ca, ca.crl(), NOW)).isEqualTo(refused(DocumentFault.CERTIFICATE_EXPIRED));
        assertThat(check(expired, ca, ca.crl(NOW.minusSeconds(10)), NOW.minusSeconds(2)))
                .isInstanceOf(DocumentVerdict.Authentic.class);
    }

    @Test
    void an_unenrolled_key_is_refused_and_so_is_the_enrolment_of_another() {
        SigningKey other = ca.issue(Purpose.DOCUMENT, "12345");

        assertThat(check(key, Optional.empty(), Set.of())).isEqualTo(refused(DocumentFault.KEY_NOT_ENROLLED));
        assertThat(check(key, Optional.of(enrolled(other)), Set.of()))
                .isEqualTo(refused(DocumentFault.KEY_NOT_ENROLLED));
    }

    @Test
    void an_enrolment_counts_from_its_first_instant_until_its_last_or_its_revocation() {
        EnrolledSigner signer = enrolled(key);
        EnrolledSigner revoked = new EnrolledSigner(
                signer.party(),
                signer.person(),
                signer.role(),
                signer.keyId(),
                signer.from(),
                signer.until(),
                Optional.of(NOW));

        assertThat(signer.inForce(signer.from())).isTrue();
        assertThat(signer.inForce(signer.from().minusMillis(1))).isFalse();
        assertThat(signer.inForce(signer.until())).isFalse();
        assertThat(revoked.inForce(NOW.minusMillis(1))).isTrue();
        assertThat(check(key, Optional.of(revoked), Set.of())).isEqualTo(refused(DocumentFault.KEY_NOT_IN_FORCE));
    }

    @Test
    void the_key_that_brought_the_message_does_not_sign_the_document() {
        assertThat(check(key, Optional.of(enrolled(key)), Set.of(key.keyId())))
                .isEqualTo(refused(DocumentFault.CHANNEL_KEY));
    }

    private TestCa ca(String organisation) {
        return TestCa.root(organisation, URI.create("http://127.0.0.1:1/nowhere.crl"), () -> clock, new SecureRandom());
    }

    private static SignedDocument sign(SigningKey key) {
        return SignedDocument.sign("order", PAYLOAD, key, NOW);
    }

    private static EnrolledSigner enrolled(SigningKey key) {
        return new EnrolledSigner(
                "politie-voorbeeld",
                "p-1",
                "PROSECUTOR",
                key.keyId(),
                NOW.minus(YEAR),
                NOW.plus(YEAR.multipliedBy(5)),
                Optional.empty());
    }

    private DocumentVerdict check(SigningKey signer, TestCa trusted, byte[] crl, Instant at) {
        DocumentCheck.Trust trust =
                new DocumentCheck.Trust(List.of(trusted.certificate()), RevocationLists.parse(List.of(crl)));
        return DocumentCheck.check(sign(signer), Optional.of(enrolled(signer)), trust, Set.of(), at);
    }

    private DocumentVerdict check(
            SigningKey signer, Optional<EnrolledSigner> enrolled, Set<org.sparekey.protocol.json.Digest> channel) {
        DocumentCheck.Trust trust =
                new DocumentCheck.Trust(List.of(ca.certificate()), RevocationLists.parse(List.of(ca.crl())));
        return DocumentCheck.check(sign(signer), enrolled, trust, channel, NOW);
    }

    private static DocumentVerdict refused(DocumentFault fault) {
        return new DocumentVerdict.Refused(fault);
    }
}
