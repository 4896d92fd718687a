// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.order.Urgency;

/** Proof 4: when enough was confirmed over the telephone. Pure. */
final class CallBackDecisions {

    /** A code is asked for when the call is near. */
    static final Duration CODE_LASTS = Duration.ofDays(2);

    /** Of 2^80 codes five guesses find none. */
    static final int MAX_TRIES = 5;

    /** Whoever asks for more codes than this for one order is not telephoning. */
    static final int MAX_CODES = 20;

    /** A person's first order rests for a day: time for his authority to notice that it is not his. */
    static final Duration COOLING_OFF = Duration.ofHours(24);

    /** Of a person's earlier orders so many are verified again until one shows that he is known. */
    static final int EARLIER_AT_MOST = 20;

    private CallBackDecisions() {}

    /**
     * @param due whether this order waits for a call-back at all
     * @param known whether an earlier order of this person {@linkplain #makesKnown makes him known}
     * @param validatorToo whether the validator's word is to be confirmed by telephone as well
     */
    record Facts(boolean due, boolean known, boolean validatorToo, Urgency urgency, Instant receivedAt) {}

    /** @param counting the call-backs that count, as {@code CallBackCheck} found */
    static boolean done(Facts facts, List<CallBackRecord> counting, Instant now) {
        if (!facts.due()) {
            return true;
        }
        boolean denied = counting.stream().anyMatch(record -> record.outcome() == CallBackOutcome.DENIED);
        boolean validator = !facts.validatorToo()
                || !officers(counting, CallBackSubject.VALIDATOR).isEmpty();
        return !denied
                && validator
                && !officers(counting, CallBackSubject.ISSUER).isEmpty()
                && coolingOff(facts, counting, now).isEmpty();
    }

    /**
     * Until when a person's first order rests; empty when it does not. In an emergency a second officer's call-back waives
     * it; nothing else does.
     */
    static Optional<Instant> coolingOff(Facts facts, List<CallBackRecord> counting, Instant now) {
        Instant until = facts.receivedAt().plus(COOLING_OFF);
        boolean waived = facts.urgency() == Urgency.EMERGENCY
                && officers(counting, CallBackSubject.ISSUER).size() > 1;
        boolean rests = facts.due() && !facts.known() && !waived && now.isBefore(until);
        return rests ? Optional.of(until) : Optional.empty();
    }

    /**
     * Whether an earlier order makes its issuer known: he said that it is his a whole cooling-off before this one came, and
     * nobody denied it since. Two orders of one day are both his first.
     *
     * @param earlier what counts of that order's call-backs, with the time of each entry
     * @param receivedAt when the order in question came
     */
    static boolean makesKnown(List<CallBackTable.Stored> earlier, Instant receivedAt) {
        Instant before = receivedAt.minus(COOLING_OFF);
        boolean denied = earlier.stream().anyMatch(call -> call.record().outcome() == CallBackOutcome.DENIED);
        return !denied
                && earlier.stream()
                        .filter(call -> call.record().subject() == CallBackSubject.ISSUER)
                        .anyMatch(call -> !call.recordedAt().isAfter(before)
                                && !call.record().at().isAfter(before));
    }

    /** In an emergency one officer may secure after the call-back, and nothing but secure. */
    static boolean oneMaySecure(Facts facts, List<CallBackRecord> counting, Instant now) {
        return facts.due() && facts.urgency() == Urgency.EMERGENCY && done(facts, counting, now);
    }

    /** Different ones, by number. */
    static Set<String> officers(List<CallBackRecord> counting, CallBackSubject subject) {
        Set<String> officers = new HashSet<>();
        counting.stream()
                .filter(record -> record.subject() == subject && record.outcome() == CallBackOutcome.CONFIRMED)
                .map(CallBackRecord::officer)
                .forEach(officers::add);
        return officers;
    }
}
