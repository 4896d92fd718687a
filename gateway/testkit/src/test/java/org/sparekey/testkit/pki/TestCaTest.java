// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.SigningKey;

class TestCaTest {

    private static final URI CRL = URI.create("http://127.0.0.1:1/politie.crl");

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final TestCa politie = TestCa.root("Politie Voorbeeld", CRL, clock, random);

    @TempDir
    private Path directory;

    @Test
    void every_kind_of_key_signs_a_document_under_a_certificate_of_its_root() throws Exception {
        for (KeyKind kind : KeyKind.values()) {
            SigningKey key = politie.issue(
                    Wanted.of(Purpose.DOCUMENT, "Persoon 7", clock.instant()).kind(kind));
            SignedDocument document = SignedDocument.sign("test", "{}".getBytes(), key, clock.instant());
            assertThat(SignedDocument.parse(document.compact()).verifiedBy(key.publicKey()))
                    .as(kind.name())
                    .isTrue();
            key.certificate().verify(politie.certificate().getPublicKey());
        }
    }

    @Test
    void a_document_certificate_commits_its_holder_and_an_encryption_certificate_does_not_sign() {
        boolean[] document =
                politie.issue(Purpose.DOCUMENT, "Persoon 7").certificate().getKeyUsage();
        assertThat(document[0]).isTrue();
        assertThat(document[1]).isTrue();
        boolean[] agreement =
                politie.issue(Purpose.ENCRYPTION, "Zaak 12").certificate().getKeyUsage();
        assertThat(agreement[0]).isFalse();
        assertThat(agreement[4]).isTrue();
    }

    @Test
    void an_expired_certificate_is_expired_now() {
        Wanted wanted =
                Wanted.of(Purpose.TLS_CLIENT, "Persoon 8", clock.instant()).expiredAt(clock.instant());
        X509Certificate expired = politie.issue(wanted).certificate();
        assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void the_revocation_list_is_served_and_names_the_revoked_certificate_only() throws Exception {
        try (CrlServer server = CrlServer.start()) {
            TestCa court = TestCa.root("Rechtbank Voorbeeld", server.location("rechtbank"), clock, random);
            server.serve("rechtbank", court::crl);
            X509Certificate good = court.issue(Purpose.DOCUMENT, "Rechter 1").certificate();
            X509Certificate bad = court.issue(Purpose.DOCUMENT, "Rechter 2").certificate();
            court.revoke(bad);
            try (InputStream in = court.crlLocation().toURL().openStream()) {
                X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509")
                        .generateCRL(new ByteArrayInputStream(in.readAllBytes()));
                crl.verify(court.certificate().getPublicKey());
                assertThat(crl.isRevoked(bad)).isTrue();
                assertThat(crl.isRevoked(good)).isFalse();
            }
        }
    }

    @Test
    void a_key_file_is_for_its_owner_only_and_reads_back() throws Exception {
        KeyFiles files = new KeyFiles(random);
        SigningKey key = politie.issue(Purpose.MESSAGE, "Persoon 7");
        char[] passphrase = files.passphrase(directory.resolve("keys/passphrase"));
        Path file = directory.resolve("keys/message.p12");
        files.pkcs12(file, key, passphrase);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.load(file, passphrase).keyId()).isEqualTo(key.keyId());
        assertThat(Files.readString(directory.resolve("keys/passphrase"))).isEqualTo(new String(passphrase));
    }
}
