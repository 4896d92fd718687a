// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.NodeBinding;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.ticket.NodeTrust;
import org.sparekey.protocol.ticket.TicketCheck;
import org.sparekey.protocol.ticket.TicketFault;
import org.sparekey.protocol.ticket.TicketMemory;
import org.sparekey.protocol.ticket.TicketVerdict;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

/** What a node does nothing with. In each case everything but one thing is right, and the gateway's own keys signed it. */
class TicketCheckTest {

    private final SampleTicket ticket = new SampleTicket();
    private final SampleCase sample = ticket.sample;

    @Test
    void a_ticket_for_this_node_of_an_order_that_is_being_executed_is_accepted_and_says_for_what() {
        TicketVerdict.Accepted accepted = accepted(ticket.judged());
        assertThat(accepted.orderId()).isEqualTo(SampleCase.ORDER);
        assertThat(accepted.approved().asset()).isEqualTo(SampleRecords.asset());
        assertThat(accepted.ticket().node()).contains(SampleTicket.BINDING);
    }

    @Test
    void what_it_remembers_is_read_back_as_it_was_written() throws MalformedException {
        TicketMemory memory = ticket.judged().memory();
        assertThat(Wire.read(Wire.write(memory), TicketMemory.class)).isEqualTo(memory);
        assertThat(memory.attempts()).hasSize(1);
        assertThat(memory.heads()).containsOnlyKeys(SampleLog.ORIGIN);
    }

    @Test
    void a_forged_ticket_is_refused() {
        sample.ticketSigner = sample.officer1;
        refused(TicketFault.FORGED);
    }

