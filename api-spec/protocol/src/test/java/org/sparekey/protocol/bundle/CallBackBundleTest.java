// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Urgency;

/** What a verifier makes of proof 4. */
class CallBackBundleTest {

    private final SampleCase sample = new SampleCase();

    @Test
    void a_call_back_that_entries_prove_is_shown_with_the_officer_who_called() {
        sample.calls = 1;
        sample.calledBack = true;
        Verification verification = verify();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(of(verification).status()).isEqualTo(Check.Status.PASS);
        assertThat(of(verification).detail().finding()).isEqualTo(Finding.CALLED_BACK);
    }

    @Test
    void a_call_back_signed_by_the_issuer_is_refused() {
        sample.calls = 1;
        sample.caller = sample.prosecutor;
        refused();
    }

    @Test
    void a_code_that_was_never_given_out_is_refused() {
        sample.calls = 1;
        sample.codeGiven = false;
        refused();
    }

    @Test
    void a_call_about_another_order_to_another_authority_or_with_another_code_is_refused() {
        sample.calls = 1;
        for (UnaryOperator<CallBackRecord> change : List.<UnaryOperator<CallBackRecord>>of(
                record -> with(record, Digest.sha256(new byte[0]), record.authority(), "7Q4F-2KX9-ABCD-EFGH"),
                record -> with(record, record.orderDigest(), "politie-elders", "7Q4F-2KX9-ABCD-EFGH"),
                record -> with(record, record.orderDigest(), record.authority(), "7Q4F-2KX9-ABCD-EFGJ"))) {
            sample.call = change;
            refused();
        }
    }

    @Test
    void one_officer_may_have_secured_an_emergency_that_was_called_back() {
        sample.securedByOne = true;
        sample.order = CallBackBundleTest::emergency;
        sample.calls = 1;
        assertThat(verify().overall()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void one_officer_alone_is_not_enough_without_the_call_or_without_the_emergency() {
        sample.securedByOne = true;
        sample.order = CallBackBundleTest::emergency;
        assertThat(verify().overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        sample.order = UnaryOperator.identity();
        sample.calls = 1;
        assertThat(verify().overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    @Test
    void a_paper_order_stands_on_another_officers_call_and_says_so() {
        sample.orderSigner = sample.officer1;
        sample.calls = 1;
        sample.caller = sample.officer2;
        sample.call = record -> heardBy(record, "O-2");
        sample.calledInReview = false;
        Verification verification = verify();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks().stream().map(check -> check.detail().finding()))
                .contains(Finding.PAPER_CALLED_BACK);
    }

    @Test
    void a_paper_order_that_was_called_back_only_after_it_was_looked_up_is_not_authentic() {
        sample.orderSigner = sample.officer1;
        sample.calls = 1;
        sample.caller = sample.officer2;
        sample.call = record -> heardBy(record, "O-2");
        assertThat(verify().overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(verify().checks().stream().map(check -> check.detail().finding()))
                .contains(Finding.PAPER_NOT_CALLED_BACK);
    }

    @Test
    void a_paper_order_that_nobody_or_only_its_typist_called_about_is_not_authentic() {
        sample.orderSigner = sample.officer1;
        assertThat(verify().overall()).isEqualTo(Verification.INCOMPLETE);
        sample.calls = 1;
        sample.calledInReview = false;
        assertThat(verify().overall()).isEqualTo(Verification.INCOMPLETE);
    }

    @Test
    void a_denial_is_said_and_what_went_on_all_the_same_is_not_authentic() {
        sample.calls = 1;
        sample.call = CallBackBundleTest::denied;
        refused();
        assertThat(of(verify()).detail().finding()).isEqualTo(Finding.CALL_BACK_DENIED_IN_VAIN);

        sample.refusedFirst = true;
        assertThat(of(verify()).detail().finding()).isEqualTo(Finding.CALL_BACK_DENIED);
    }

    @Test
    void what_the_law_wants_called_back_and_nobody_called_about_is_incomplete_where_the_trust_file_asks() {
        assertThat(verify().overall()).isEqualTo(Verification.AUTHENTIC);

        sample.callBackPolicy = Optional.of(TrustFile.POLICY_REQUIRED);

        assertThat(verify().overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verify()).detail().finding()).isEqualTo(Finding.CARRIED_OUT_UNCALLED);
        sample.calls = 1;
        assertThat(verify().overall()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void a_call_that_was_made_when_the_copy_was_already_given_is_none() {
        sample.callBackPolicy = Optional.of(TrustFile.POLICY_REQUIRED);
        sample.calls = 1;
        sample.call = record -> at(record, SampleCase.at(50));
        sample.calledAfterwards = true;

        assertThat(verify().overall()).isNotEqualTo(Verification.AUTHENTIC);
        assertThat(of(verify()).status()).isNotEqualTo(Check.Status.PASS);
    }

    @Test
    void what_was_taken_off_the_net_without_a_call_is_judged_by_its_row_alone() {
        sample.callBackPolicy = Optional.of(TrustFile.POLICY_REQUIRED);
        sample.state = "isolated";
        sample.isolatedBy = Optional.of(2);

        assertThat(of(verify()).status()).isEqualTo(Check.Status.MISSING);
        sample.calls = 1;
        assertThat(of(verify()).status()).isEqualTo(Check.Status.PASS);
    }

    private static CallBackRecord at(CallBackRecord record, Instant at) {
        return new CallBackRecord(
                record.v(),
                record.type(),
                record.orderDigest(),
                record.subject(),
                record.authority(),
                record.number(),
                record.outcome(),
                record.code(),
                record.officer(),
                at,
                record.salt());
    }

    private void refused() {
        Verification verification = verify();
        assertThat(of(verification).status()).isEqualTo(Check.Status.FAIL);
        assertThat(verification.overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    private Verification verify() {
        try {
            return BundleVerifier.verify(sample.zip(), Optional.of(sample.trust()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Check of(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.topic() == Topic.CALL_BACK)
                .findFirst()
                .orElseThrow();
    }

    private static CallBackRecord with(CallBackRecord record, Digest order, String authority, String code) {
        return new CallBackRecord(
                record.v(),
                record.type(),
                order,
                CallBackSubject.ISSUER,
                authority,
                record.number(),
                record.outcome(),
                Optional.of(code),
                record.officer(),
                record.at(),
                record.salt());
    }

    private static CallBackRecord denied(CallBackRecord record) {
        return new CallBackRecord(
                record.v(),
                record.type(),
                record.orderDigest(),
                record.subject(),
                record.authority(),
                record.number(),
                CallBackOutcome.DENIED,
                Optional.empty(),
                record.officer(),
                record.at(),
                record.salt());
    }

    private static CallBackRecord heardBy(CallBackRecord record, String officer) {
        return new CallBackRecord(
                record.v(),
                record.type(),
                record.orderDigest(),
                record.subject(),
                record.authority(),
                record.number(),
                record.outcome(),
                record.code(),
                officer,
                record.at(),
                record.salt());
    }

    static OrderDocument emergency(OrderDocument order) {
        return new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                order.kind(),
                order.addressee(),
                order.legalBasis(),
                order.issuer(),
                order.validator(),
                order.caseRef(),
                order.target(),
                order.scope(),
                Urgency.EMERGENCY,
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                order.parentOrder(),
                order.documents(),
                order.salt());
    }
}
