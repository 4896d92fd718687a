// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.CallBackDecisions.Facts;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;

/** When enough was said on the telephone: both sides of every limit. */
class CallBackDecisionsTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant RESTED = RECEIVED.plus(CallBackDecisions.COOLING_OFF);
    private static final SigningKey KEY = TestCa.root(
                    "Hoster", URI.create("http://127.0.0.1:1/none.crl"), InstantSource.system(), new SecureRandom())
            .issue(Purpose.DOCUMENT, "officer");

    private static final CallBackRecord ONE = call("officer-1", CallBackSubject.ISSUER, CallBackOutcome.CONFIRMED);
    private static final CallBackRecord TWO = call("officer-2", CallBackSubject.ISSUER, CallBackOutcome.CONFIRMED);
    private static final CallBackRecord JUDGE = call("officer-1", CallBackSubject.VALIDATOR, CallBackOutcome.CONFIRMED);
    private static final CallBackRecord DENIED = call("officer-2", CallBackSubject.ISSUER, CallBackOutcome.DENIED);

    @Test
    void what_is_not_due_is_done_and_what_is_due_is_not_done_before_the_call() {
        assertThat(CallBackDecisions.done(facts(false, false, false, Urgency.NORMAL), List.of(), RECEIVED))
                .isTrue();
        assertThat(CallBackDecisions.done(facts(true, true, false, Urgency.NORMAL), List.of(), RECEIVED))
                .isFalse();
        assertThat(CallBackDecisions.done(facts(true, true, false, Urgency.NORMAL), List.of(ONE), RECEIVED))
                .isTrue();
    }

    @Test
    void whoever_denies_it_denies_it_for_all() {
        assertThat(CallBackDecisions.done(facts(true, true, false, Urgency.NORMAL), List.of(ONE, DENIED), RESTED))
                .isFalse();
    }

    @Test
    void where_the_judge_did_not_sign_he_says_it_too() {
        Facts facts = facts(true, true, true, Urgency.NORMAL);

        assertThat(CallBackDecisions.done(facts, List.of(ONE), RESTED)).isFalse();
        assertThat(CallBackDecisions.done(facts, List.of(JUDGE), RESTED)).isFalse();
        assertThat(CallBackDecisions.done(facts, List.of(ONE, JUDGE), RESTED)).isTrue();
    }

    @Test
    void a_first_order_rests_until_its_last_millisecond() {
        Facts facts = facts(true, false, false, Urgency.NORMAL);

        assertThat(CallBackDecisions.coolingOff(facts, List.of(ONE), RESTED.minusMillis(1)))
                .contains(RESTED);
        assertThat(CallBackDecisions.coolingOff(facts, List.of(ONE), RESTED)).isEmpty();
        assertThat(CallBackDecisions.done(facts, List.of(ONE, TWO), RESTED.minusMillis(1)))
                .isFalse();
        assertThat(CallBackDecisions.done(facts, List.of(ONE), RESTED)).isTrue();
        assertThat(CallBackDecisions.coolingOff(facts(false, false, false, Urgency.NORMAL), List.of(), RECEIVED))
                .isEmpty();
        assertThat(CallBackDecisions.coolingOff(facts(true, true, false, Urgency.NORMAL), List.of(), RECEIVED))
                .isEmpty();
    }

    @Test
    void only_a_second_officers_call_in_an_emergency_waives_the_rest() {
        Facts emergency = facts(true, false, false, Urgency.EMERGENCY);

        assertThat(CallBackDecisions.coolingOff(emergency, List.of(ONE), RECEIVED))
                .contains(RESTED);
        assertThat(CallBackDecisions.coolingOff(emergency, List.of(ONE, ONE), RECEIVED))
                .contains(RESTED);
        assertThat(CallBackDecisions.coolingOff(emergency, List.of(ONE, TWO), RECEIVED))
                .isEmpty();
        assertThat(CallBackDecisions.coolingOff(facts(true, false, false, Urgency.ORAL), List.of(ONE, TWO), RECEIVED))
                .contains(RESTED);
    }

    @Test
    void one_may_secure_in_an_emergency_that_was_called_back_and_not_otherwise() {
        assertThat(CallBackDecisions.oneMaySecure(facts(true, true, false, Urgency.EMERGENCY), List.of(ONE), RECEIVED))
                .isTrue();
        assertThat(CallBackDecisions.oneMaySecure(facts(true, true, false, Urgency.EMERGENCY), List.of(), RECEIVED))
                .isFalse();
        assertThat(CallBackDecisions.oneMaySecure(facts(true, true, false, Urgency.NORMAL), List.of(ONE), RECEIVED))
                .isFalse();
        assertThat(CallBackDecisions.oneMaySecure(facts(false, true, false, Urgency.EMERGENCY), List.of(ONE), RECEIVED))
                .isFalse();
    }

    @Test
    void an_earlier_order_makes_its_issuer_known_a_whole_day_after_the_call() {
        assertThat(known(stored(ONE, RECEIVED, RECEIVED), RESTED)).isTrue();
        assertThat(known(stored(ONE, RECEIVED, RECEIVED), RESTED.minusMillis(1)))
                .isFalse();
        assertThat(known(stored(ONE, RECEIVED.plusMillis(1), RECEIVED), RESTED)).isFalse();
        assertThat(known(stored(ONE, RECEIVED, RECEIVED.plusMillis(1)), RESTED)).isFalse();
        assertThat(known(stored(JUDGE, RECEIVED, RECEIVED), RESTED)).isFalse();
        assertThat(CallBackDecisions.makesKnown(
                        List.of(stored(ONE, RECEIVED, RECEIVED), stored(DENIED, RESTED, RESTED)),
                        RESTED.plus(Duration.ofDays(9))))
                .isFalse();
    }

    @Test
    void officers_are_counted_by_whom_they_called_and_what_they_heard() {
        assertThat(CallBackDecisions.officers(List.of(ONE, TWO, JUDGE, DENIED), CallBackSubject.ISSUER))
                .containsExactlyInAnyOrder("officer-1", "officer-2");
        assertThat(CallBackDecisions.officers(List.of(DENIED), CallBackSubject.ISSUER))
                .isEmpty();
        assertThat(CallBackDecisions.officers(List.of(ONE, JUDGE), CallBackSubject.VALIDATOR))
                .containsExactly("officer-1");
    }

    private static boolean known(CallBackTable.Stored stored, Instant received) {
        return CallBackDecisions.makesKnown(Stream.of(stored).toList(), received);
    }

    private static Facts facts(boolean due, boolean known, boolean validatorToo, Urgency urgency) {
        return new Facts(due, known, validatorToo, urgency, RECEIVED);
    }

    private static CallBackTable.Stored stored(CallBackRecord record, Instant said, Instant recorded) {
        CallBackRecord then = new CallBackRecord(
                record.v(),
                record.type(),
                record.orderDigest(),
                record.subject(),
                record.authority(),
                record.number(),
                record.outcome(),
                record.code(),
                record.officer(),
                said,
                record.salt());
        SignedDocument signed = SignedDocument.sign(CallBackRecord.TYPE, Wire.write(then), KEY, said);
        return new CallBackTable.Stored(signed, then, recorded);
    }

    private static CallBackRecord call(String officer, CallBackSubject subject, CallBackOutcome outcome) {
        boolean confirms = outcome == CallBackOutcome.CONFIRMED;
        return new CallBackRecord(
                CallBackRecord.VERSION,
                CallBackRecord.TYPE,
                Digest.sha256(new byte[] {1}),
                subject,
                "politie-voorbeeld",
                "+31 30 000 0000",
                outcome,
                confirms ? Optional.of("0000-0000-0000-0000") : Optional.empty(),
                officer,
                RECEIVED,
                Bytes.of(new byte[CallBackRecord.SALT_BYTES]));
    }
}
