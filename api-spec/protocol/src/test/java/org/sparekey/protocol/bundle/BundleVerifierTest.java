// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.MalformedException;

class BundleVerifierTest {

    private final SampleCase sample = new SampleCase();

    @Test
    void a_good_bundle_is_authentic_and_says_what_nobody_proved() throws MalformedException {
        Verification verification = verify(sample.zip());
        assertThat(verification.checks())
                .filteredOn(check -> check.status() != Check.Status.PASS)
                .allMatch(check -> check.status() == Check.Status.NOTE)
                .extracting(Check::topic)
                .containsExactly(Topic.CALL_BACK, Topic.ANCHOR, Topic.WITNESSES, Topic.TIME);
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.demo()).isFalse();
        assertThat(verification.trust()).contains(TrustFile.fingerprint(sample.trust()));
    }

    @Test
    void without_a_trust_file_a_good_bundle_is_at_best_consistent_with_itself() throws MalformedException {
        Verification verification = BundleVerifier.verify(sample.zip(), Optional.empty());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(verification.verdict()).isEqualTo(Verdict.KEYS_NOT_CONFIRMED);
        assertThat(verification.checks())
                .filteredOn(check -> check.status() == Check.Status.MISSING)
                .extracting(Check::topic)
                .containsExactly(Topic.TRUST_FILE);
    }

    @Test
    void a_bundle_that_is_perfect_under_foreign_keys_is_not_authentic() throws MalformedException {
        byte[] foreign = new SampleCase().zip();
        assertThat(verify(foreign).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

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

    @Test
    void a_member_that_nobody_named_is_not_authentic() throws MalformedException {
        SortedMap<String, byte[]> more = new TreeMap<>(CanonicalZip.read(sample.zip()));
        more.put("order/another.jws", SampleCase.ascii("x"));
        assertThat(verify(CanonicalZip.write(more)).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
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
    void garbage_is_not_authentic() throws MalformedException {
        assertThat(verify(new byte[0]).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        assertThat(verify(SampleCase.ascii("PK not really")).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    /** Whose trust file lists no witness that is needed was shown no witness, whichever words say so. */
    @Test
    void a_policy_that_asks_nobody_gives_no_tick_for_witnesses() throws MalformedException {
        String trust = new String(sample.trust(), StandardCharsets.UTF_8)
                .replace("\"policy\":\"none\"", "\"policy\":\"quorum none\\n\"");
        Verification verification =
                BundleVerifier.verify(sample.zip(), Optional.of(trust.getBytes(StandardCharsets.UTF_8)));
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.mark(Tick.WITNESSED)).isEqualTo(Tick.Mark.NO);
        assertThat(trust).contains("quorum none");
    }

    @Test
    void a_demo_gateway_is_told_apart() throws MalformedException {
        sample.gatewayOrigin = "https://" + BundleVerifier.DEMO_HOST + ":8443";
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.demo()).isTrue();
    }

    private Verification verify(byte[] zip) throws MalformedException {
        return BundleVerifier.verify(zip, Optional.of(sample.trust()));
    }
}
