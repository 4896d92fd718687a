// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.approval.RefusalGround;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/** The gateway lies in one word of its log and signs everything else as it should. */
class ClaimAttackTest extends Attack {

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("order.submitted", "kind", "TAKE_DOWN"),
                Arguments.of("order.submitted", "authenticity", "PAPER"),
                Arguments.of("order.verified", "matrix", "nl-eu-1999-01-01"),
                Arguments.of("order.verified", "row", "NL-126na"),
                Arguments.of("order.verified", "verdict", "CONTENT=DENY(WRONG_ROLE)"),
                Arguments.of("order.held", "row", "NL-126na"),
                Arguments.of("order.located", "grade", "PROBABLE"),
                Arguments.of("order.executing", "attempt", "2"),
                Arguments.of("order.secured", "attempt", "2"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_word_of_the_log_that_the_documents_do_not_bear_out_is_refused(String entry, String name, String lie) {
        sample.otherwise = Map.of(entry, Map.of(name, lie));
        caughtBy(Topic.CLAIMS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CaseEntry.LOCATED,
                CaseEntry.BASIS,
                CaseEntry.APPROVAL,
                CaseEntry.CALLED_BACK,
                CaseEntry.REFUSAL_REASON,
                CaseEntry.OFFICER_RECORD
            })
    void whoever_leaves_out_what_a_claim_is_compared_with_is_not_believed(String type) {
        sample.calls = 1;
        if (type.equals(CaseEntry.BASIS)
                || type.equals(CaseEntry.REFUSAL_REASON)
                || type.equals(CaseEntry.OFFICER_RECORD)) {
            sample.inReview = Map.of(type, SampleCase.ascii("{}"));
        }
        SortedMap<String, byte[]> members = sample.members();
        String folder = members.entrySet().stream()
                .filter(member -> member.getKey().matches("log/\\d+/entry")
                        && new String(member.getValue(), StandardCharsets.UTF_8).contains('"' + type + '"'))
                .map(member -> member.getKey().replace("/entry", ""))
                .findFirst()
                .orElseThrow();
        members.remove(folder + "/opening");
        members.remove(folder + "/payload");
        Verification verification = verify(sample.zip(members));
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.CLAIMS);
    }

    @Test
    void other_revocation_lists_than_the_verdict_rested_on_are_refused() {
        sample.otherwise = Map.of(CaseEntry.VERIFIED, Map.of(CaseEntry.REVOCATION, OTHER.base64url()));
        assertThat(failed(sample.zip())).contains(Topic.ORDER_SIGNATURE, Topic.VALIDATOR_SIGNATURE);
    }

    @Test
    void a_refusal_that_the_log_calls_a_release_is_seen() {
        sample.refusedBefore = true;
        sample.otherwise = Map.of(CaseEntry.APPROVAL, Map.of(CaseEntry.DECISION, Decision.RELEASE.name()));
        assertThat(failed(sample.zip())).contains(Topic.CLAIMS);
    }

