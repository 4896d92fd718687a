// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/** Somebody in an absent officer's seat: what the offline verifier says of him, and what it does not believe. */
class DelegationAttackTest extends Attack {

    private static final Instant FROM = SampleCase.at(-50);
    private static final Instant UNTIL = SampleCase.at(3_600);

    private final SigningKey counsel = sample.hoster.issue("C-1");
    private final SigningKey peer = sample.hoster.issue("C-2");

    /** O-1 says yes, and C-1 in the seat of whoever signed this. */
    private void filled(byte[] delegation) {
        entered(delegation);
        sample.coApprovers.add("C-1", counsel);
        sample.secondSigner = counsel;
        sample.second = statement -> by(statement, "C-1", digest(delegation));
    }

    private void entered(byte[] delegation) {
        sample.inReview = Map.of(CaseEntry.DELEGATION, delegation);
        sample.otherwise = Map.of(
                CaseEntry.DELEGATION,
                Map.of(CaseEntry.DELEGATED, digest(delegation).base64url()));
    }

    @Test
    void an_officer_and_who_fills_the_others_seat_are_two_and_the_verifier_says_who_signed_for_whom() {
        byte[] delegation = given(sample.officer2, "O-2", FROM, UNTIL);
        filled(delegation);

        Verification verification = verify(sample.zip());

        assertThat(verification.overall()).as("%s", verification).isEqualTo(Verification.AUTHENTIC);
        Sentence said = verification.checks().stream()
                .filter(check -> check.topic() == Topic.SECOND_PERSON)
                .map(Check::detail)
                .findFirst()
                .orElseThrow();
        assertThat(Wording.in(Language.EN).finding(said))
                .contains(
                        "C-1 of raadsman-voorbeeld",
                        "as himself",
                        "officer O-2",
                        digest(delegation).toString());
        assertThat(Wording.in(Language.NL).finding(said))
                .contains("C-1 van raadsman-voorbeeld", "als zichzelf", "functionaris O-2");
    }

