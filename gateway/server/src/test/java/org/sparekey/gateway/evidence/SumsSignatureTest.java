// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.pki.KeyKind;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

class SumsSignatureTest {

    private static final Instant NOW = InstantSource.system().instant();
    private static final byte[] SUMS = "0000  a\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private final TestCa ca =
            TestCa.root("Hoster Voorbeeld", URI.create("file:/none.crl"), InstantSource.fixed(NOW), new SecureRandom());

    @BeforeEach
    void opensslIsThere() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/openssl"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("openssl is installed").isTrue();
        }
        assumeTrue(there, "openssl is not installed: the signature is not checked by another hand");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"P_256", "RSA_3072"})
    void openssl_verifies_the_list_by_the_documented_command(KeyKind kind) throws Exception {
        sign(ca.issue(Wanted.of(Purpose.DOCUMENT, "Gateway manifest", NOW).kind(kind)));
        assertThat(verify()).isZero();
    }

    @Test
    void openssl_refuses_an_altered_list() throws Exception {
        sign(ca.issue(Purpose.DOCUMENT, "Gateway manifest"));
        Files.writeString(directory.resolve("SHA256SUMS"), "0001  a\n");
        assertThat(verify()).isNotZero();
    }

    @Test
    void openssl_refuses_a_list_that_another_hoster_signed() throws Exception {
        TestCa foreign = TestCa.root(
                "Hoster Anders", URI.create("file:/none.crl"), InstantSource.fixed(NOW), new SecureRandom());
        sign(foreign.issue(Purpose.DOCUMENT, "Gateway manifest"));
        assertThat(verify()).isNotZero();
    }

    @Test
    void a_key_that_openssl_cannot_check_in_cms_is_refused() {
        SigningKey key =
                ca.issue(Wanted.of(Purpose.DOCUMENT, "Gateway manifest", NOW).kind(KeyKind.ED25519));
        assertThatThrownBy(() -> SumsSignature.sign(SUMS, key, NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    private void sign(SigningKey key) throws IOException {
        Files.write(directory.resolve("SHA256SUMS"), SUMS);
        Files.write(directory.resolve("SHA256SUMS.p7s"), SumsSignature.sign(SUMS, key, NOW));
        KeyFiles.certificates(directory.resolve("ca.pem"), List.of(ca.certificate()));
    }

    private int verify() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "cms",
                        "-verify",
                        "-binary",
                        "-inform",
                        "DER",
                        "-in",
                        "SHA256SUMS.p7s",
                        "-content",
                        "SHA256SUMS",
                        "-CAfile",
                        "ca.pem",
                        "-out",
                        "verified")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.txt").toFile())
                .start();
        assertThat(openssl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return openssl.exitValue();
    }
}