    @Test
    void a_call_back_that_the_log_says_was_of_somebody_else_is_refused() {
        sample.calls = 1;
        sample.calledBack = true;
        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);
        sample.otherwise = Map.of(CaseEntry.CALLED_BACK, Map.of(CaseEntry.OUTCOME, "DENIED"));
        caughtBy(Topic.CLAIMS);
        sample.otherwise = Map.of(CaseEntry.CALLED_BACK, Map.of(CaseEntry.SUBJECT, "VALIDATOR"));
        caughtBy(Topic.CLAIMS);
    }

    @Test
    void the_gateways_own_words_about_another_order_are_refused() {
        for (OwnWords words : List.of(
                new OwnWords(1, "order.review", SampleCase.ORDER, OTHER, Map.of()),
                new OwnWords(1, "order.review", new UUID(1, 1), digest(), Map.of()),
                new OwnWords(1, "order.held", SampleCase.ORDER, digest(), Map.of()),
                new OwnWords(1, "order.review", SampleCase.ORDER, digest(), Map.of("ground", "another")))) {
            sample.payloads = Map.of(CaseEntry.REVIEW, Wire.write(words));
            caughtBy(Topic.CLAIMS);
        }
    }

    @Test
    void officers_who_signed_for_another_machine_than_was_located_are_noticed() {
        LocatedAsset other = new LocatedAsset("ams1", "other", "102", "vps-2", "ten-2", Optional.empty());
        sample.payloads = Map.of(CaseEntry.LOCATED, Wire.write(Map.of("grade", "MATCHED", "asset", other)));
        caughtBy(Topic.CLAIMS);
    }

    @Test
    void officers_who_were_shown_something_else_than_they_signed_are_noticed() {
        ApprovalStatement signed =
                SampleRecords.statement(SampleCase.parse(order()), OTHER, "O-1", Decision.RELEASE, 10);
        ApprovalBasis shown = new ApprovalBasis(
                signed.orderDigest(),
                signed.verifiedLeaf(),
                signed.matrixRow(),
                signed.matrixVersion(),
                signed.asset(),
                signed.diskIds(),
                signed.configurationHash(),
                List.of(OTHER),
                false);
        sample.inReview = Map.of(CaseEntry.BASIS, Wire.write(shown));
        caughtBy(Topic.CLAIMS);
    }

    @Test
    void an_officers_ground_and_an_officers_record_are_what_he_wrote() {
        RefusalReason reason = new RefusalReason(
                1, RefusalReason.TYPE, RefusalGround.values()[0], "for this reason", SampleCase.salt(1));
        sample.inReview = Map.of(CaseEntry.REFUSAL_REASON, Wire.write(reason));
        sample.otherwise = Map.of(
                CaseEntry.REFUSAL_REASON,
                Map.of(CaseEntry.GROUND, reason.ground().code()));
        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);
        sample.otherwise = Map.of(CaseEntry.REFUSAL_REASON, Map.of(CaseEntry.GROUND, RefusalGround.values()[1].code()));
        caughtBy(Topic.CLAIMS);

        OfficerRecord effort = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                OfficerRecord.What.EFFORT,
                Optional.empty(),
                Optional.of(5),
                Optional.empty(),
                Optional.empty(),
                "five minutes");
        sample.inReview = Map.of(CaseEntry.OFFICER_RECORD, Wire.write(effort));
        sample.otherwise = Map.of(CaseEntry.OFFICER_RECORD, Map.of(CaseEntry.WHAT, "EFFORT"));
        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);
        sample.otherwise = Map.of(CaseEntry.OFFICER_RECORD, Map.of(CaseEntry.WHAT, "MAY_INFORM"));
        caughtBy(Topic.CLAIMS);
    }

    @Test
    void a_judges_document_that_was_entered_after_the_fact_does_not_authorise() {
        sample.validatedAfterwards = true;
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
        assertThat(of(verification, Check.Status.MISSING)).contains(Topic.VALIDATOR_SIGNATURE, Topic.LEGAL_BASIS);
    }

    @Test
    void nothing_goes_on_after_a_withdrawal_a_refusal_or_an_end_of_the_hold() {
        for (String end : List.of("order.expired", "order.failed", "order.refused", "order.review")) {
            sample.beforeRelease = List.of(end);
            assertThat(failed(sample.zip())).as(end).contains(Topic.COURSE);
        }
    }

    @Test
    void a_withdrawal_is_the_word_of_whoever_ordered_and_nothing_is_released_after_it() {
        sample.beforeRelease = List.of("order.withdrawn");
        sample.payloads = Map.of("order.withdrawn", withdrawal(SampleCase.ORDER, OrderKind.WITHDRAWAL));
        caughtBy(Topic.COURSE);
        sample.payloads = Map.of("order.withdrawn", withdrawal(new UUID(1, 1), OrderKind.WITHDRAWAL));
        caughtBy(Topic.COURSE, Topic.CLAIMS);
        sample.payloads = Map.of("order.withdrawn", withdrawal(SampleCase.ORDER, OrderKind.EXTENSION));
        caughtBy(Topic.COURSE, Topic.CLAIMS);
        sample.payloads = Map.of("order.withdrawn", order());
        caughtBy(Topic.COURSE, Topic.CLAIMS);
    }

    @Test
    void a_withdrawal_that_an_unknown_key_signed_cannot_be_judged_and_one_by_another_authority_is_refused() {
        sample.beforeRelease = List.of("order.withdrawn");
        OrderDocument said = withdrawn(SampleCase.ORDER, OrderKind.WITHDRAWAL);
        sample.payloads = Map.of(
                "order.withdrawn",
                SampleCase.sign(OrderDocument.TYPE, said, sample.police.issue("P-9"), SampleCase.at(32)));
        assertThat(of(verify(sample.zip()), Check.Status.MISSING)).containsExactly(Topic.CLAIMS);
        sample.payloads =
                Map.of("order.withdrawn", SampleCase.sign(OrderDocument.TYPE, said, sample.judge, SampleCase.at(32)));
        caughtBy(Topic.COURSE, Topic.CLAIMS);
    }

    @Test
    void time_that_ran_backwards_within_a_case_is_noticed() {
        sample.availableAt = SampleCase.at(-3000);
        caughtBy(Topic.COURSE);
        sample.availableAt = SampleCase.at(-60);
        assertThat(verify(sample.zip()).overall()).isEqualTo(Verification.AUTHENTIC);
    }

    @Test
    void a_ticket_of_another_attempt_than_the_manifests_is_refused() {
        sample.ticket = t -> new ExecutionTicket(
                t.v(),
                t.type(),
                t.id(),
                t.order(),
                t.orderDigest(),
                t.approvals(),
                t.verifiedEntryProof(),
                t.asset(),
                2,
                t.expiry(),
                t.salt());
        sample.otherwise = Map.of(CaseEntry.EXECUTING, Map.of(CaseEntry.ATTEMPT, "2"));
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void a_copy_of_before_it_was_announced_or_finished_after_it_was_entered_is_refused() {
        sample.manifest = m -> change(m, SampleCase.at(-600), m.finishedAt(), m.configurationAfter(), m.observations());
        caughtBy(Topic.MANIFEST);
        sample.manifest = m -> change(m, m.pointInTime(), SampleCase.at(900), m.configurationAfter(), m.observations());
        caughtBy(Topic.MANIFEST);
    }

    @Test
    void whatever_a_genuine_manifest_admits_is_shown_to_whoever_reads_authentic() {
        sample.manifest = m -> change(
                m,
                m.pointInTime(),
                m.finishedAt(),
                OTHER,
                List.of(new IsolationObservation("stop-events", false, Map.of(), "Nothing could be seen.")));
        Verification verification = verify(sample.zip());
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks().stream()
                        .filter(check -> check.detail().finding() == Finding.NOT_AS_PROMISED)
                        .map(Check::status))
                .containsExactly(Check.Status.NOTE, Check.Status.NOTE);
    }

    private byte[] order() {
        return SampleCase.member(sample.members(), BundleMembers.ORDER);
    }

    private Digest digest() {
        return SampleCase.parse(order()).digest();
    }

    private byte[] withdrawal(UUID parent, OrderKind kind) {
        return SampleCase.sign(OrderDocument.TYPE, withdrawn(parent, kind), sample.prosecutor, SampleCase.at(32));
    }

    private OrderDocument withdrawn(UUID parent, OrderKind kind) {
        OrderDocument order = SampleRecords.order(SampleCase.GATEWAY);
        return new OrderDocument(
                order.v(),
                order.type(),
                new UUID(7, 7),
                kind,
                order.addressee(),
                order.legalBasis(),
                order.issuer(),
                Optional.empty(),
                order.caseRef(),
                order.target(),
                order.scope(),
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                Optional.of(parent),
                order.documents(),
                order.salt());
    }

    private static Manifest change(
            Manifest m, Instant at, Instant finished, Digest after, List<IsolationObservation> observations) {
        return new Manifest(
                m.v(),
                m.type(),
                m.orderId(),
                m.orderDigest(),
                m.approvals(),
                m.attempt(),
                m.intentLeaf(),
                m.ticketDigest(),
                m.asset(),
                m.custody(),
                m.configurationBefore(),
                after,
                at,
                finished,
                m.ageRecipient(),
                m.recipients(),
                m.disks(),
                m.tools(),
                observations,
                m.assurance(),
                m.salt());
    }
}
