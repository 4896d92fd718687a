// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

class DssCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int AT_ONE_MOMENT = 24;
    private static final byte[] PAYLOAD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);

    private final TestCa ca = TestCa.root(
            "Politie Voorbeeld",
            URI.create("http://127.0.0.1:1/nowhere.crl"),
            InstantSource.fixed(NOW),
            new SecureRandom());
    private final DssCheck dss = new DssCheck();

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"P_256", "P_384", "RSA_3072"})
    void a_signed_document_of_ours_is_a_valid_jades_signature(KeyKind kind) {
        SigningKey key = ca.issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW).kind(kind));

        DssCheck.Report report = check(SignedDocument.sign("order", PAYLOAD, key, NOW), ca);

        assertThat(report.finding()).isEqualTo("TOTAL_PASSED");
        assertThat(report.passed()).isTrue();
        assertThat(report.level()).isEqualTo("JAdES-BASELINE-B");
    }

    /** ETSI TS 119 312, which DSS's default policy follows, does not list EdDSA. */
    @Test
    void an_order_signed_with_ed25519_does_not_pass() {
        SigningKey key = ca.issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW).kind(KeyKind.ED25519));

        assertThat(check(SignedDocument.sign("order", PAYLOAD, key, NOW), ca).finding())
                .isEqualTo("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    }

    @Test
    void one_flipped_character_of_the_payload_does_not_pass() throws Exception {
        String signed = SignedDocument.sign("order", PAYLOAD, ca.issue(Purpose.DOCUMENT, "12345"), NOW)
                .compact();
        int payload = signed.indexOf('.') + 3;
        char other = signed.charAt(payload) == 'A' ? 'B' : 'A';
        String forged = signed.substring(0, payload) + other + signed.substring(payload + 1);

        assertThat(check(SignedDocument.parse(forged), ca).passed()).isFalse();
    }

    @Test
    void a_revoked_certificate_does_not_pass() {
        SigningKey key = ca.issue(Purpose.DOCUMENT, "12345");
        ca.revoke(key.certificate());

        assertThat(check(SignedDocument.sign("order", PAYLOAD, key, NOW), ca).passed())
                .isFalse();
    }

    @Test
    void a_document_under_a_foreign_root_does_not_pass() {
        TestCa foreign = TestCa.root("Elders", ca.crlLocation(), InstantSource.fixed(NOW), new SecureRandom());
        SigningKey key = foreign.issue(Purpose.DOCUMENT, "12345");

        assertThat(check(SignedDocument.sign("order", PAYLOAD, key, NOW), ca).passed())
                .isFalse();
    }

    @Test
    void without_a_revocation_list_the_answer_is_indeterminate_and_so_a_refusal() {
        SignedDocument document = SignedDocument.sign("order", PAYLOAD, ca.issue(Purpose.DOCUMENT, "12345"), NOW);

        DssCheck.Report report =
                dss.check(document, List.of(ca.certificate()), new RevocationEvidence(List.of(), List.of()), NOW);

        assertThat(report.passed()).isFalse();
        assertThat(report.finding()).startsWith("INDETERMINATE");
    }

    @Test
    void two_documents_at_one_moment_get_the_verdict_that_each_gets_alone() {
        SignedDocument document = SignedDocument.sign("order", PAYLOAD, ca.issue(Purpose.DOCUMENT, "12345"), NOW);

        assertThat(IntStream.range(0, AT_ONE_MOMENT)
                        .parallel()
                        .mapToObj(_ -> check(document, ca).finding()))
                .containsOnly("TOTAL_PASSED");
    }

    private DssCheck.Report check(SignedDocument document, TestCa trusted) {
        return dss.check(
                document,
                List.of(trusted.certificate()),
                new RevocationEvidence(List.of(trusted.crl()), List.of()),
                NOW);
    }
}
