// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Assurance;

/** Attacks on approvals, ticket, manifest and receipt. */
class ExecutionAttackTest extends Attack {

    private static final LocatedAsset NEIGHBOUR = new LocatedAsset(
            "ams1", "00000000-0000-4000-8000-000000000102", "102", "vps-2", "ten-2", Optional.of("node1"));

    @Test
    void an_approval_signed_by_an_unenrolled_key_is_refused() {
        sample.secondSigner = sample.hoster.issue("O-2");
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void an_approval_by_an_officer_whom_the_log_had_revoked_is_refused() {
        sample.officerRevoked = true;
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_state_from_before_the_approvals_does_not_hide_one_officer_who_signed_twice() {
        sample.state = "review";
        sample.secondSigner = sample.officer1;
        sample.second = statement -> change(statement, "O-1", statement.asset(), statement.recipients());
        assertThat(failed(sample.zip())).startsWith(Topic.CASE_END, Topic.APPROVALS);
    }

    @Test
    void a_state_that_no_order_can_be_in_is_refused() {
        sample.state = "delivered";
        caughtBy(Topic.CASE_END);
    }

    @Test
    void one_officer_who_signs_twice_is_one_officer() {
        sample.secondSigner = sample.officer1;
        sample.second = statement -> change(statement, "O-1", statement.asset(), statement.recipients());
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void an_approval_of_another_order_is_refused() {
        sample.second = ExecutionAttackTest::ofAnotherOrder;
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void an_approval_of_another_asset_is_refused() {
        sample.second = statement -> change(statement, "O-2", NEIGHBOUR, statement.recipients());
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void an_approval_for_other_recipients_is_refused() {
        sample.second = statement -> change(statement, "O-2", statement.asset(), List.of(OTHER));
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_decision_to_secure_is_not_one_to_release() {
        sample.second = s -> new ApprovalStatement(
                s.v(),
                s.type(),
                s.orderDigest(),
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                s.diskIds(),
                s.configurationHash(),
                s.recipients(),
                s.captureMemory(),
                Decision.SECURE,
                s.reason(),
                s.officer(),
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void an_expired_approval_does_not_carry_a_capture() {
        sample.second = s -> new ApprovalStatement(
                s.v(),
                s.type(),
                s.orderDigest(),
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                s.diskIds(),
                s.configurationHash(),
                s.recipients(),
                s.captureMemory(),
                s.decision(),
                s.reason(),
                s.officer(),
                s.nonce(),
                s.time(),
                SampleCase.at(15),
                s.salt());
        caughtBy(Topic.EXECUTION_TICKET);
    }

    @Test
    void a_ticket_that_the_statement_key_did_not_sign_is_refused() {
        sample.ticketSigner = sample.officer1;
        caughtBy(Topic.EXECUTION_TICKET);
    }

    @Test
    void a_ticket_for_another_asset_is_refused() {
        sample.ticket = t -> new ExecutionTicket(
                t.v(),
                t.type(),
                t.id(),
                t.order(),
                t.orderDigest(),
                t.approvals(),
                t.verifiedEntryProof(),
                NEIGHBOUR,
                t.attempt(),
                t.expiry(),
                t.salt());
        caughtBy(Topic.EXECUTION_TICKET);
    }

    @Test
    void a_ticket_with_one_approval_is_refused() {
        sample.ticket = t -> new ExecutionTicket(
                t.v(),
                t.type(),
                t.id(),
                t.order(),
                t.orderDigest(),
                t.approvals().subList(0, 1),
                t.verifiedEntryProof(),
                t.asset(),
                t.attempt(),
                t.expiry(),
                t.salt());
        caughtBy(Topic.EXECUTION_TICKET);
    }

    @Test
    void a_capture_that_was_announced_afterwards_is_refused() {
        sample.announcedFirst = false;
        caughtBy(Topic.MANIFEST, Topic.COURSE);
    }

    @Test
    void a_manifest_under_a_foreign_key_is_refused() {
        sample.manifestSigner = sample.statementKey;
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_manifest_of_another_order_is_refused() {
        sample.manifest = m -> change(m, OTHER, m.asset(), m.recipients());
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_copy_of_the_neighbour_is_refused() {
        sample.manifest = m -> change(m, m.orderDigest(), NEIGHBOUR, m.recipients());
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_copy_sealed_to_other_recipients_is_refused() {
        sample.manifest = m -> change(m, m.orderDigest(), m.asset(), List.of(OTHER));
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_manifest_that_says_of_a_signed_order_that_it_came_on_paper_is_refused() {
        Assurance paper = Assurance.of(true, true, true);
        sample.manifest = m -> change(m, m.orderDigest(), m.asset(), m.recipients(), Optional.of(paper));
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_manifest_that_does_not_say_how_the_order_was_known_to_be_genuine_is_refused() {
        sample.manifest = m -> change(m, m.orderDigest(), m.asset(), m.recipients(), Optional.empty());
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void an_acknowledgement_of_another_manifest_is_refused() {
        sample.acknowledgement = a -> new Acknowledgement(a.v(), a.type(), a.orderId(), OTHER, a.at(), a.salt());
        caughtBy(Topic.ACKNOWLEDGEMENT);
    }

    @Test
    void an_acknowledgement_for_another_order_is_refused() {
        sample.acknowledgement =
                a -> new Acknowledgement(a.v(), a.type(), new UUID(1, 1), a.manifestDigest(), a.at(), a.salt());
        caughtBy(Topic.ACKNOWLEDGEMENT);
    }

    @Test
    void an_acknowledgement_by_the_hoster_is_refused() {
        sample.acknowledgementSigner = sample.officer1;
        caughtBy(Topic.ACKNOWLEDGEMENT);
    }

    static ApprovalStatement ofAnotherOrder(ApprovalStatement s) {
        return new ApprovalStatement(
                s.v(),
                s.type(),
                OTHER,
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                s.diskIds(),
                s.configurationHash(),
                s.recipients(),
                s.captureMemory(),
                s.decision(),
                s.reason(),
                s.officer(),
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
    }

    /** Under the first officer's number, for one who signs with the first officer's key. */
    static ApprovalStatement byTheFirstOfficer(ApprovalStatement statement) {
        return change(statement, "O-1", statement.asset(), statement.recipients());
    }

    static ApprovalStatement change(ApprovalStatement s, String officer, LocatedAsset asset, List<Digest> recipients) {
        return new ApprovalStatement(
                s.v(),
                s.type(),
                s.orderDigest(),
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                asset,
                s.diskIds(),
                s.configurationHash(),
                recipients,
                s.captureMemory(),
                s.decision(),
                s.reason(),
                officer,
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
    }

    private static Manifest change(Manifest m, Digest order, LocatedAsset asset, List<Digest> recipients) {
        return change(m, order, asset, recipients, m.assurance());
    }

    private static Manifest change(
            Manifest m, Digest order, LocatedAsset asset, List<Digest> recipients, Optional<Assurance> assurance) {
        return new Manifest(
                m.v(),
                m.type(),
                m.orderId(),
                order,
                m.approvals(),
                m.attempt(),
                m.intentLeaf(),
                m.ticketDigest(),
                asset,
                m.custody(),
                m.configurationBefore(),
                m.configurationAfter(),
                m.pointInTime(),
                m.finishedAt(),
                m.ageRecipient(),
                recipients,
                m.disks(),
                m.tools(),
                m.observations(),
                assurance,
                m.salt());
    }
}
