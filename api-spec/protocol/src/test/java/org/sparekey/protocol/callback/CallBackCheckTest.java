// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** A call that was never made, or was made about something else, by somebody else, or with a guessed code. */
class CallBackCheckTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Digest ORDER = Digest.sha256(new byte[] {1});
    private static final Digest OTHER = Digest.sha256(new byte[] {2});
    private static final String CODE = "7Q4F-2KX9-ABCD-EFGH";

    private static final CallBackRecord CALLED = new CallBackRecord(
            1,
            CallBackRecord.TYPE,
            ORDER,
            CallBackSubject.ISSUER,
            "politie-voorbeeld",
            "+31 70 000 0000",
            CallBackOutcome.CONFIRMED,
            Optional.of(CODE),
            "o-1",
            AT,
            Bytes.of(new byte[32]));

    private final SigningKey key = TestKeys.p256();
    private EnrolledSigner officer = new EnrolledSigner(
            "hoster",
            "o-1",
            ApprovalCheck.OFFICER,
            key.keyId(),
            AT.minus(Duration.ofDays(1)),
            AT.plus(Duration.ofDays(1)),
            Optional.empty());

    @Test
    void an_officers_call_with_the_code_that_was_given_out_counts() {
        assertThat(fault(CALLED)).isEmpty();
    }

    @Test
    void a_call_signed_by_a_key_that_nobody_enrolled_does_not_count() {
        assertThat(CallBackCheck.check(signed(CALLED, key), CALLED, facts(AT), id -> Optional.empty()))
                .contains(CallBackFault.KEY_NOT_ENROLLED);
    }

    @Test
    void a_call_whose_record_was_altered_after_signing_does_not_count() throws MalformedException {
        String compact = signed(CALLED, key).compact();
        CallBackRecord denied = denied(CALLED);
        String forged = compact.split("\\.")[0] + "."
                + Bytes.of(Wire.write(denied)).base64url() + "." + compact.split("\\.")[2];

        assertThat(CallBackCheck.check(SignedDocument.parse(forged), denied, facts(AT), this::enrolled))
                .contains(CallBackFault.SIGNATURE_INVALID);
    }

    @Test
    void a_call_by_who_is_no_officer_or_in_another_officers_name_does_not_count() {
        assertThat(fault(record(CALLED.outcome(), CALLED.code(), "o-2"))).contains(CallBackFault.OTHER_OFFICER);
        officer = new EnrolledSigner(
                officer.party(),
                officer.person(),
                "OPERATOR",
                officer.keyId(),
                officer.from(),
                officer.until(),
                Optional.empty());
        assertThat(fault(CALLED)).contains(CallBackFault.NOT_AN_OFFICER);
    }

    @Test
    void a_call_by_an_officer_who_was_revoked_does_not_count() {
        officer = new EnrolledSigner(
                officer.party(),
                officer.person(),
                officer.role(),
                officer.keyId(),
                officer.from(),
                officer.until(),
                Optional.of(AT));
        assertThat(fault(CALLED)).contains(CallBackFault.KEY_NOT_IN_FORCE);
    }

    @Test
    void a_call_about_another_order_subject_or_authority_does_not_count() {
        Set<Digest> codes = Set.of(code().boundTo(ORDER, CallBackSubject.ISSUER));

        assertThat(fault(
                        CALLED, new CallBackCheck.Facts(OTHER, CallBackSubject.ISSUER, "politie-voorbeeld", codes, AT)))
                .contains(CallBackFault.OTHER_ORDER);
        assertThat(fault(
                        CALLED,
                        new CallBackCheck.Facts(ORDER, CallBackSubject.VALIDATOR, "politie-voorbeeld", codes, AT)))
                .contains(CallBackFault.OTHER_AUTHORITY);
        assertThat(fault(CALLED, new CallBackCheck.Facts(ORDER, CallBackSubject.ISSUER, "om-voorbeeld", codes, AT)))
                .contains(CallBackFault.OTHER_AUTHORITY);
    }

    @Test
    void a_guessed_code_and_one_given_out_for_something_else_do_not_count() {
        Set<Digest> others =
                Set.of(code().boundTo(ORDER, CallBackSubject.VALIDATOR), code().boundTo(OTHER, CallBackSubject.ISSUER));

        assertThat(fault(
                        CALLED,
                        new CallBackCheck.Facts(ORDER, CallBackSubject.ISSUER, "politie-voorbeeld", others, AT)))
                .contains(CallBackFault.WRONG_CODE);
        assertThat(fault(coded("7Q4F-2KX9-ABCD-EFGJ"))).contains(CallBackFault.WRONG_CODE);
        assertThat(fault(coded("no code"))).contains(CallBackFault.WRONG_CODE);
    }

    @Test
    void a_denial_needs_no_code() {
        assertThat(fault(denied(CALLED))).isEmpty();
    }

    @Test
    void a_call_that_is_yet_to_be_made_does_not_count() {
        Instant edge = AT.minus(ApprovalCheck.CLOCK_SKEW);

        assertThat(fault(CALLED, facts(edge))).isEmpty();
        assertThat(fault(CALLED, facts(edge.minusMillis(1)))).contains(CallBackFault.NOT_YET);
    }

    @Test
    void a_record_says_the_code_when_it_confirms_and_never_when_it_denies() {
        refuses(CALLED, "/code", Optional.empty());
        refuses(denied(CALLED), "/code", CODE);
        refuses(CALLED, "/v", 2);
        refuses(CALLED, "/type", "another");
        refuses(CALLED, "/salt", Bytes.of(new byte[31]));
        refuses(CALLED, "/number", " ");
        takes(CALLED, "/number", "1".repeat(200));
        refuses(CALLED, "/number", "1".repeat(201));
    }

    @Test
    void a_code_never_prints_itself_and_every_fault_has_words_of_its_own() {
        assertThat(code().toString()).isEqualTo("****");
        assertThat(new GivenCode("K7-EXAMPLE", CallBackSubject.ISSUER, CODE, AT).toString())
                .isEqualTo("GivenCode[K7-EXAMPLE ISSUER]");
        assertThat(Stream.of(CallBackFault.values()).map(CallBackFault::dutch))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Stream.of(CallBackFault.values()).map(CallBackFault::english))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(CallBackFault.WRONG_CODE.code()).isEqualTo("WRONG_CODE");
    }

    private Optional<CallBackFault> fault(CallBackRecord record) {
        return fault(record, facts(AT));
    }

    private Optional<CallBackFault> fault(CallBackRecord record, CallBackCheck.Facts facts) {
        return CallBackCheck.check(signed(record, key), record, facts, this::enrolled);
    }

    private static CallBackCheck.Facts facts(Instant at) {
        return new CallBackCheck.Facts(
                ORDER,
                CallBackSubject.ISSUER,
                "politie-voorbeeld",
                Set.of(code().boundTo(ORDER, CallBackSubject.ISSUER)),
                at);
    }

    private Optional<EnrolledSigner> enrolled(Digest id) {
        return id.equals(officer.keyId()) ? Optional.of(officer) : Optional.empty();
    }

    private static SignedDocument signed(CallBackRecord record, SigningKey by) {
        return SignedDocument.sign(CallBackRecord.TYPE, Wire.write(record), by, AT);
    }

    private static CallBackCode code() {
        try {
            return CallBackCode.parse(CODE);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static CallBackRecord coded(String code) {
        return record(CALLED.outcome(), Optional.of(code), CALLED.officer());
    }

    private static CallBackRecord denied(CallBackRecord of) {
        return record(CallBackOutcome.DENIED, Optional.empty(), of.officer());
    }

    private static CallBackRecord record(CallBackOutcome outcome, Optional<String> code, String officer) {
        return new CallBackRecord(
                CALLED.v(),
                CALLED.type(),
                CALLED.orderDigest(),
                CALLED.subject(),
                CALLED.authority(),
                CALLED.number(),
                outcome,
                code,
                officer,
                CALLED.at(),
                CALLED.salt());
    }
}
