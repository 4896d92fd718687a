// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.tree.NoteSigner;

/**
 * Everything but one thing is right, and the gateway itself signed the bundle: exactly the named check must catch it.
 * "Removed" is missing, "forged" fails.
 */
class BundleAttackTest {

    private static final Digest OTHER = SampleCase.digest("something else");
    private static final LocatedAsset NEIGHBOUR = new LocatedAsset(
            "ams1", "00000000-0000-4000-8000-000000000102", "102", "vps-2", "ten-2", Optional.of("node1"));

    private final SampleCase sample = new SampleCase();

    @Test
    void a_bundle_signed_by_another_of_the_gateways_keys_is_refused() {
        sample.bundleSigner = sample.statementKey;
        caughtBy("signature of the bundle");
    }

    @Test
    void an_entry_in_a_tree_that_a_foreign_log_key_signed_is_refused() {
        sample.logSigner =
                new NoteSigner(SampleLog.ORIGIN, Digest.sha256(new byte[] {1}).array());
        assertThat(failed(sample.zip())).contains("log entries");
    }

    @Test
    void an_entry_left_out_in_the_middle_of_the_case_is_noticed() {
        SortedMap<String, byte[]> members = sample.members();
        int last = members.keySet().stream()
                        .filter(name -> name.startsWith(BundleMembers.CASE_ENTRIES) && name.endsWith("/entry"))
                        .toList()
                        .size()
                - 1;
        for (String part : List.of("/entry", "/proof", "/opening", "/payload")) {
            for (int i = 2; i < last; i++) {
                members.put(
                        BundleMembers.folder("log/", i) + part,
                        members.getOrDefault(BundleMembers.folder("log/", i + 1) + part, new byte[0]));
            }
            members.remove(BundleMembers.folder("log/", last) + part);
        }
        assertThat(failed(sample.zip(members))).contains("sequence of the case");
    }

    @Test
    void a_payload_that_the_commitment_does_not_open_to_is_refused() {
        SortedMap<String, byte[]> members = sample.members();
        members.put("log/0001/payload", SampleCase.ascii("{\"verified\":true}"));
        assertThat(failed(sample.zip(members))).containsExactly("commitments");
    }

    @Test
    void an_order_signed_by_a_key_that_nobody_enrolled_is_refused() {
        sample.orderSigner = sample.police.issue("P-1");
        caughtBy("signature of the order");
    }

    @Test
    void an_order_signed_by_another_person_of_the_same_authority_is_refused() {
        sample.orderSigner = sample.investigator;
        caughtBy("signature of the order");
    }

