// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something was taken off the net: that takes two officers as a copy does, and no call-back makes it one. */
class IsolationAttackTest extends Attack {

    @BeforeEach
    void isolated() {
        sample.state = "isolated";
        sample.isolatedBy = Optional.of(2);
    }

    @Test
    void what_two_officers_approved_is_authentic() {
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(of(verification, Check.Status.PASS)).contains(Topic.APPROVALS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void what_nobody_or_only_one_approved_is_not(int approvals) {
        sample.isolatedBy = Optional.of(approvals);
        tooFew();
    }

    @Test
    void an_emergency_that_was_called_back_does_not_make_one_enough() {
        sample.isolatedBy = Optional.of(1);
        sample.order = CallBackBundleTest::emergency;
        sample.calls = 1;
        tooFew();
    }

    @Test
    void one_officer_who_signs_twice_is_one() {
        sample.second = said -> ExecutionAttackTest.change(said, "O-1", said.asset(), said.recipients());
        sample.secondSigner = sample.officer1;
        caughtBy(Topic.APPROVALS);
    }

    @Test
    void what_was_sent_back_to_the_officers_after_they_had_signed_is_refused() {
        sample.reviewedAgain = true;
        assertThat(failed(sample.zip())).contains(Topic.APPROVALS);
    }

    @Test
    void what_one_of_them_had_refused_is_refused() {
        sample.refusedBefore = true;
        caughtBy(Topic.APPROVALS);
    }

    @Test
    void what_nobody_says_that_he_did_is_not() {
        sample.isolation = (log, order) -> log.append(CaseEntry.ISOLATED, SampleCase.at(20), SampleCase.ascii("{}"));
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.LINKS);
    }

    private void tooFew() {
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.APPROVALS);
    }
}
