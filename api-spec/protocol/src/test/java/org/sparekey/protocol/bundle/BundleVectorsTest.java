// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Wire;

/** Replays {@code api-spec/vectors/bundles}: what every other verifier must agree with. */
class BundleVectorsTest {

    static final Path VECTORS = Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "bundles");

    @TestFactory
    Stream<DynamicTest> bundles() throws Exception {
        return vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.file() + ": " + vector.story(), () -> replay(vector)));
    }

    @Test
    void there_are_ten_tampered_and_five_incomplete_bundles_and_their_names_say_which() throws Exception {
        for (BundleVectors.Vector vector : vectors()) {
            String kind =
                    vector.file().equals("good.zip") ? "good" : vector.file().split("-", 2)[0];
            int expected = kind.equals("tampered")
                    ? Verification.NOT_AUTHENTIC
                    : kind.equals("incomplete") || !vector.trust() ? Verification.INCOMPLETE : Verification.AUTHENTIC;
            assertThat(vector.expected()).as(vector.file()).isEqualTo(expected);
        }
        assertThat(vectors())
                .filteredOn(vector -> vector.file().startsWith("tampered-"))
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(vectors())
                .filteredOn(vector -> vector.file().startsWith("incomplete-"))
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void every_file_is_listed() throws Exception {
        TreeSet<String> listed = new TreeSet<>(List.of(BundleVectors.LIST, "trust.json", "README.md"));
        vectors().forEach(vector -> listed.add(vector.file()));
        try (Stream<Path> files = Files.list(VECTORS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void the_good_bundle_has_all_four_ticks() throws Exception {
        Verification verification = BundleVerifier.verify(Files.readAllBytes(VECTORS.resolve("good.zip")), trust());
        for (Tick tick : Tick.values()) {
            assertThat(verification.mark(tick)).as(tick.code()).isEqualTo(Tick.Mark.YES);
        }
    }

    @Test
    void a_trust_file_is_written_back_byte_for_byte() throws Exception {
        byte[] trust = trust().orElseThrow();
        assertThat(Wire.write(TrustFile.parse(trust))).isEqualTo(trust);
    }

    private static List<BundleVectors.Vector> vectors() throws Exception {
        byte[] list = Files.readAllBytes(VECTORS.resolve(BundleVectors.LIST));
        return Wire.read(list, BundleVectors.Vectors.class).vectors();
    }

    private static Optional<byte[]> trust() throws Exception {
        return Optional.of(Files.readAllBytes(VECTORS.resolve("trust.json")));
    }

    private static void replay(BundleVectors.Vector vector) throws Exception {
        Optional<byte[]> trust = vector.trust() ? trust() : Optional.empty();
        Verification verification = BundleVerifier.verify(Files.readAllBytes(VECTORS.resolve(vector.file())), trust);
        Optional<String> failing = verification.checks().stream()
                .filter(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .map(check -> check.topic().code())
                .findFirst();
        assertThat(verification.overall()).isEqualTo(vector.expected());
        assertThat(failing).isEqualTo(vector.failing());
    }
}
