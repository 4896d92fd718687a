// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.evidence.LinkRecord;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OfficerRecord.What;

/**
 * The record of the gateway's own hand is about the approved guest, the announced attempt and its time, or it is refused. The
 * sample's attempt has no ticket, which other checks say; the whole of it, with a real hand, is {@code TakeDownBundleTest}.
 */
class LinkAttackTest extends Attack {

    private static final String HAND_STOPPED = "order.hand-stopped";

    private final SampleLinks links = new SampleLinks(sample);

    @BeforeEach
    void isolated() {
        sample.state = "isolated";
        sample.isolatedBy = Optional.of(2);
        sample.isolation = links;
    }

    @Test
    void what_the_approved_guest_was_kept_from_is_shown() {
        Verification verification = verify(sample.zip());
        assertThat(of(verification, Check.Status.FAIL)).doesNotContain(Topic.LINKS);
        assertThat(of(verification, Check.Status.PASS)).contains(Topic.LINKS);
    }

    @Test
    void another_guest_than_the_approved_one_is_refused() {
        LocatedAsset other = new LocatedAsset("rack-9", "other", "vm-9", "vps-9", "tenant-9", Optional.empty());
        links.cut = said -> with(said, said.act(), said.orderDigest(), 1, other, said.intentLeaf(), said.at());
        refused();
        assertThat(found()).isEqualTo(Finding.LINKS_OTHER_GUEST);
    }

    @Test
    void another_attempt_another_order_another_intent_or_another_act_is_refused() {
        links.cut = said -> with(said, said.act(), said.orderDigest(), 2, said.asset(), said.intentLeaf(), said.at());
        refused();
        links.cut = said -> with(said, said.act(), OTHER, 1, said.asset(), said.intentLeaf(), said.at());
        refused();
        links.cut = said -> with(said, said.act(), said.orderDigest(), 1, said.asset(), OTHER, said.at());
        refused();
        links.cut = said ->
                with(said, LinkRecord.Act.RESTORED, said.orderDigest(), 1, said.asset(), said.intentLeaf(), said.at());
        refused();
        assertThat(found()).isEqualTo(Finding.LINKS_OTHER);
    }

    @Test
    void a_record_of_before_its_intent_or_of_after_its_entry_is_refused() {
        links.cut = said -> at(said, SampleCase.at(-600));
        refused();
        links.cut = said -> at(said, SampleCase.at(900));
        refused();
        assertThat(found()).isEqualTo(Finding.LINKS_OUT_OF_TIME);
    }

    @Test
    void a_record_signed_by_an_officer_is_not_the_gateways() {
        links.signer = sample.officer1;
        refused();
    }

    @Test
    void a_record_that_is_not_enclosed_cannot_be_judged() {
        SortedMap<String, byte[]> members = sample.members();
        String folder = new Members(members)
                .folders(BundleMembers.CASE_ENTRIES).stream()
                        .filter(each ->
                                new String(members.get(each + BundleMembers.ENTRY)).contains(CaseEntry.ISOLATED))
                        .findFirst()
                        .orElseThrow();
        members.remove(folder + BundleMembers.PAYLOAD);
        members.remove(folder + BundleMembers.OPENING);
        assertThat(of(verify(sample.zip(members)), Check.Status.MISSING)).contains(Topic.LINKS);
    }

    @Test
    void what_is_given_back_is_what_was_cut() {
        restored();
        assertThat(of(verify(sample.zip()), Check.Status.FAIL)).doesNotContain(Topic.LINKS);
        assertThat(found()).isEqualTo(Finding.LINKS_GIVEN_BACK);

        LocatedAsset other = new LocatedAsset("rack-9", "other", "vm-9", "vps-9", "tenant-9", Optional.empty());
        links.given = said -> with(said, said.act(), said.orderDigest(), 1, other, said.intentLeaf(), said.at());
        refused();
        links.given = said -> with(said, said.act(), said.orderDigest(), 2, said.asset(), said.intentLeaf(), said.at());
        refused();
        links.given = said -> at(said, SampleCase.at(10));
        refused();
        links.given = said -> new LinkRecord(
                said.v(),
                said.type(),
                said.act(),
                said.orderDigest(),
                said.attempt(),
                said.asset(),
                said.intentLeaf(),
                SampleLinks.links(false),
                said.after(),
                said.others(),
                said.othersUnchanged(),
                said.at(),
                said.salt());
        refused();
    }

