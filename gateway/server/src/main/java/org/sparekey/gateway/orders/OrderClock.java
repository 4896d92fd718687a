// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.term.Terms.Term;

/** A term that runs for an order, what is said while it runs, and what its end brings about. */
enum OrderClock {
    /** By when the issuer, or the law, wants it done. */
    DEADLINE,
    /** How long something may be held. */
    HOLD,
    /** For how long at most something is held that its issuer has not said on the telephone to be his. */
    CALL_BACK,
    /** By when an oral order is confirmed in writing. */
    CONFIRMATION,
    /** By when an issuer answers what an officer asked. */
    CLARIFICATION,
    /** How long what was never confirmed is kept apart before it is destroyed. */
    QUARANTINE,
    /** Until when the order is secret; it outlives the order. */
    SECRECY;

    /** Of the way to the target: at each the officers are reminded, and at the last their deputies. */
    static final List<Integer> PERCENTS = List.of(50, 80, 100);

    /** As long as a provider's issuer has under article 10(6) of Regulation (EU) 2023/1543; Dutch law names no term. */
    static final int CLARIFICATION_DAYS = 5;

    /** For the issuer to be told and to object; no law names a term. */
    static final Duration QUARANTINED = Duration.ofDays(14);

    /** How long a term that is over waits for an attempt that still runs, before it looks again. */
    static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private static final int HUNDRED = 100;

    /** What the end of this term does to an order in that state; empty where it means nothing any more. */
    Optional<OrderEvent> ends(OrderState state) {
        return switch (this) {
            case DEADLINE -> expires(state) ? Optional.of(new OrderEvent.Expire()) : Optional.empty();
            case HOLD -> held(state);
            case CALL_BACK -> uncalled(state);
            case CONFIRMATION ->
                state instanceof OrderState.Oral ? Optional.of(new OrderEvent.MissConfirmation()) : Optional.empty();
            case CLARIFICATION ->
                state instanceof OrderState.Clarification ? Optional.of(new OrderEvent.Expire()) : Optional.empty();
            case SECRECY -> Optional.empty();
            case QUARANTINE ->
                state instanceof OrderState.Quarantined ? Optional.of(new OrderEvent.Destroy()) : Optional.empty();
        };
    }

    /** The same for an order of this kind: what freezes and is yet to be copied ends with its days too. */
    Optional<OrderEvent> ends(OrderKind kind, OrderState state) {
        boolean uncopied = state instanceof OrderState.Review || state instanceof OrderState.Approved;
        return this == HOLD && kind == OrderKind.PRESERVATION && uncopied
                ? Optional.of(new OrderEvent.Expire())
                : ends(state);
    }

    /** A running attempt ends by itself; when it is lost the order is where its term counts again. */
    boolean waits(OrderState state) {
        return (this == DEADLINE || this == HOLD) && state instanceof OrderState.Executing;
    }

    private static boolean expires(OrderState state) {
        return state instanceof OrderState.Oral
                || state instanceof OrderState.Held
                || state instanceof OrderState.Located
                || state instanceof OrderState.Review
                || state instanceof OrderState.Approved;
    }

    /**
     * What freezes ends as the law ends it; what was held for something else has expired. What waits for a production order
     * ends with that one, where it is the later of the two ({@code OrderTable.waitedFor}).
     */
    private static Optional<OrderEvent> held(OrderState state) {
        if (state instanceof OrderState.Preserved || state instanceof OrderState.Extended) {
            return Optional.of(new OrderEvent.EndHold());
        }
        return state instanceof OrderState.Oral
                        || state instanceof OrderState.Held
                        || state instanceof OrderState.Located
                ? Optional.of(new OrderEvent.Expire())
                : Optional.empty();
    }

    /** Nobody called: nothing is held any longer, whatever it waits for. What was approved or carried out was called. */
    private static Optional<OrderEvent> uncalled(OrderState state) {
        if (state instanceof OrderState.Linked) {
            return Optional.of(new OrderEvent.EndHold());
        }
        return state instanceof OrderState.Review || state instanceof OrderState.Clarification
                ? Optional.of(new OrderEvent.Expire())
                : held(state);
    }

    /** The highest percentage of the way to the target that is reached and was not told; empty where there is none. */
    static Optional<Integer> reached(Term term, int told, Instant now) {
        return PERCENTS.stream()
                .filter(percent -> percent > told && !now.isBefore(at(term, percent)))
                .max(Integer::compare);
    }

    /** When something is to be said or done next: the next reminder, or the end. */
    static Instant next(Term term, int told) {
        return PERCENTS.stream()
                .filter(percent -> percent > told)
                .map(percent -> at(term, percent))
                .findFirst()
                .orElse(term.legalLatest());
    }

    private static Instant at(Term term, int percent) {
        Duration whole = Duration.between(term.start(), term.target());
        return term.start().plus(whole.multipliedBy(percent).dividedBy(HUNDRED));
    }
}
