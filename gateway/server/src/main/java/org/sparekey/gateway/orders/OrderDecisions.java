// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderEvent.Acknowledge;
import org.sparekey.gateway.orders.OrderEvent.Answer;
import org.sparekey.gateway.orders.OrderEvent.Approve;
import org.sparekey.gateway.orders.OrderEvent.Begin;
import org.sparekey.gateway.orders.OrderEvent.Close;
import org.sparekey.gateway.orders.OrderEvent.Differs;
import org.sparekey.gateway.orders.OrderEvent.Expire;
import org.sparekey.gateway.orders.OrderEvent.Fail;
import org.sparekey.gateway.orders.OrderEvent.Found;
import org.sparekey.gateway.orders.OrderEvent.LoseAttempt;
import org.sparekey.gateway.orders.OrderEvent.NotFound;
import org.sparekey.gateway.orders.OrderEvent.OfficerRefuses;
import org.sparekey.gateway.orders.OrderEvent.Publish;
import org.sparekey.gateway.orders.OrderEvent.Release;
import org.sparekey.gateway.orders.OrderEvent.Secure;
import org.sparekey.gateway.orders.OrderEvent.SendToReview;
import org.sparekey.gateway.orders.OrderEvent.Withdraw;
import org.sparekey.gateway.orders.OrderState.Acknowledged;
import org.sparekey.gateway.orders.OrderState.Answered;
import org.sparekey.gateway.orders.OrderState.Approved;
import org.sparekey.gateway.orders.OrderState.Available;
import org.sparekey.gateway.orders.OrderState.Closed;
import org.sparekey.gateway.orders.OrderState.Executing;
import org.sparekey.gateway.orders.OrderState.Expired;
import org.sparekey.gateway.orders.OrderState.Failed;
import org.sparekey.gateway.orders.OrderState.Held;
import org.sparekey.gateway.orders.OrderState.Located;
import org.sparekey.gateway.orders.OrderState.Refused;
import org.sparekey.gateway.orders.OrderState.Released;
import org.sparekey.gateway.orders.OrderState.Review;
import org.sparekey.gateway.orders.OrderState.Secured;
import org.sparekey.gateway.orders.OrderState.Stopped;
import org.sparekey.gateway.orders.OrderState.Withdrawn;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;

/**
 * What may happen to an order, and what comes of it: pure, and the only place that says so. Every transition that is not
 * written here is illegal.
 */
final class OrderDecisions {

    /** Until the issuer was called back (proof 4) nothing is held for longer than this. */
    static final Duration UNCALLED_HOLD = Duration.ofHours(48);

    static final String ATTEMPTS_EXHAUSTED = "ATTEMPTS_EXHAUSTED";

    private OrderDecisions() {}

    /**
     * At the door. A voluntary request has no force: whatever it asks for, it is recorded and leads nowhere, because no
     * article of law obliges and none allows the hoster to answer it. Otherwise one denied category denies the order, and
     * what is only not yet proven is held meanwhile.
     */
    static Entrance enter(OrderKind kind, Judgement judgement) {
        if (kind == OrderKind.VOLUNTARY_REQUEST && restsOnNothing(judgement)) {
            return new Entrance.Received();
        }
        return judgement
                .overall()
                .match(
                        () -> new Entrance.VerifiedAndHeld(Optional.empty()),
                        refusal -> new Entrance.Refused(refusal.code(), Optional.empty()),
                        field -> new Entrance.VerifiedAndHeld(Optional.of(field)));
    }

    /** Allowed as a request, or denied for no more than asking something personal. */
    private static boolean restsOnNothing(Judgement judgement) {
        return judgement
                .overall()
                .match(() -> true, refusal -> refusal == Refusal.PERSONAL_ON_VOLUNTARY_REQUEST, _ -> false);
    }

    /**
     * Until when a hold may last: the order's own deadline, the article's longest duration (126ni Sv: 90 days), and 48
     * hours while a call-back is due and not done.
     */
    static Instant holdUntil(MatrixRow row, Instant deadline, Instant receivedAt, boolean callBackDue) {
        Instant longest = row.holdDays()
                .map(days -> receivedAt.plus(Duration.ofDays(days)))
                .orElse(deadline);
        Instant uncalled = receivedAt.plus(UNCALLED_HOLD);
        return callBackDue && row.callBack() && uncalled.isBefore(longest) ? uncalled : longest;
    }

    /**
     * What was found decides how it goes on. Who had an address then is the hoster's own knowledge and is answered with
     * its grade, whoever has it now (126na, 126nc Sv). A disk is touched only where the grade is CERTAIN and the tenant
     * still the same (126ng, second paragraph: evidently the suspect's). Freezing (126ni Sv) follows the tenant too.
     */
    static OrderEvent located(Disclosure discloses, Whereabouts found) {
        return switch (discloses) {
            case PARTY_OF_RECORD -> new Found();
            case NOTHING -> found.stop().<OrderEvent>map(NotFound::new).orElseGet(() -> assetOf(found));
            case SEALED_IMAGE -> found.stop().<OrderEvent>map(NotFound::new).orElseGet(() -> image(found));
        };
    }

