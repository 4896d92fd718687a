// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.key.SigningKey;

/** The second yes of a small hoster: what the offline verifier says of it, and what it does not believe. */
class SecondPersonAttackTest extends Attack {

    private final SigningKey outsider = sample.hoster.issue("C-1");

    private void coApproved() {
        sample.coApprovers.add("C-1", outsider);
        sample.secondSigner = outsider;
        sample.second = statement -> numbered(statement, "C-1");
    }

    @Test
    void an_officer_and_an_outside_co_approver_are_two_and_the_verifier_says_who_was_what() {
        coApproved();

        Verification verification = verify(sample.zip());

        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        Sentence said = verification.checks().stream()
                .filter(check -> check.topic() == Topic.SECOND_PERSON)
                .map(Check::detail)
                .findFirst()
                .orElseThrow();
        assertThat(Wording.in(Language.EN).finding(said))
                .contains("C-1 of raadsman-voorbeeld")
                .contains("outside co-approver");
        assertThat(Wording.in(Language.NL).finding(said))
                .contains("C-1 van raadsman-voorbeeld")
                .contains("externe medebeslisser");
    }

    @Test
    void of_two_officers_nothing_is_said_of_a_second_person() {
        assertThat(of(verify(sample.zip()), Check.Status.PASS)).doesNotContain(Topic.SECOND_PERSON);
    }

    @Test
    void a_co_approver_whom_the_trust_file_does_not_have_is_nobody() {
        coApproved();
        byte[] zip = sample.zip();
        sample.coApprovers.forget();

        assertThat(failed(zip)).contains(Topic.APPROVALS);
    }

    @Test
    void a_co_approver_of_the_issuing_authority_does_not_count() {
        coApproved();
        sample.coApprovers.party = SampleCase.AUTHORITY;

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_co_approver_whom_the_log_knows_as_something_else_does_not_count() {
        coApproved();
        sample.coApprovers.role = "INVESTIGATOR";

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_co_approver_who_was_the_first_to_say_yes_does_not_count() {
        coApproved();
        sample.secondFirst = true;

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void two_co_approvers_without_an_officer_are_not_two() {
        coApproved();
        sample.firstSigner = sample.hoster.issue("C-2");
        sample.coApprovers.add("C-2", sample.firstSigner);
        sample.first = statement -> numbered(statement, "C-2");

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_co_approver_does_not_let_go_what_the_officer_only_kept() {
        coApproved();
        sample.first = statement -> deciding(statement, Decision.SECURE);

        caughtFirstBy(Topic.APPROVALS);
    }

    private static ApprovalStatement numbered(ApprovalStatement statement, String number) {
        return of(statement, statement.decision(), number);
    }

    private static ApprovalStatement deciding(ApprovalStatement statement, Decision decision) {
        return of(statement, decision, statement.officer());
    }

    private static ApprovalStatement of(ApprovalStatement s, Decision decision, String officer) {
        return new ApprovalStatement(
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
                decision,
                s.reason(),
                officer,
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
    }
}
