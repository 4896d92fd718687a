// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.witness.Cosigner;

/** The gateway signs bundles whose anchor is not what it looks like. */
class AnchorAttackTest {

    private final SampleCase sample = new SampleCase();
    private SampleAnchor anchor = new SampleAnchor();

    @BeforeEach
    void witnessesAreAskedFor() {
        sample.outsiders.required = true;
    }

    @Test
    void an_anchor_in_the_public_log_that_the_witnesses_saw_passes_twice() throws MalformedException {
        Verification verification = verify();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(found(verification)).containsExactly(Finding.ANCHORED, Finding.ANCHOR_WITNESSED);
    }

    @Test
    void an_anchor_in_a_log_that_is_not_the_public_one_is_refused() throws MalformedException {
        for (String other : List.of(
                "public.hoster.example/log/case/2025",
                "other.hoster.example/log/registry/2026",
                "public.hoster.example/log/registryish/2026")) {
            anchor.origin = other;
            anchor.signer = new NoteSigner(other, SampleCase.digest("registry").array());
            Verification verification = verify();
            assertThat(verification.overall()).as(other).isEqualTo(Verification.NOT_AUTHENTIC);
            assertThat(found(verification)).containsExactly(Finding.ANCHOR_IN_ANOTHER_LOG);
        }
    }

    @Test
    void an_anchor_in_the_case_log_itself_is_refused() throws MalformedException {
        anchor.origin = SampleLog.ORIGIN;
        anchor.signer = sample.logKey;
        assertThat(found(verify())).containsExactly(Finding.ANCHOR_IN_ANOTHER_LOG);
    }

    @Test
    void an_anchor_in_a_log_under_a_foreign_key_is_refused() throws MalformedException {
        NoteSigner genuine = anchor.signer;
        byte[] trust = Wire.write(anchor.trusted(sample.trustFile()));
        anchor.signer =
                new NoteSigner(SampleAnchor.ORIGIN, SampleCase.digest("foreign").array());
        assertThat(genuine.key()).isNotEqualTo(anchor.signer.key());
        Verification verification = BundleVerifier.verify(bundle(), Optional.of(trust));
        assertThat(found(verification)).containsExactly(Finding.ENTRY_NOT_PROVEN);
    }

    @Test
    void an_anchor_that_no_witness_saw_is_no_fault_and_is_said() throws MalformedException {
        anchor = new SampleAnchor() {
            @Override
            List<NoteSignature> cosignatures(String text, SampleOutsiders outsiders) {
                return outsiders.cosigned(text).subList(0, 1);
            }
        };
        Verification verification = verify();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(found(verification)).containsExactly(Finding.ANCHORED, Finding.ANCHOR_NOT_WITNESSED);
    }

    @Test
    void another_hand_under_a_witnesss_name_in_the_public_log_is_a_forgery() throws MalformedException {
        Cosigner impostor = new Cosigner("impostor.example/witness", new byte[32]);
        anchor = new SampleAnchor() {
            @Override
            List<NoteSignature> cosignatures(String text, SampleOutsiders outsiders) {
                Cosigner named = outsiders.witnesses.get(2);
                NoteSignature forged = impostor.cosign(text, SampleCase.at(60)).line(named.key());
                List<NoteSignature> genuine = outsiders.cosigned(text);
                return List.of(genuine.get(0), genuine.get(1), forged);
            }
        };
        Verification verification = verify();
        assertThat(verification.overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        assertThat(found(verification)).containsExactly(Finding.ANCHORED, Finding.COSIGNATURE_FORGED);
    }

    private Verification verify() throws MalformedException {
        byte[] trust = Wire.write(anchor.trusted(sample.trustFile()));
        return BundleVerifier.verify(bundle(), Optional.of(trust));
    }

    private byte[] bundle() throws MalformedException {
        SortedMap<String, byte[]> members = sample.members();
        anchor.into(members, sample.outsiders);
        return sample.zip(members);
    }

    private static List<Finding> found(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.topic() == Topic.ANCHOR)
                .map(check -> check.detail().finding())
                .toList();
    }
}
