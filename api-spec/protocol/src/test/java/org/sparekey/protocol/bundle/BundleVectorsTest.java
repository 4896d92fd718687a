// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Wire;

/** Replays {@code api-spec/vectors/bundle}: what every other verifier must agree with. */
class BundleVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "bundle");

    @TestFactory
    Stream<DynamicTest> bundles() throws Exception {
        byte[] list = Files.readAllBytes(VECTORS.resolve(BundleVectors.LIST));
        return Wire.read(list, BundleVectors.Vectors.class).vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.file() + ": " + vector.story(), () -> replay(vector)));
    }

    @Test
    void the_vectors_hold_good_and_bad_bundles() throws Exception {
        byte[] list = Files.readAllBytes(VECTORS.resolve(BundleVectors.LIST));
        assertThat(Wire.read(list, BundleVectors.Vectors.class).vectors())
                .extracting(BundleVectors.Vector::expected)
                .contains(Verification.AUTHENTIC, Verification.NOT_AUTHENTIC, Verification.INCOMPLETE);
    }

    @Test
    void a_trust_file_is_written_back_byte_for_byte() throws Exception {
        byte[] trust = Files.readAllBytes(VECTORS.resolve("trust.json"));
        assertThat(Wire.write(TrustFile.parse(trust))).isEqualTo(trust);
    }

    private static void replay(BundleVectors.Vector vector) throws Exception {
        Optional<byte[]> trust =
                vector.trust() ? Optional.of(Files.readAllBytes(VECTORS.resolve("trust.json"))) : Optional.empty();
        Verification verification = BundleVerifier.verify(Files.readAllBytes(VECTORS.resolve(vector.file())), trust);
        Optional<String> failing = verification.checks().stream()
                .filter(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .map(Check::about)
                .findFirst();
        assertThat(failing).isEqualTo(vector.failing());
        assertThat(verification.overall()).isEqualTo(vector.expected());
    }
}