    @Test
    void no_flipped_bit_is_accepted() {
        byte[] good = sample.zip();
        SplittableRandom random = new SplittableRandom(20261124);
        for (int i = 0; i < 24; i++) {
            byte[] flipped = good.clone();
            int at = random.nextInt(good.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            TicketVerdict verdict = ticket.judged(flipped, TicketMemory.NOTHING, SampleTicket.NOW);
            assertThat(verdict).as("byte %s", at).isInstanceOf(TicketVerdict.Refused.class);
            assertThat(verdict.memory()).as("byte %s teaches nothing", at).isEqualTo(TicketMemory.NOTHING);
        }
    }

    @Test
    void garbage_is_no_ticket() {
        for (byte[] garbage : List.of(new byte[0], new byte[4096], SampleCase.ascii("{}"))) {
            assertThat(fault(ticket.judged(garbage, TicketMemory.NOTHING, SampleTicket.NOW)))
                    .isEqualTo(TicketFault.NOT_A_TICKET);
        }
    }

    @Test
    void a_bundle_that_is_delivered_is_no_ticket_to_do_it_again() {
        sample.state = "closed";
        sample.insteadOfCopy = Optional.empty();
        refused(TicketFault.NOT_DUE);
    }

    @Test
    void a_replayed_ticket_is_refused() {
        byte[] zip = sample.zip();
        TicketMemory memory =
                ticket.judged(zip, TicketMemory.NOTHING, SampleTicket.NOW).memory();
        assertThat(fault(ticket.judged(zip, memory, SampleTicket.NOW))).isEqualTo(TicketFault.REPLAYED);
        sample.inReview = notes(1);
        assertThat(fault(ticket.judged(memory))).as("in a later case").isEqualTo(TicketFault.REPLAYED);
    }

    @Test
    void another_ticket_for_an_attempt_that_was_begun_is_refused_and_one_for_the_next_is_not() {
        ticket.numbered(new UUID(7, 2), 2);
        TicketMemory memory = ticket.judged().memory();
        sample.inReview = notes(1);
        ticket.numbered(new UUID(7, 3), 2);
        assertThat(fault(ticket.judged(memory))).isEqualTo(TicketFault.FENCED);
        ticket.numbered(new UUID(7, 1), 1);
        assertThat(fault(ticket.judged(memory))).isEqualTo(TicketFault.FENCED);
        ticket.numbered(new UUID(7, 4), 3);
        accepted(ticket.judged(memory));
    }

    @Test
    void an_expired_ticket_is_refused_from_its_very_instant_on() {
        ticket.bound(SampleTicket.BINDING, SampleTicket.NOW);
        refused(TicketFault.EXPIRED);
        ticket.bound(SampleTicket.BINDING, SampleTicket.NOW.plusMillis(1));
        accepted(ticket.judged());
    }

    @Test
    void a_ticket_that_is_to_live_for_days_is_refused() {
        Instant written = SampleCase.at(20);
        ticket.bound(SampleTicket.BINDING, written.plus(TicketCheck.LONGEST));
        accepted(ticket.judged());
        ticket.bound(SampleTicket.BINDING, written.plus(TicketCheck.LONGEST).plusSeconds(1));
        refused(TicketFault.TOO_LONG);
    }

    @Test
    void an_unwitnessed_ticket_is_refused() {
        sample.outsiders.present = sample.outsiders.present.subList(0, 1);
        refused(TicketFault.UNWITNESSED);
    }

    @Test
    void a_node_is_not_installed_without_witnesses() {
        sample.outsiders.required = false;
        assertThatThrownBy(() -> NodeTrust.pin(sample.trust(), SampleTicket.NODE))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void a_withdrawn_order_is_not_executed() {
        ticket.withdrawn();
        refused(TicketFault.WITHDRAWN);
    }

    @Test
    void a_withdrawn_order_is_not_executed_on_the_case_as_it_was_before() {
        byte[] before = sample.zip();
        ticket.withdrawn();
        TicketMemory memory = ticket.judged().memory();
        assertThat(fault(ticket.judged(before, memory, SampleTicket.NOW))).isEqualTo(TicketFault.OLDER_LOG);
    }

    @Test
    void a_case_that_lies_about_its_state_is_refused() {
        ticket.withdrawn();
        sample.state = "executing";
        refused(TicketFault.FORGED);
    }

    @Test
    void a_lost_attempt_is_not_made_up_for_under_its_ticket() {
        sample.state = "approved";
        sample.insteadOfCopy = Optional.of(List.of("order.attempt-lost"));
        refused(TicketFault.NOT_DUE);
    }

    @Test
    void an_order_of_an_authority_that_was_suspended_since_is_not_executed_until_it_is_resumed() {
        sample.insteadOfCopy = Optional.of(List.of(CaseEntry.SUSPENDED));
        refused(TicketFault.SUSPENDED);
        sample.insteadOfCopy = Optional.of(List.of(CaseEntry.SUSPENDED, CaseEntry.RESUMED));
        accepted(ticket.judged());
    }

    @Test
    void a_ticket_for_another_target_than_was_approved_is_refused() {
        sample.ticket = t -> new ExecutionTicket(
                t.v(),
                t.type(),
                t.id(),
                t.order(),
                t.orderDigest(),
                t.approvals(),
                t.verifiedEntryProof(),
                SampleTicket.NEIGHBOUR,
                t.attempt(),
                SampleCase.at(3600),
                Optional.of(SampleTicket.BINDING),
                t.salt());
        refused(TicketFault.FORGED);
    }

    @Test
    void a_guest_of_another_machine_is_not_read() throws MalformedException {
        TicketCheck check = new TicketCheck(NodeTrust.pin(sample.trust(), SampleTicket.NODE), new CmsTimeStamps());
        NodeTrust.Machine right = SampleTicket.machine(SampleRecords.asset());
        for (List<NodeTrust.Machine> own : List.of(
                List.<NodeTrust.Machine>of(),
                List.of(SampleTicket.machine(SampleTicket.NEIGHBOUR)),
                List.of(new NodeTrust.Machine("ams2", right.uuid(), right.vmId())),
                List.of(new NodeTrust.Machine(right.cluster(), right.uuid(), "102")))) {
            assertThat(fault(check.check(sample.zip(), own, TicketMemory.NOTHING, SampleTicket.NOW)))
                    .isEqualTo(TicketFault.OTHER_TARGET);
        }
    }

    @Test
    void a_ticket_for_another_node_or_for_none_is_refused() {
        ticket.bound(new NodeBinding("node2", NodeBinding.PROTOCOL, "0.1.0", Manifest.HOSTER), SampleCase.at(3600));
        refused(TicketFault.OTHER_NODE);
        sample.ticket = t -> t;
        refused(TicketFault.OTHER_NODE);
    }

    @Test
    void a_gateway_of_another_protocol_is_refused() {
        ticket.bound(new NodeBinding(SampleTicket.NODE, 2, "9.0.0", Manifest.HOSTER), SampleCase.at(3600));
        refused(TicketFault.OTHER_PROTOCOL);
    }

    @Test
    void custody_is_what_the_node_was_installed_with() {
        ticket.bound(
                new NodeBinding(SampleTicket.NODE, NodeBinding.PROTOCOL, "0.1.0", Manifest.RESELLER_ADMINISTERED),
                SampleCase.at(3600));
        refused(TicketFault.OTHER_CUSTODY);
    }

    @Test
    void a_manifest_tells_the_custody_of_its_ticket_and_no_other() {
        sample.state = "closed";
        sample.insteadOfCopy = Optional.empty();
        sample.manifest = right -> SampleRecords.inCustody(right, Manifest.RESELLER_ADMINISTERED);
        refused(TicketFault.FORGED);
    }

    @Test
    void an_officer_who_was_revoked_before_he_signed_does_not_count() {
        sample.officerRevoked = true;
        refused(TicketFault.NOT_APPROVED);
    }

    @Test
    void an_officer_who_was_revoked_after_he_signed_does_not_count_either() {
        sample.officerRevoked = true;
        sample.revokedAt = SampleCase.at(40);
        refused(TicketFault.KEY_REVOKED);
    }

    @Test
    void an_older_directory_does_not_bring_a_revoked_officer_back() {
        sample.officerRevoked = true;
        sample.revokedAt = SampleCase.at(40);
        TicketMemory memory = ticket.judged().memory();
        sample.officerRevoked = false;
        assertThat(fault(ticket.judged(memory))).isEqualTo(TicketFault.OLDER_LOG);
        sample.inReview = notes(2);
        assertThat(fault(ticket.judged(memory))).isEqualTo(TicketFault.KEY_REVOKED);
    }

    @Test
    void approvals_of_another_order_are_refused() {
        sample.second = s -> changed(s, SampleCase.digest("another order"), s.officer(), s.expiry());
        refused(TicketFault.NOT_APPROVED);
    }

    @Test
    void one_officer_is_not_enough_for_a_capture() {
        sample.securedByOne = true;
        refused(TicketFault.NOT_APPROVED);
    }

    @Test
    void one_officer_who_signs_twice_is_one() {
        sample.secondSigner = sample.officer1;
        sample.second = s -> changed(s, s.orderDigest(), "O-1", s.expiry());
        refused(TicketFault.NOT_APPROVED);
    }

    @Test
    void an_approval_that_has_expired_since_the_announcement_is_refused() {
        sample.second = s -> changed(s, s.orderDigest(), s.officer(), SampleTicket.NOW);
        refused(TicketFault.APPROVAL_NOT_IN_FORCE);
    }

    @Test
    void who_has_the_database_can_write_entries_and_still_forges_neither_order_nor_approval() {
        sample.secondSigner = sample.hoster.issue("O-2");
        refused(TicketFault.NOT_APPROVED);
        sample.secondSigner = sample.officer2;
        sample.orderSigner = sample.police.issue("P-1");
        refused(TicketFault.NOT_ORDERED);
    }

    @Test
    void a_stale_checkpoint_is_refused_however_long_the_ticket_lives() {
        byte[] zip = sample.zip();
        Instant seen = SampleCase.at(60);
        Instant last = SampleCase.at(59).plus(TicketCheck.FRESH);
        accepted(ticket.judged(zip, TicketMemory.NOTHING, last));
        for (Instant late :
                List.of(last.plusMillis(1), seen.plus(TicketCheck.FRESH).plusSeconds(1))) {
            assertThat(fault(ticket.judged(zip, TicketMemory.NOTHING, late))).isEqualTo(TicketFault.STALE);
        }
    }

    @Test
    void a_case_of_a_time_that_has_not_come_is_refused() {
        Instant early = SampleCase.at(59).minus(Duration.ofMinutes(6));
        assertThat(fault(ticket.judged(sample.zip(), TicketMemory.NOTHING, early)))
                .isEqualTo(TicketFault.NOT_YET);
    }

    @Test
    void another_log_of_the_same_size_is_a_fork() {
        TicketMemory memory = ticket.judged().memory();
        sample.payloads = Map.of(CaseEntry.BUNDLE_ASKED, SampleCase.ascii("{\"a\":1}"));
        assertThat(fault(ticket.judged(memory))).isEqualTo(TicketFault.FORKED);
    }

    @Test
    void what_is_refused_has_a_code_and_words_in_two_languages() {
        for (TicketFault fault : TicketFault.values()) {
            assertThat(fault.code()).isEqualTo(fault.name());
            assertThat(fault.english()).endsWith(".");
            assertThat(fault.dutch()).endsWith(".").isNotEqualTo(fault.english());
        }
    }

    /** Entries that make the log longer and say nothing. */
    static Map<String, byte[]> notes(int count) {
        Map<String, byte[]> notes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            notes.put("order.note" + i, SampleCase.ascii("{}"));
        }
        return notes;
    }

    private void refused(TicketFault expected) {
        assertThat(fault(ticket.judged())).isEqualTo(expected);
    }

    private static TicketFault fault(TicketVerdict verdict) {
        return verdict.match(
                accepted -> {
                    throw new AssertionError("accepted");
                },
                TicketVerdict.Refused::fault);
    }

    private static TicketVerdict.Accepted accepted(TicketVerdict verdict) {
        return verdict.match(accepted -> accepted, refused -> {
            throw new AssertionError(refused.toString());
        });
    }

    private static ApprovalStatement changed(ApprovalStatement s, Digest order, String officer, Instant expiry) {
        return new ApprovalStatement(
                s.v(),
                s.type(),
                order,
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                s.diskIds(),
                s.configurationHash(),
                s.recipients(),
                s.captureMemory(),
                s.copy(),
                s.decision(),
                s.reason(),
                officer,
                s.nonce(),
                s.time(),
                expiry,
                s.salt());
    }
}
