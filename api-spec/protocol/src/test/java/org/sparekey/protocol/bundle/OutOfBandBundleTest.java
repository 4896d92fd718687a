// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.key.SigningKey;

/** What was done on paper, in a bundle: red when two officers signed for it, refused when they did not. */
class OutOfBandBundleTest extends Attack {

    private static final Instant DONE = SampleCase.at(45);

    @Test
    void an_execution_on_paper_is_red_for_ever_and_does_not_spoil_the_rest() {
        sample.onPaper = Optional.of(signed(DONE, sample.officer1, sample.officer2));
        Verification verification = verify(sample.zip());
        assertThat(of(verification, Check.Status.RED)).containsExactly(Topic.OUT_OF_BAND);
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(found(verification)).isEqualTo(Finding.OUT_OF_BAND);
    }

    @Test
    void one_that_was_entered_after_more_than_a_day_says_so() {
        sample.onPaper = Optional.of(
                signed(SampleCase.at(50).minus(OutOfBandExecution.DUE_WITHIN), sample.officer1, sample.officer2));
        assertThat(found(verify(sample.zip()))).isEqualTo(Finding.OUT_OF_BAND_LATE);
    }

    @Test
    void one_that_a_single_officer_signed_is_refused() {
        sample.onPaper = Optional.of(signed(DONE, sample.officer1));
        caughtBy(Topic.OUT_OF_BAND);
    }

    @Test
    void one_that_an_unenrolled_key_signed_is_refused() {
        sample.onPaper = Optional.of(signed(DONE, sample.officer1, sample.hoster.issue("O-2")));
        caughtBy(Topic.OUT_OF_BAND);
    }

    @Test
    void one_whose_content_is_not_enclosed_cannot_be_judged() {
        sample.onPaper = Optional.of(signed(DONE, sample.officer1, sample.officer2));
        SortedMap<String, byte[]> members = sample.members();
        List<String> folders = new Members(members).folders(BundleMembers.CASE_ENTRIES);
        String paper = folders.get(folders.size() - 3);
        members.remove(paper + BundleMembers.PAYLOAD);
        members.remove(paper + BundleMembers.OPENING);
        Verification verification = verify(sample.zip(members));
        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.OUT_OF_BAND);
    }

    private static Finding found(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.topic() == Topic.OUT_OF_BAND)
                .findFirst()
                .orElseThrow()
                .detail()
                .finding();
    }

    private static JointStatement signed(Instant finished, SigningKey... officers) {
        OutOfBandExecution said = new OutOfBandExecution(
                OutOfBandExecution.VERSION,
                OutOfBandExecution.TYPE,
                Optional.of(SampleLog.CASE),
                SampleCase.AUTHORITY,
                SampleCase.digest("order"),
                SampleCase.digest("paper"),
                List.of(SampleCase.digest("disk")),
                finished.minusSeconds(60),
                finished,
                OutOfBandExecution.Reason.GATEWAY_DOWN,
                List.of("O-1", "O-2"),
                SampleCase.at(50),
                SampleCase.salt(6));
        JointStatement joint = JointStatement.of(said);
        for (SigningKey officer : officers) {
            joint = joint.signedBy(officer, said);
        }
        return joint;
    }
}
