// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;

/** An order whose row was found behind its log went on by the word of two officers about exactly that, or the bundle is wrong. */
class FreezingBundleTest extends Attack {

    private final SampleThaw thaw = new SampleThaw(sample);

    @BeforeEach
    void frozen() {
        sample.whileReviewed = thaw;
    }

    @Test
    void what_two_officers_thawed_is_authentic_and_says_so() {
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks().stream().map(check -> check.detail().finding()))
                .contains(Finding.WAS_FROZEN);
    }

    @Test
    void what_went_on_without_anybodys_word_is_not() {
        thaw.thawed = false;
        caughtBy(Topic.FREEZING);
    }

    @Test
    void what_was_entered_between_the_freezing_and_the_word_is_refused() {
        thaw.between = List.of("order.read");
        caughtBy(Topic.FREEZING);
    }

    @Test
    void one_officer_and_one_officer_twice_are_not_two() {
        thaw.officers = List.of(sample.officer1);
        caughtBy(Topic.FREEZING);
        thaw.officers = List.of(sample.officer1, sample.officer1);
        caughtBy(Topic.FREEZING);
    }

    @Test
    void a_key_that_nobody_trusts_is_nobodys() {
        thaw.officers = List.of(sample.officer1, sample.hoster.issue("O-2"));
        caughtBy(Topic.FREEZING);
    }

    @Test
    void a_word_about_another_freezing_another_order_or_another_outcome_is_refused() {
        thaw.other = Optional.of(Digest.sha256(new byte[] {1}));
        caughtBy(Topic.FREEZING);
        thaw.other = Optional.empty();
        thaw.word = said -> with(said, "CASE-0002", said.orderDigest(), said.outcome());
        caughtBy(Topic.FREEZING);
        thaw.word = said -> with(said, said.order(), OTHER, said.outcome());
        caughtBy(Topic.FREEZING);
        thaw.word = said -> with(said, said.order(), said.orderDigest(), ThawOutcome.BEGIN_AGAIN);
        caughtBy(Topic.FREEZING);
    }

    @Test
    void a_word_about_what_was_never_frozen_is_refused() {
        thaw.frozen = false;
        caughtBy(Topic.FREEZING);
    }

    @Test
    void a_word_that_is_not_enclosed_cannot_be_judged() {
        SortedMap<String, byte[]> members = sample.members();
        String folder = new Members(members)
                .folders(BundleMembers.CASE_ENTRIES).stream()
                        .filter(each -> new String(members.get(each + BundleMembers.ENTRY))
                                .contains(ThawOutcome.AS_LOGGED.entryType()))
                        .findFirst()
                        .orElseThrow();
        members.remove(folder + BundleMembers.PAYLOAD);
        members.remove(folder + BundleMembers.OPENING);
        assertThat(of(verify(sample.zip(members)), Check.Status.MISSING)).containsExactly(Topic.FREEZING);
    }

    private static OrderThaw with(OrderThaw said, String order, Digest digest, ThawOutcome outcome) {
        return new OrderThaw(
                said.v(),
                said.type(),
                order,
                digest,
                said.frozen(),
                outcome,
                said.explanation(),
                said.officers(),
                said.time(),
                said.salt());
    }
}