    /** No filter destination can be enrolled yet: what may only go there goes nowhere. */
    private static OrderEvent image(Whereabouts found) {
        if (found.grade() != Grade.CERTAIN) {
            return new NotFound(StopReason.NOT_MATCHED);
        }
        return found.filterOnly() ? new NotFound(StopReason.FILTER_DESTINATION) : assetOf(found);
    }

    private static OrderEvent assetOf(Whereabouts found) {
        return found.asset().isPresent() ? new Found() : new NotFound(StopReason.UNKNOWN);
    }

    /** After it is located: an identity order is answered, a content order goes to review, a preservation stays as it is. */
    static Optional<OrderEvent> next(Disclosure discloses) {
        return switch (discloses) {
            case PARTY_OF_RECORD -> Optional.of(new Answer());
            case SEALED_IMAGE -> Optional.of(new SendToReview());
            case NOTHING -> Optional.empty();
        };
    }

    static Decision decide(OrderState state, OrderEvent event) {
        return switch (event) {
            case Found _ when state instanceof Held -> move(new Located(), OrderStatement.LOCATED);
            case NotFound(StopReason reason)
            when state instanceof Held -> move(new Stopped(reason.code()), OrderStatement.STOPPED);
            case Answer _ when state instanceof Located -> move(new Answered(), OrderStatement.ANSWERED);
            case SendToReview _ when state instanceof Located -> move(new Review(), OrderStatement.REVIEW);
            case Approve _ when state instanceof Review -> move(new Approved(), OrderStatement.APPROVED);
            case OfficerRefuses _
            when withheld(state) && !(state instanceof Held || state instanceof Located) ->
                move(new Refused(Refusal.OFFICER_REFUSED.code()), OrderStatement.REFUSED);
            case Differs _
            when state instanceof Approved || state instanceof Executing -> move(new Review(), OrderStatement.REVIEW);
            case Begin(int attempt)
            when state instanceof Approved && attempt <= ExecutionTicket.MAX_ATTEMPTS ->
                move(new Executing(attempt), OrderStatement.EXECUTING);
            case LoseAttempt _
            when state instanceof Executing(int attempt) ->
                attempt < ExecutionTicket.MAX_ATTEMPTS
                        ? move(new Approved(), OrderStatement.ATTEMPT_LOST)
                        : move(new Failed(ATTEMPTS_EXHAUSTED), OrderStatement.FAILED);
            case Secure _ when state instanceof Executing -> move(new Secured(), OrderStatement.SECURED);
            case Release(boolean twoOfficers)
            when state instanceof Secured && twoOfficers -> move(new Released(), OrderStatement.RELEASED);
            case Publish _ when state instanceof Released -> move(new Available(), OrderStatement.AVAILABLE);
            case Acknowledge _ when state instanceof Available -> move(new Acknowledged(), OrderStatement.ACKNOWLEDGED);
            case Close _
            when state instanceof Acknowledged || state instanceof Answered ->
                move(new Closed(), OrderStatement.CLOSED);
            case Withdraw _
            when withheld(state) || state instanceof Released -> move(new Withdrawn(), OrderStatement.WITHDRAWN);
            case Expire _ when expires(state) -> move(new Expired(), OrderStatement.EXPIRED);
            case Fail(String code)
            when state instanceof Executing || state instanceof Approved ->
                move(new Failed(code), OrderStatement.FAILED);
            case Found _,
                    NotFound _,
                    Answer _,
                    SendToReview _,
                    Approve _,
                    OfficerRefuses _,
                    Differs _,
                    Begin _,
                    LoseAttempt _,
                    Secure _,
                    Release _,
                    Publish _,
                    Acknowledge _,
                    Close _,
                    Withdraw _,
                    Expire _,
                    Fail _ -> new Decision.Illegal();
        };
    }

    /** Nothing has left the gateway and something still may: what can be stopped. */
    private static boolean withheld(OrderState state) {
        return state instanceof Held
                || state instanceof Located
                || state instanceof Review
                || state instanceof Approved
                || state instanceof Executing
                || state instanceof Secured;
    }

    /** A running attempt ends by itself, and a sealed copy is not thrown away because a clock ran out. */
    private static boolean expires(OrderState state) {
        return state instanceof Held
                || state instanceof Located
                || state instanceof Review
                || state instanceof Approved;
    }

    private static Decision move(OrderState to, OrderStatement says) {
        return new Decision.Move(to, says);
    }
}