    @Test
    void who_fills_a_seat_leads_an_outside_co_approver() {
        byte[] delegation = given(sample.officer1, "O-1", FROM, UNTIL);
        entered(delegation);
        sample.coApprovers.add("C-1", counsel);
        sample.coApprovers.add("C-2", peer);
        sample.firstSigner = counsel;
        sample.first = statement -> by(statement, "C-1", digest(delegation));
        sample.secondSigner = peer;
        sample.second = statement -> of(statement, "C-2", Optional.empty());

        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void an_officer_and_his_own_delegate_are_not_two() {
        filled(given(sample.officer1, "O-1", FROM, UNTIL));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_forged_delegation_fills_no_seat() {
        filled(given(sample.hoster.issue("O-2"), "O-2", FROM, UNTIL));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegate_does_not_pass_on_what_he_was_given() {
        sample.coApprovers.add("C-2", peer);
        filled(given(peer, "O-2", FROM, UNTIL));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_that_is_over_fills_no_seat() {
        filled(given(sample.officer2, "O-2", FROM, SampleCase.at(11)));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_that_has_not_begun_fills_no_seat() {
        filled(given(sample.officer2, "O-2", SampleCase.at(30), UNTIL));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_for_another_gateway_fills_no_seat() {
        Delegation right = word("O-2", "C-1", FROM, UNTIL, List.of(Decision.RELEASE));
        filled(signed(
                sample.officer2,
                new Delegation(
                        right.v(),
                        right.type(),
                        "https://api.other.example:8443",
                        right.delegator(),
                        right.party(),
                        right.delegate(),
                        right.from(),
                        right.until(),
                        right.decisions(),
                        right.salt())));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_that_names_somebody_else_fills_no_seat() {
        filled(signed(sample.officer2, word("O-2", "C-2", FROM, UNTIL, List.of(Decision.RELEASE))));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_to_refuse_releases_nothing() {
        filled(signed(sample.officer2, word("O-2", "C-1", FROM, UNTIL, List.of(Decision.REFUSE))));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_by_an_officer_whose_key_was_revoked_before_fills_no_seat() {
        sample.officerRevoked = true;
        filled(given(sample.officer2, "O-2", FROM, UNTIL));

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_that_was_entered_afterwards_fills_no_seat() {
        byte[] delegation = given(sample.officer2, "O-2", FROM, UNTIL);
        filled(delegation);
        sample.inReview = Map.of();
        sample.beforeRelease = List.of(CaseEntry.DELEGATION);
        sample.payloads = Map.of(CaseEntry.DELEGATION, delegation);

        caughtFirstBy(Topic.APPROVALS);
    }

    @Test
    void a_delegation_whose_digest_in_the_log_is_anothers_is_not_believed() {
        filled(given(sample.officer2, "O-2", FROM, UNTIL));
        sample.otherwise = Map.of(CaseEntry.DELEGATION, Map.of(CaseEntry.DELEGATED, OTHER.base64url()));

        assertThat(failed(sample.zip())).contains(Topic.CLAIMS);
    }

    @Test
    void a_delegation_that_was_left_out_leaves_the_bundle_incomplete() {
        byte[] delegation = given(sample.officer2, "O-2", FROM, UNTIL);
        filled(delegation);

        Verification verification = verify(sample.zip(without(delegation)));

        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.APPROVALS);
    }

    @Test
    void an_approval_is_judged_by_the_delegation_that_it_names_whatever_became_of_others() {
        byte[] others = given(sample.officer1, "O-1", FROM, UNTIL);
        byte[] named = given(sample.officer2, "O-2", FROM, UNTIL);
        filled(named);
        sample.inReview = Map.of();
        sample.otherwise = Map.of();
        sample.whileReviewed = (log, order) -> List.of(others, named)
                .forEach(each -> log.append(
                        CaseEntry.DELEGATION,
                        SampleCase.at(6),
                        each,
                        Map.of(CaseEntry.DELEGATED, digest(each).base64url())));
        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);

        Verification verification = verify(sample.zip(without(others)));

        assertThat(of(verification, Check.Status.PASS)).contains(Topic.APPROVALS);
        assertThat(of(verification, Check.Status.MISSING))
                .as("nothing bears out what the other one's entry says in clear")
                .contains(Topic.CLAIMS)
                .doesNotContain(Topic.APPROVALS);
    }

    private SortedMap<String, byte[]> without(byte[] delegation) {
        SortedMap<String, byte[]> members = sample.members();
        String payload = members.entrySet().stream()
                .filter(member -> java.util.Arrays.equals(member.getValue(), delegation))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        members.remove(payload);
        members.remove(payload.replace(BundleMembers.PAYLOAD, BundleMembers.OPENING));
        return members;
    }

    private byte[] given(SigningKey key, String officer, Instant from, Instant until) {
        return signed(key, word(officer, "C-1", from, until, List.of(Decision.SECURE, Decision.RELEASE)));
    }

    private static byte[] signed(SigningKey key, Delegation said) {
        return SampleCase.ascii(SignedDocument.sign(Delegation.TYPE, Wire.write(said), key, SampleCase.at(-60))
                .compact());
    }

    private static Delegation word(
            String officer, String delegate, Instant from, Instant until, List<Decision> decisions) {
        return new Delegation(
                Delegation.VERSION,
                Delegation.TYPE,
                SampleCase.GATEWAY,
                officer,
                "raadsman-voorbeeld",
                delegate,
                from,
                until,
                decisions,
                SampleCase.salt(11));
    }

    private static Digest digest(byte[] delegation) {
        return SampleCase.parse(delegation).digest();
    }

    private static ApprovalStatement by(ApprovalStatement statement, String number, Digest delegation) {
        return of(statement, number, Optional.of(delegation));
    }

    private static ApprovalStatement of(ApprovalStatement s, String number, Optional<Digest> delegation) {
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
                s.copy(),
                s.decision(),
                s.reason(),
                number,
                delegation,
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
    }
}
