// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.MalformedException;

/** Every member of a bundle and many of its bytes, one after the other: at length, and so apart from what judges one thing. */
class EveryMemberTest {

    private final SampleCase sample = new SampleCase();

    @Test
    void forty_flipped_bytes_are_never_authentic() throws MalformedException {
        byte[] zip = sample.zip();
        SplittableRandom random = new SplittableRandom(20261102);
        for (int i = 0; i < 40; i++) {
            byte[] flipped = zip.clone();
            int at = random.nextInt(zip.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(verify(flipped).overall()).as("byte %s", at).isEqualTo(Verification.NOT_AUTHENTIC);
        }
    }

    @Test
    void a_member_dropped_from_the_zip_is_incomplete_and_nothing_worse() throws MalformedException {
        SortedMap<String, byte[]> all = CanonicalZip.read(sample.zip());
        for (String name : all.keySet()) {
            SortedMap<String, byte[]> rest = new TreeMap<>(all);
            rest.remove(name);
            assertThat(verify(CanonicalZip.write(rest)).overall()).as(name).isEqualTo(Verification.INCOMPLETE);
        }
    }

    @Test
    void a_member_altered_inside_a_canonical_zip_is_not_authentic() throws MalformedException {
        SortedMap<String, byte[]> all = CanonicalZip.read(sample.zip());
        for (var member : all.entrySet()) {
            SortedMap<String, byte[]> altered = new TreeMap<>(all);
            byte[] bytes = member.getValue().clone();
            bytes[bytes.length / 2] ^= 1;
            altered.put(member.getKey(), bytes);
            assertThat(verify(CanonicalZip.write(altered)).overall())
                    .as(member.getKey())
                    .isEqualTo(Verification.NOT_AUTHENTIC);
        }
    }

    /** The gateway itself signs for one member more, at each place that a member can have. */
    @Test
    void a_member_that_nobody_would_judge_cannot_be_slipped_in() throws MalformedException {
        SortedMap<String, byte[]> good = sample.members();
        for (String place : List.of(
                "log/00001/payload",
                "log/00001/entry",
                "log/000002/proof",
                "keys/00000/entry",
                "time/00000/checkpoint.tsr",
                "log/0099/payload",
                "log/0099/opening",
                "keys/0099/proof",
                "keys/0005/entry",
                "time/0000/checkpoint",
                "time/0000/proof",
                "approvals/3.json",
                "approvals/9.json",
                "order/answer.jws",
                "order/documents/" + "0".repeat(64),
                "order/revocation/9.crl",
                "evidence/manifest.tsr",
                "anchor/entry",
                "anchor/opened.json",
                "anchor/case-proof")) {
            assertThat(good).doesNotContainKey(place);
            SortedMap<String, byte[]> more = new TreeMap<>(good);
            more.put(place, SampleCase.ascii("slipped in"));
            Verification verification = verify(sample.zip(more));
            boolean said = verification.checks().stream()
                    .anyMatch(check -> check.detail().finding() == Finding.STAMPS_NOT_JUDGED);
            assertThat(verification.overall() != Verification.AUTHENTIC || said)
                    .as(place)
                    .isTrue();
        }
    }

    @Test
    void forty_flipped_bits_of_the_good_bundle_are_never_authentic() throws Exception {
        Path vectors = BundleVectorsTest.VECTORS;
        Optional<byte[]> trust = Optional.of(Files.readAllBytes(vectors.resolve("trust.json")));
        byte[] good = Files.readAllBytes(vectors.resolve("good.zip"));
        SplittableRandom random = new SplittableRandom(20261123);
        for (int i = 0; i < 40; i++) {
            byte[] flipped = good.clone();
            int at = random.nextInt(good.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(BundleVerifier.verify(flipped, trust).overall())
                    .as("byte %s", at)
                    .isEqualTo(Verification.NOT_AUTHENTIC);
        }
    }

    private Verification verify(byte[] zip) throws MalformedException {
        return BundleVerifier.verify(zip, Optional.of(sample.trust()));
    }
}