    @Test
    void an_order_to_another_hoster_is_refused() {
        sample.order = order -> new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                order.kind(),
                new Addressee(
                        "Anders B.V.",
                        order.addressee().gatewayOrigin(),
                        order.addressee().capacity()),
                order.legalBasis(),
                order.issuer(),
                order.validator(),
                order.caseRef(),
                order.target(),
                order.scope(),
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                order.parentOrder(),
                order.documents(),
                order.salt());
        caughtBy("legal basis");
    }

    @Test
    void an_order_whose_signer_was_revoked_before_it_came_is_refused() {
        sample.police.revoke(sample.prosecutor);
        caughtBy("signature of the order");
    }

    @Test
    void an_order_without_a_revocation_list_of_its_day_cannot_be_judged() {
        sample.crlIssued = SampleCase.START.minus(Duration.ofDays(40));
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING))
                .contains("signature of the order", "signature of the validator", "legal basis");
    }

    @Test
    void a_matrix_with_a_row_of_its_own_making_is_refused() {
        SortedMap<String, byte[]> members = sample.members();
        String matrix = new String(Matrix.packagedBytes(), StandardCharsets.UTF_8);
        members.put(
                BundleMembers.MATRIX, matrix.replace("\"INVESTIGATOR\", ", "").getBytes(StandardCharsets.UTF_8));
        assertThat(failed(sample.zip(members))).containsExactly("legal basis");
    }

    @Test
    void a_judges_authorisation_of_another_order_is_refused() {
        sample.validator =
                v -> new ValidatorDocument(v.v(), v.type(), OTHER, v.role(), v.reference(), v.at(), v.salt());
        caughtBy("signature of the validator");
    }

    @Test
    void a_judges_authorisation_signed_by_the_prosecutor_is_refused() {
        sample.validatorSigner = sample.prosecutor;
        caughtBy("signature of the validator");
    }

    @Test
    void an_approval_signed_by_an_unenrolled_key_is_refused() {
        sample.secondSigner = sample.hoster.issue("O-2");
        caughtFirstBy("two approvals");
    }

    @Test
    void one_officer_who_signs_twice_is_one_officer() {
        sample.secondSigner = sample.officer1;
        sample.second = statement -> change(statement, "O-1", statement.asset(), statement.recipients());
        caughtFirstBy("two approvals");
    }

    @Test
    void an_approval_of_another_order_is_refused() {
        sample.second = s -> new ApprovalStatement(
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
        caughtFirstBy("two approvals");
    }

    @Test
    void an_approval_of_another_asset_is_refused() {
        sample.second = statement -> change(statement, "O-2", NEIGHBOUR, statement.recipients());
        caughtFirstBy("two approvals");
    }

    @Test
    void an_approval_for_other_recipients_is_refused() {
        sample.second = statement -> change(statement, "O-2", statement.asset(), List.of(OTHER));
        caughtFirstBy("two approvals");
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
        caughtFirstBy("two approvals");
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
        caughtBy("execution ticket");
    }

    @Test
    void a_ticket_that_the_statement_key_did_not_sign_is_refused() {
        sample.ticketSigner = sample.officer1;
        caughtBy("execution ticket");
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
        caughtBy("execution ticket");
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
        caughtBy("execution ticket");
    }

    @Test
    void a_capture_that_was_announced_afterwards_is_refused() {
        sample.announcedFirst = false;
        caughtBy("manifest");
    }

    @Test
    void a_manifest_under_a_foreign_key_is_refused() {
        sample.manifestSigner = sample.statementKey;
        caughtBy("manifest");
    }

    @Test
    void a_manifest_of_another_order_is_refused() {
        sample.manifest = m -> change(m, OTHER, m.asset(), m.recipients());
        caughtBy("manifest");
    }

    @Test
    void a_copy_of_the_neighbour_is_refused() {
        sample.manifest = m -> change(m, m.orderDigest(), NEIGHBOUR, m.recipients());
        caughtBy("manifest");
    }

    @Test
    void a_copy_sealed_to_other_recipients_is_refused() {
        sample.manifest = m -> change(m, m.orderDigest(), m.asset(), List.of(OTHER));
        caughtBy("manifest");
    }

    @Test
    void an_acknowledgement_of_another_manifest_is_refused() {
        sample.acknowledgement = a -> new Acknowledgement(a.v(), a.type(), a.orderId(), OTHER, a.at(), a.salt());
        caughtBy("acknowledgement");
    }

    @Test
    void an_acknowledgement_for_another_order_is_refused() {
        sample.acknowledgement =
                a -> new Acknowledgement(a.v(), a.type(), new UUID(1, 1), a.manifestDigest(), a.at(), a.salt());
        caughtBy("acknowledgement");
    }

    @Test
    void an_acknowledgement_by_the_hoster_is_refused() {
        sample.acknowledgementSigner = sample.officer1;
        caughtBy("acknowledgement");
    }

    @Test
    void keys_that_the_log_never_enrolled_leave_the_bundle_incomplete() {
        sample.withKeyEntries = false;
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).contains("signature of the order", "two approvals");
    }

    @Test
    void what_the_gateway_left_out_of_a_bundle_it_signed_is_missing() {
        for (String name : List.of(
                BundleMembers.ORDER,
                BundleMembers.VALIDATOR,
                BundleMembers.MATRIX,
                BundleMembers.REVOCATION + "0.crl",
                BundleMembers.approval(2),
                BundleMembers.TICKET,
                BundleMembers.MANIFEST,
                BundleMembers.ACKNOWLEDGEMENT,
                "log/0000/proof",
                "log/0000/opening",
                "keys/0000/proof")) {
            SortedMap<String, byte[]> members = sample.members();
            members.remove(name);
            assertThat(verify(sample.zip(members)).overall()).as(name).isEqualTo(Verification.INCOMPLETE);
        }
    }

    private void caughtBy(String check) {
        assertThat(failed(sample.zip())).containsExactly(check);
    }

    /** What rests on the forged part falls with it. */
    private void caughtFirstBy(String check) {
        assertThat(failed(sample.zip())).startsWith(check);
    }

    private List<String> failed(byte[] zip) {
        Verification verification = verify(zip);
        assertThat(verification.overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        return of(verification, Check.Status.FAIL);
    }

    private Verification verify(byte[] zip) {
        try {
            return BundleVerifier.verify(zip, Optional.of(sample.trust()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> of(Verification verification, Check.Status status) {
        return verification.checks().stream()
                .filter(check -> check.status() == status)
                .map(Check::about)
                .toList();
    }

    private static ApprovalStatement change(
            ApprovalStatement s, String officer, LocatedAsset asset, List<Digest> recipients) {
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
                m.salt());
    }
}
