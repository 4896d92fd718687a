// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** What no trust file and no index of a bundle may be: then nothing is judged by it. */
class TrustFormsTest {

    private final SampleCase sample = new SampleCase();

    @Test
    void a_trust_file_of_another_version_or_with_rules_that_nobody_can_read_is_none() {
        TrustFile trust = sample.trustFile();

        refuses(trust, "/v", 2);
        refuses(trust, "/type", "bundle");
        refuses(trust, "/timestampPolicy", "wanted");
        takes(trust, "/timestampPolicy", TrustFile.POLICY_REQUIRED);
        takes(trust, "/timestampPolicy", Optional.empty());
        refuses(trust, "/policy", "quorum two-of-three\n");
        takes(trust, "/policy", "quorum none\n");
        refuses(trust, "/logs/0/vkey", "no key");
    }

    @Test
    void a_trust_file_has_a_limit_to_the_byte() throws MalformedException {
        byte[] json = sample.trust();
        byte[] most = Arrays.copyOf(json, TrustFile.MAX_BYTES);
        Arrays.fill(most, json.length, most.length, (byte) ' ');
        byte[] more = Arrays.copyOf(most, most.length + 1);
        more[most.length] = ' ';

        assertThat(TrustFile.parse(most)).isEqualTo(sample.trustFile());
        assertThatThrownBy(() -> TrustFile.parse(more)).isInstanceOf(MalformedException.class);
        assertThat(TrustFile.fingerprint(json)).isEqualTo(Digest.sha256(json));
    }

    @Test
    void a_co_approver_of_the_hoster_is_none() {
        TrustFile.CoApprover outsider = new TrustFile.CoApprover(
                "bedrijf-voorbeeld",
                "C-1",
                SampleCase.digest("key"),
                SampleCase.at(0),
                SampleCase.at(1),
                Optional.empty());

        refuses(outsider, "/party", TrustFile.HOSTER);
        takes(outsider, "/party", "elders");
    }

    @Test
    void whoever_the_file_enrols_is_enrolled_as_what_it_says() {
        TrustFile trust = sample.trustFile();

        assertThat(trust.enrolled(sample.prosecutor.keyId()).map(EnrolledSigner::party))
                .contains(SampleCase.AUTHORITY);
        assertThat(trust.enrolled(sample.judge.keyId()).map(EnrolledSigner::role))
                .contains("JUDGE");
        assertThat(trust.enrolled(sample.officer1.keyId()).map(EnrolledSigner::role))
                .contains("OFFICER");
        assertThat(trust.enrolled(sample.officer1.keyId()).map(EnrolledSigner::party))
                .contains(TrustFile.HOSTER);
        assertThat(trust.enrolled(sample.manifestKey.keyId())).isEmpty();
        assertThat(trust.timestampsRequired()).isFalse();
        assertThat(trust.witnessesRequired()).isFalse();
        sample.outsiders.required = true;
        assertThat(sample.trustFile().timestampsRequired()).isTrue();
        assertThat(sample.trustFile().witnessesRequired()).isTrue();
    }

    @Test
    void an_index_of_another_version_without_salt_or_naming_itself_is_none() {
        BundleIndex index = new BundleIndex(
                1,
                BundleIndex.TYPE,
                SampleCase.ORDER,
                SampleCase.GATEWAY,
                "closed",
                SampleCase.at(0),
                false,
                Map.of("README.md", SampleCase.digest("x")),
                SampleCase.salt(1));

        refuses(index, "/v", 2);
        refuses(index, "/type", "trust");
        refuses(index, "/salt", Bytes.of(new byte[31]));
        refuses(index, "/members", Map.of(BundleMembers.INDEX, SampleCase.digest("x")));
        takes(index, "/members", Map.of());
    }

    @Test
    void a_zip_has_ten_thousand_members_and_no_more() throws MalformedException {
        TreeMap<String, byte[]> members = new TreeMap<>();
        for (int i = 0; i < CanonicalZip.MAX_MEMBERS; i++) {
            members.put("m" + i, new byte[0]);
        }
        byte[] most = CanonicalZip.write(members);

        assertThat(CanonicalZip.read(most)).hasSize(CanonicalZip.MAX_MEMBERS);
        members.put("n", new byte[0]);
        assertThatThrownBy(() -> CanonicalZip.write(members)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_is_as_long_as_it_may_be_and_no_longer() throws MalformedException {
        String longest = "n".repeat(CanonicalZip.MAX_NAME_CHARS);

        assertThat(CanonicalZip.read(CanonicalZip.write(new TreeMap<>(Map.of(longest, new byte[1])))))
                .containsOnlyKeys(longest);
        assertThatThrownBy(() -> CanonicalZip.write(new TreeMap<>(Map.of(longest + "n", new byte[1]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_gap_in_what_is_numbered_is_named() {
        Members members = new Members(new TreeMap<>(Map.of(
                "log/0001/entry", new byte[0],
                "keys/0000/entry", new byte[0],
                "keys/0002/proof", new byte[0],
                "time/0001/checkpoint", new byte[0],
                "approvals/3.json", new byte[0],
                "approvals/1.json", new byte[0])));

        assertThat(members.gaps())
                .isEqualTo(List.of(
                        "log/0000/entry",
                        "keys/0001/entry",
                        "keys/0002/entry",
                        "time/0000/checkpoint",
                        "approvals/2.json"));
        assertThat(members.strange()).isEmpty();
    }
}
