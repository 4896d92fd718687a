// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;

/** Attacks on what a bundle leaves out, by somebody who holds the gateway's manifest key and not its log. */
class CaseEndTest extends Attack {

    @Test
    void the_end_of_a_case_cut_off_under_the_same_state_is_refused() {
        SortedMap<String, byte[]> members = sample.members();
        cut(members, 3);
        assertThat(failed(sample.zip(members))).contains(Topic.CASE_END);
    }

    @Test
    void the_end_of_a_case_cut_off_with_an_earlier_state_leaves_its_end_unproven() {
        SortedMap<String, byte[]> members = sample.members();
        cut(members, 3);
        members.remove(BundleMembers.ACKNOWLEDGEMENT);
        sample.state = "available";
        Verification verification = verify(sample.zip(members));
        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.CASE_END);
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
    }

    @Test
    void a_bundle_cut_at_an_earlier_request_does_not_pass_for_a_later_one() {
        sample.made = SampleCase.at(59).plus(LogChecks.MAKING).plusMillis(1);
        Verification verification = verify(sample.zip());
        assertThat(of(verification, Check.Status.MISSING)).containsExactly(Topic.CASE_END);
    }

    @Test
    void a_bundle_made_before_its_own_last_entry_is_refused() {
        sample.made = SampleCase.at(58);
        caughtBy(Topic.CASE_END);
    }

    @Test
    void entries_whose_content_is_not_enclosed_are_named() {
        SortedMap<String, byte[]> members = sample.members();
        members.remove("log/0003/payload");
        members.remove("log/0003/opening");
        Verification verification = verify(sample.zip(members));
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks())
                .filteredOn(check -> check.topic() == Topic.COMMITMENTS && check.status() == Check.Status.NOTE)
                .extracting(check -> Wording.in(Language.EN).finding(check.detail()))
                .containsExactly("that these were entered is proven, their content is not enclosed: 3 order.held");
    }

    @Test
    void entries_behind_a_gap_do_not_go_unjudged() {
        SortedMap<String, byte[]> members = sample.members();
        for (String part : List.of("/entry", "/proof", "/opening", "/payload")) {
            members.remove("log/0003" + part);
        }
        Verification verification = verify(sample.zip(members));
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.MEMBERS, Topic.CASE_END);
        assertThat(verification.overall()).isNotEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void a_call_back_that_no_entry_proves_is_refused() {
        sample.calledBack = true;
        caughtBy(Topic.CALL_BACK);
    }

    @Test
    void a_document_that_the_order_does_not_name_is_refused_although_the_bundle_names_it() {
        SortedMap<String, byte[]> members = sample.members();
        byte[] slipped = SampleCase.ascii("%PDF-1.7 another annex");
        members.put(BundleMembers.DOCUMENTS + Digest.sha256(slipped).hex(), slipped);
        assertThat(failed(sample.zip(members))).containsExactly(Topic.DOCUMENTS);
    }

    @Test
    void a_part_that_has_no_place_in_a_bundle_is_refused_although_the_bundle_names_it() {
        for (String name : List.of("evidence/photo.jpg", "order/order2.jws", "log/0001/note", "keys/0001/payload")) {
            SortedMap<String, byte[]> members = sample.members();
            members.put(name, SampleCase.ascii("x"));
            assertThat(failed(sample.zip(members))).as(name).containsExactly(Topic.MEMBERS);
        }
    }

    @Test
    void proofs_under_two_states_of_one_log_are_not_shown_to_be_one_log() throws Exception {
        SortedMap<String, byte[]> members = sample.members();
        members.put("log/0000/proof", sample.earlier(members, "log/0000"));
        Verification verification = verify(sample.zip(members));
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.LOG_ENTRIES);
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
    }

    @Test
    void an_entry_of_a_fork_of_the_same_length_is_refused() throws Exception {
        SortedMap<String, byte[]> members = sample.members();
        SampleLog other = new SampleLog(sample.logKey);
        long size = LogProof.parse(SampleCase.member(members, "log/0000/proof"))
                .inclusion()
                .treeSize();
        Digest first =
                other.append(CaseEntry.SUBMITTED, SampleCase.at(1), SampleCase.member(members, "log/0000/payload"));
        for (int i = 1; i < size; i++) {
            other.append("order.illegal", SampleCase.at(i), SampleCase.ascii("{}"));
        }
        SortedMap<String, byte[]> forked = new java.util.TreeMap<>();
        other.into(forked);
        for (String part : List.of("/entry", "/proof", "/opening", "/payload")) {
            members.put("log/0000" + part, forked.get("log/0000" + part));
        }
        assertThat(first).isNotNull();
        assertThat(failed(sample.zip(members))).contains(Topic.LOG_ENTRIES);
    }

    @Test
    void a_ticket_whose_proof_another_log_key_signed_is_refused() {
        sample.ticketLogSigner =
                new NoteSigner(SampleLog.ORIGIN, Digest.sha256(new byte[] {1}).array());
        caughtBy(Topic.EXECUTION_TICKET);
    }

    private static void cut(SortedMap<String, byte[]> members, int entries) {
        List<String> folders = new Members(members).folders(BundleMembers.CASE_ENTRIES);
        for (String folder : folders.subList(folders.size() - entries, folders.size())) {
            for (String part : List.of("/entry", "/proof", "/opening", "/payload")) {
                members.remove(folder + part);
            }
        }
    }
}