    @Test
    void an_undoing_without_any_attempt_is_refused_and_breaks_nothing() {
        restored();
        links.announced = false;
        refused();
    }

    @Test
    void a_link_that_stayed_up_is_said() {
        GuestLinks up = SampleLinks.links(true);
        links.cut = said -> new LinkRecord(
                said.v(),
                said.type(),
                said.act(),
                said.orderDigest(),
                said.attempt(),
                said.asset(),
                said.intentLeaf(),
                said.before(),
                up,
                said.others(),
                false,
                said.at(),
                said.salt());
        assertThat(verify(sample.zip()).checks().stream()
                        .filter(check -> check.detail().finding() == Finding.LINKS_NOT_AS_PROMISED))
                .hasSize(2);
    }

    @Test
    void what_an_officer_gave_back_after_the_hand_had_announced_it_is_his_own() {
        restored();
        links.insteadOfGiven = Optional.of(SampleCase.ascii("{}"));
        links.beforeGiven = log -> {
            SampleWords.reported(log, What.RESTORE_DONE, 23);
            log.append(HAND_STOPPED, SampleCase.at(23), SampleCase.ascii("{}"));
        };
        assertThat(found()).isEqualTo(Finding.LINKS_CUT);

        links.beforeGiven = log -> SampleWords.reported(log, What.RESTORE_DONE, 23);
        assertThat(found()).as("as it was entered before a hand said so").isEqualTo(Finding.LINKS_CUT);
    }

    @Test
    void a_hand_that_only_says_it_stopped_leaves_the_act_to_nobody() {
        links.beforeCut = log -> log.append(HAND_STOPPED, SampleCase.at(19), SampleCase.ascii("{}"));
        links.cut = said -> with(said, said.act(), OTHER, 1, said.asset(), said.intentLeaf(), said.at());
        byNobody();

        links.beforeCut = log -> log.append("order.attempt-lost", SampleCase.at(19), SampleCase.ascii("{}"));
        byNobody();
    }

    @Test
    void an_act_that_was_never_announced_is_nobodys() {
        links.announced = false;
        byNobody();
    }

    @Test
    void a_giving_back_that_nobody_did_is_missed() {
        restored();
        links.beforeGiven = log -> log.append(HAND_STOPPED, SampleCase.at(23), SampleCase.ascii("{}"));
        byNobody();
    }

    @Test
    void an_officers_report_of_something_else_or_of_afterwards_bears_out_nothing() {
        sample.isolation = (log, order) -> {
            SampleWords.reported(log, What.TAKE_DOWN_FAILED, 18);
            SampleWords.reported(log, What.RESTORE_DONE, 18);
            log.append(CaseEntry.ISOLATED, SampleCase.at(20), SampleCase.ascii("{}"));
            SampleWords.reported(log, What.TAKE_DOWN_DONE, 21);
        };
        byNobody();
    }

    @Test
    void a_forged_record_is_refused_whatever_else_nobody_did() {
        restored();
        links.beforeGiven = log -> log.append(HAND_STOPPED, SampleCase.at(23), SampleCase.ascii("{}"));
        links.cut = said -> with(said, said.act(), OTHER, 1, said.asset(), said.intentLeaf(), said.at());
        refused();
    }

    private void byNobody() {
        Verification verification = verify(sample.zip());
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.LINKS);
        assertThat(found()).isEqualTo(Finding.LINKS_BY_NOBODY);
    }

    private void refused() {
        assertThat(failed(sample.zip())).contains(Topic.LINKS);
    }

    private void restored() {
        sample.state = "restored";
        links.givenBack = true;
    }

    private Finding found() {
        return verify(sample.zip()).checks().stream()
                .filter(check -> check.topic() == Topic.LINKS)
                .findFirst()
                .orElseThrow()
                .detail()
                .finding();
    }

    private static LinkRecord at(LinkRecord said, Instant at) {
        return with(said, said.act(), said.orderDigest(), said.attempt(), said.asset(), said.intentLeaf(), at);
    }

    private static LinkRecord with(
            LinkRecord said,
            LinkRecord.Act act,
            Digest order,
            int attempt,
            LocatedAsset asset,
            Digest intent,
            Instant at) {
        return new LinkRecord(
                said.v(),
                said.type(),
                act,
                order,
                attempt,
                asset,
                intent,
                said.before(),
                said.after(),
                said.others(),
                said.othersUnchanged(),
                at,
                said.salt());
    }
}
