// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorDocument;
import org.sparekey.protocol.tree.NoteSigner;

/** Attacks on the log, the order and its legal ground. */
class OrderAttackTest extends Attack {

    @Test
    void a_bundle_signed_by_another_of_the_gateways_keys_is_refused() {
        sample.bundleSigner = sample.statementKey;
        caughtBy(Topic.BUNDLE_SIGNATURE);
    }

    @Test
    void an_entry_in_a_tree_that_a_foreign_log_key_signed_is_refused() {
        sample.logSigner =
                new NoteSigner(SampleLog.ORIGIN, Digest.sha256(new byte[] {1}).array());
        assertThat(failed(sample.zip())).contains(Topic.LOG_ENTRIES);
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
        assertThat(failed(sample.zip(members))).contains(Topic.CASE_SEQUENCE);
    }

    @Test
    void a_payload_that_the_commitment_does_not_open_to_is_refused() {
        SortedMap<String, byte[]> members = sample.members();
        members.put("log/0005/payload", SampleCase.ascii("{\"verified\":true}"));
        assertThat(failed(sample.zip(members))).containsExactly(Topic.COMMITMENTS);
    }

    @Test
    void an_order_signed_by_a_key_that_nobody_enrolled_is_refused() {
        sample.orderSigner = sample.police.issue("P-1");
        caughtBy(Topic.ORDER_SIGNATURE);
    }

    @Test
    void an_order_signed_by_another_person_of_the_same_authority_is_refused() {
        sample.orderSigner = sample.investigator;
        caughtBy(Topic.ORDER_SIGNATURE);
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
        caughtBy(Topic.LEGAL_BASIS);
    }

    @Test
    void an_order_whose_signer_was_revoked_before_it_came_is_refused() {
        sample.police.revoke(sample.prosecutor);
        caughtBy(Topic.ORDER_SIGNATURE);
    }

    @Test
    void an_order_without_a_revocation_list_of_its_day_cannot_be_judged() {
        sample.crlIssued = SampleCase.START.minus(Duration.ofDays(40));
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING))
                .contains(Topic.ORDER_SIGNATURE, Topic.VALIDATOR_SIGNATURE, Topic.LEGAL_BASIS);
    }

    @Test
    void a_list_that_the_log_names_and_nobody_encloses_is_missing_and_another_is_refused() {
        SortedMap<String, byte[]> fewer = sample.members();
        fewer.remove(BundleMembers.REVOCATION + "1.crl");
        assertThat(verify(sample.zip(fewer)).overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verify(sample.zip(fewer)), Check.Status.MISSING)).contains(Topic.ORDER_SIGNATURE);

        SortedMap<String, byte[]> more = sample.members();
        more.put(BundleMembers.REVOCATION + "2.crl", sample.police.crl(SampleCase.START.minus(Duration.ofDays(2))));
        assertThat(failed(sample.zip(more))).contains(Topic.ORDER_SIGNATURE, Topic.VALIDATOR_SIGNATURE);
    }

    @Test
    void a_matrix_with_a_row_of_its_own_making_is_refused() {
        SortedMap<String, byte[]> members = sample.members();
        String matrix = new String(Matrix.packagedBytes(), StandardCharsets.UTF_8);
        members.put(
                BundleMembers.MATRIX, matrix.replace("\"INVESTIGATOR\", ", "").getBytes(StandardCharsets.UTF_8));
        assertThat(failed(sample.zip(members))).containsExactly(Topic.LEGAL_BASIS);
    }

    @Test
    void a_judges_authorisation_of_another_order_is_refused() {
        sample.validator =
                v -> new ValidatorDocument(v.v(), v.type(), OTHER, v.role(), v.reference(), v.at(), v.salt());
        caughtBy(Topic.VALIDATOR_SIGNATURE);
    }

    @Test
    void a_judges_authorisation_signed_by_the_prosecutor_is_refused() {
        sample.validatorSigner = sample.prosecutor;
        caughtBy(Topic.VALIDATOR_SIGNATURE);
    }

    @Test
    void keys_that_the_log_never_enrolled_leave_the_bundle_incomplete() {
        sample.withKeyEntries = false;
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.ORDER_SIGNATURE, Topic.APPROVALS);
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
}
