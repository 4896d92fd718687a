// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What two officers decided, in which order, and what was done on it. */
class DecisionsTest extends Attack {

    @Test
    void a_copy_secured_first_and_released_later_is_authentic() {
        sample.securedFirst = true;
        Verification verification = verify(sample.zip());
        assertThat(of(verification, Check.Status.FAIL)).isEmpty();
        assertThat(of(verification, Check.Status.MISSING)).isEmpty();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void a_copy_secured_first_and_released_on_one_officers_word_is_refused() {
        sample.securedFirst = true;
        sample.secondSigner = sample.officer1;
        sample.second = ExecutionAttackTest::byTheFirstOfficer;
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_copy_made_after_an_officer_had_refused_is_refused() {
        sample.refusedBefore = true;
        caughtBy(Topic.APPROVALS);
    }

    @Test
    void approvals_from_before_the_last_return_to_review_had_lapsed() {
        sample.reviewedAgain = true;
        caughtBy(Topic.APPROVALS, Topic.COURSE);
    }

    @Test
    void an_order_that_was_refused_rightly_makes_an_authentic_bundle_that_says_why() {
        sample.state = "refused";
        sample.orderSigner = sample.investigator;
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(of(verification, Check.Status.NOTE)).contains(Topic.ORDER_SIGNATURE);
        assertThat(of(verification, Check.Status.PASS)).contains(Topic.REFUSAL);
    }

    @Test
    void an_order_that_was_refused_without_a_visible_ground_is_told_so() {
        sample.state = "refused";
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(of(verification, Check.Status.NOTE)).contains(Topic.REFUSAL);
    }

    @Test
    void a_refusal_does_not_excuse_a_copy_that_was_made_all_the_same() {
        sample.orderSigner = sample.investigator;
        sample.refusedFirst = true;
        caughtFirstBy(Topic.ORDER_SIGNATURE);
    }
}
