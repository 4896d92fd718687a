// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.DocumentFault;
import org.sparekey.protocol.document.DocumentVerdict;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.OcspAnswer;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.CrlServer;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;

/** Two authorities of certificates, one below the other, with lists and responders: both validators must pass it. */
class RevocationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] PAYLOAD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/nowhere.crl");
    private static final Duration YEAR = Duration.ofDays(365);

    private Instant clock = NOW;
    private final TestCa root = TestCa.root("Politie Voorbeeld", NOWHERE, () -> clock, new SecureRandom());
    private final TestCa below = root.below(NOWHERE);
    private final SigningKey key = below.issue(Purpose.DOCUMENT, "12345");
    private final SignedDocument document = SignedDocument.sign("order", PAYLOAD, key, NOW);
    private final List<X509Certificate> enrolled = List.of(root.certificate(), below.certificate());
    private final DssCheck dss = new DssCheck();

    @Test
    void a_signer_below_an_intermediate_is_authentic_by_both_lists() {
        assertPassed(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of()));
    }

    @Test
    void a_signer_below_an_intermediate_is_authentic_by_both_responders_beside_both_lists() throws Exception {
        assertPassed(
                new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(ofSigner(NOW), ofIntermediate())));
    }

    @Test
    void a_responder_that_says_good_does_not_stand_in_for_the_list() throws Exception {
        List<byte[]> answers = List.of(ofSigner(NOW), ofIntermediate());

        assertUnknown(new RevocationEvidence(List.of(), answers));
        assertUnknown(new RevocationEvidence(List.of(root.crl()), answers));
    }

    @Test
    void a_list_at_the_location_inside_the_certificate_is_never_looked_for() throws Exception {
        try (CrlServer server = CrlServer.start()) {
            TestCa named = TestCa.root("Politie Voorbeeld", server.location("named"), () -> clock, new SecureRandom());
            server.serve("named", named::crl);
            SigningKey signer = named.issue(Purpose.DOCUMENT, "777");
            SignedDocument signed = SignedDocument.sign("order", PAYLOAD, signer, NOW);
            EnrolledSigner who = new EnrolledSigner(
                    "politie-voorbeeld",
                    "p-7",
                    "PROSECUTOR",
                    signer.keyId(),
                    NOW.minus(YEAR),
                    NOW.plus(YEAR),
                    Optional.empty());

            assertThat(DocumentCheck.check(
                            signed,
                            Optional.of(who),
                            RevocationEvidence.NONE.under(List.of(named.certificate())),
                            Set.of(),
                            clock))
                    .isEqualTo(new DocumentVerdict.RevocationUnknown());
        }
    }

    @Test
    void a_revoked_intermediate_ends_everybody_below_it() throws Exception {
        root.revoke(below.certificate());
        clock = NOW.plusSeconds(1);

        assertThat(check(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of())))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
        assertThat(check(new RevocationEvidence(List.of(below.crl()), List.of(ofIntermediate()))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void without_word_about_the_intermediate_nothing_is_decided() {
        assertUnknown(new RevocationEvidence(List.of(below.crl()), List.of()));
    }

    @Test
    void an_intermediate_that_only_comes_with_the_message_is_no_step_of_the_path() {
        RevocationEvidence evidence = new RevocationEvidence(List.of(root.crl(), below.crl()), List.of());

        assertThat(check(document, List.of(root.certificate()), evidence, clock))
                .isEqualTo(refused(DocumentFault.PATH_INVALID));
    }

    @Test
    void a_responder_that_says_revoked_is_believed_over_a_list_that_does_not_know_yet() throws Exception {
        List<byte[]> lists = List.of(root.crl(), below.crl());
        below.revoke(key.certificate());
        clock = NOW.plusSeconds(1);

        assertThat(check(new RevocationEvidence(lists, List.of(ofSigner(clock)))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void a_list_that_says_revoked_is_believed_over_an_older_answer() throws Exception {
        byte[] before = ofSigner(NOW);
        below.revoke(key.certificate());
        clock = NOW.plusSeconds(1);

        assertThat(check(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(before))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void a_stale_answer_is_no_reason_to_look_at_the_list_alone() throws Exception {
        byte[] stale = ofSigner(NOW.minus(TestCa.ANSWER_VALIDITY).minus(Duration.ofHours(1)));

        assertUnknown(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(stale)));
    }

    @Test
    void a_responder_to_whom_the_certificate_is_unknown_leaves_it_undecided() throws Exception {
        below.forget(key.certificate());
        byte[] unknown = ofSigner(NOW);

        assertUnknown(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(unknown)));
    }

    @Test
    void an_answer_signed_by_somebody_else_leaves_it_undecided() throws Exception {
        TestCa stranger = TestCa.root("Politie Voorbeeld", NOWHERE, () -> clock, new SecureRandom());
        byte[] forged = stranger.ocsp(request(key.certificate(), below.certificate()));

        assertUnknown(new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(forged)));
    }

    @Test
    void an_answer_about_another_certificate_says_nothing_about_this_one() throws Exception {
        SigningKey colleague = below.issue(Purpose.DOCUMENT, "54321");
        byte[] other = below.ocsp(request(colleague.certificate(), below.certificate()));

        assertUnknown(new RevocationEvidence(List.of(root.crl()), List.of(other)));
    }

    @Test
    void no_flipped_bit_of_an_answer_makes_it_pass_and_none_ends_in_an_exception() throws Exception {
        byte[] answer = ofSigner(NOW);
        for (int i = 0; i < answer.length; i += 7) {
            byte[] flipped = answer.clone();
            flipped[i] ^= 4;

            assertThat(OcspAnswer.settles(flipped, key.certificate(), below.certificate(), clock))
                    .as("byte %d", i)
                    .isFalse();
        }
        assertThat(OcspAnswer.settles(answer, key.certificate(), below.certificate(), clock))
                .isTrue();
    }

    @Test
    void what_was_said_then_still_proves_years_later_what_was_true_then() throws Exception {
        RevocationEvidence then = new RevocationEvidence(List.of(root.crl(), below.crl()), List.of(ofSigner(NOW)));
        clock = NOW.plus(Duration.ofHours(2));
        below.revoke(key.certificate());
        clock = NOW.plus(YEAR.multipliedBy(7));
        RevocationEvidence today = new RevocationEvidence(List.of(root.crl(), below.crl()), List.of());

        assertThat(check(document, enrolled, then, NOW)).isInstanceOf(DocumentVerdict.Authentic.class);
        assertThat(dss.check(document, enrolled, then, NOW).finding()).isEqualTo("TOTAL_PASSED");
        assertThat(check(document, enrolled, today, clock)).isEqualTo(refused(DocumentFault.CERTIFICATE_EXPIRED));
    }

    private byte[] ofSigner(Instant issued) throws Exception {
        return below.ocsp(request(key.certificate(), below.certificate()), issued);
    }

    private byte[] ofIntermediate() throws Exception {
        return root.ocsp(request(below.certificate(), root.certificate()));
    }

    static byte[] request(X509Certificate certificate, X509Certificate issuer) throws Exception {
        return new OCSPReqBuilder()
                .addRequest(new CertificateID(
                        new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1),
                        new JcaX509CertificateHolder(issuer),
                        certificate.getSerialNumber()))
                .build()
                .getEncoded();
    }

    private void assertPassed(RevocationEvidence evidence) {
        assertThat(check(evidence)).isInstanceOf(DocumentVerdict.Authentic.class);
        assertThat(dss.check(document, enrolled, evidence, clock).finding()).isEqualTo("TOTAL_PASSED");
    }

    private void assertUnknown(RevocationEvidence evidence) {
        assertThat(check(evidence)).isEqualTo(new DocumentVerdict.RevocationUnknown());
    }

    private DocumentVerdict check(RevocationEvidence evidence) {
        return check(document, enrolled, evidence, clock);
    }

    private DocumentVerdict check(
            SignedDocument signed, List<X509Certificate> authorities, RevocationEvidence evidence, Instant at) {
        EnrolledSigner signer = new EnrolledSigner(
                "politie-voorbeeld",
                "p-1",
                "PROSECUTOR",
                key.keyId(),
                NOW.minus(YEAR),
                NOW.plus(YEAR.multipliedBy(9)),
                Optional.empty());
        return DocumentCheck.check(signed, Optional.of(signer), evidence.under(authorities), Set.of(), at);
    }

    private static DocumentVerdict refused(DocumentFault fault) {
        return new DocumentVerdict.Refused(fault);
    }
}
