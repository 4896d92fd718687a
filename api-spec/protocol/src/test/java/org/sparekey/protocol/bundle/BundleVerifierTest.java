// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
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
    void a_member_that_nobody_named_is_not_authentic() throws MalformedException {
        SortedMap<String, byte[]> more = new TreeMap<>(CanonicalZip.read(sample.zip()));
        more.put("order/another.jws", SampleCase.ascii("x"));
        assertThat(verify(CanonicalZip.write(more)).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
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
