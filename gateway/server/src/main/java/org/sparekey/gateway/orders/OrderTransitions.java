// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.gateway.orders.OrderEvent.Acknowledge;
import org.sparekey.gateway.orders.OrderEvent.Answer;
import org.sparekey.gateway.orders.OrderEvent.Apply;
import org.sparekey.gateway.orders.OrderEvent.Approve;
import org.sparekey.gateway.orders.OrderEvent.Ask;
import org.sparekey.gateway.orders.OrderEvent.Begin;
import org.sparekey.gateway.orders.OrderEvent.CallBackDenied;
import org.sparekey.gateway.orders.OrderEvent.Clarify;
import org.sparekey.gateway.orders.OrderEvent.Close;
import org.sparekey.gateway.orders.OrderEvent.Confirm;
import org.sparekey.gateway.orders.OrderEvent.Destroy;
import org.sparekey.gateway.orders.OrderEvent.Differs;
import org.sparekey.gateway.orders.OrderEvent.EndHold;
import org.sparekey.gateway.orders.OrderEvent.Expire;
import org.sparekey.gateway.orders.OrderEvent.Extend;
import org.sparekey.gateway.orders.OrderEvent.Fail;
import org.sparekey.gateway.orders.OrderEvent.Found;
import org.sparekey.gateway.orders.OrderEvent.Isolate;
import org.sparekey.gateway.orders.OrderEvent.Link;
import org.sparekey.gateway.orders.OrderEvent.LoseAttempt;
import org.sparekey.gateway.orders.OrderEvent.MissConfirmation;
import org.sparekey.gateway.orders.OrderEvent.NoneHeld;
import org.sparekey.gateway.orders.OrderEvent.NotFound;
import org.sparekey.gateway.orders.OrderEvent.OfficerRefuses;
import org.sparekey.gateway.orders.OrderEvent.Preserve;
import org.sparekey.gateway.orders.OrderEvent.Publish;
import org.sparekey.gateway.orders.OrderEvent.Quarantine;
import org.sparekey.gateway.orders.OrderEvent.Release;
import org.sparekey.gateway.orders.OrderEvent.Restore;
import org.sparekey.gateway.orders.OrderEvent.RestoreDone;
import org.sparekey.gateway.orders.OrderEvent.Secure;
import org.sparekey.gateway.orders.OrderEvent.SendToReview;
import org.sparekey.gateway.orders.OrderEvent.TakeOver;
import org.sparekey.gateway.orders.OrderEvent.Withdraw;
import org.sparekey.gateway.orders.OrderEvent.Withhold;
import org.sparekey.gateway.orders.OrderState.Acknowledged;
import org.sparekey.gateway.orders.OrderState.Answered;
import org.sparekey.gateway.orders.OrderState.Applied;
import org.sparekey.gateway.orders.OrderState.Approved;
import org.sparekey.gateway.orders.OrderState.Available;
import org.sparekey.gateway.orders.OrderState.Clarification;
import org.sparekey.gateway.orders.OrderState.Closed;
import org.sparekey.gateway.orders.OrderState.ConfirmationOverdue;
import org.sparekey.gateway.orders.OrderState.Destroyed;
import org.sparekey.gateway.orders.OrderState.Executing;
import org.sparekey.gateway.orders.OrderState.Expired;
import org.sparekey.gateway.orders.OrderState.Extended;
import org.sparekey.gateway.orders.OrderState.Failed;
import org.sparekey.gateway.orders.OrderState.Held;
import org.sparekey.gateway.orders.OrderState.Isolated;
import org.sparekey.gateway.orders.OrderState.Linked;
import org.sparekey.gateway.orders.OrderState.Located;
import org.sparekey.gateway.orders.OrderState.Oral;
import org.sparekey.gateway.orders.OrderState.Preserved;
import org.sparekey.gateway.orders.OrderState.Quarantined;
import org.sparekey.gateway.orders.OrderState.Refused;
import org.sparekey.gateway.orders.OrderState.Released;
import org.sparekey.gateway.orders.OrderState.ReleasedHold;
import org.sparekey.gateway.orders.OrderState.Restored;
import org.sparekey.gateway.orders.OrderState.Restoring;
import org.sparekey.gateway.orders.OrderState.Review;
import org.sparekey.gateway.orders.OrderState.Secured;
import org.sparekey.gateway.orders.OrderState.Stopped;
import org.sparekey.gateway.orders.OrderState.Withdrawn;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;

/** Which state may follow which, and by whose act: every transition that is not written here is illegal. */
final class OrderTransitions {

    private OrderTransitions() {}

    /** @param role of the log's actor */
    static Decision decide(String role, OrderState state, OrderEvent event) {
        return OrderActors.may(role, event) ? decide(state, event) : new Decision.Illegal();
    }

    static Decision decide(OrderState state, OrderEvent event) {
        return switch (event) {
            case Found _ when state instanceof Held -> move(new Located(), OrderStatement.LOCATED);
            case NotFound(StopReason reason)
            when state instanceof Held -> move(new Stopped(reason.code()), OrderStatement.STOPPED);
            case Answer _ when state instanceof Located -> move(new Answered(), OrderStatement.ANSWERED);
            case NoneHeld(Refusal ground)
            when state instanceof Located -> move(new Refused(ground.code()), OrderStatement.REFUSED);
            case Preserve _ when state instanceof Located -> move(new Preserved(), OrderStatement.PRESERVED);
            case Extend _ when state instanceof Preserved -> move(new Extended(), OrderStatement.EXTENDED);
            case Link(String order)
            when frozen(state) || state instanceof Linked -> move(new Linked(order), OrderStatement.LINKED);
            case EndHold _
            when frozen(state) || state instanceof Linked -> move(new ReleasedHold(), OrderStatement.RELEASED_HOLD);
            case Confirm _ when state instanceof Oral -> move(new Held(), OrderStatement.CONFIRMED);
            case MissConfirmation _
            when state instanceof Oral -> move(new ConfirmationOverdue(), OrderStatement.CONFIRMATION_OVERDUE);
            case Quarantine _
            when state instanceof ConfirmationOverdue -> move(new Quarantined(), OrderStatement.QUARANTINED);
            case Destroy _ when state instanceof Quarantined -> move(new Destroyed(), OrderStatement.DESTROYED);
            case Ask _
            when state instanceof Held || state instanceof Located || state instanceof Review ->
                move(new Clarification(state.word()), OrderStatement.CLARIFICATION);
            case Clarify _
            when state instanceof Clarification(String from) ->
                move(StateText.state(from, Optional.empty()), OrderStatement.CLARIFIED);
            case Isolate(String means)
            when state instanceof Approved || state instanceof Executing ->
                move(new Isolated(means), OrderStatement.ISOLATED);
            case Restore _
            when state instanceof Isolated(String means) -> move(new Restoring(means), OrderStatement.RESTORING);
            case RestoreDone _ when state instanceof Restoring -> move(new Restored(), OrderStatement.RESTORED);
            case SendToReview _ when state instanceof Located -> move(new Review(), OrderStatement.REVIEW);
            case Approve _ when state instanceof Review -> move(new Approved(), OrderStatement.APPROVED);
            case OfficerRefuses _
            when withheld(state) && !(state instanceof Held || state instanceof Located) ->
                move(new Refused(Refusal.OFFICER_REFUSED.code()), OrderStatement.REFUSED);
            case CallBackDenied _
            when withheld(state) || frozen(state) || state instanceof Linked || state instanceof Clarification ->
                move(new Refused(Refusal.CALL_BACK_DENIED.code()), OrderStatement.REFUSED);
            case Differs _
            when state instanceof Approved || state instanceof Executing -> move(new Review(), OrderStatement.REVIEW);
            case Begin(int attempt)
            when state instanceof Approved && attempt <= ExecutionTicket.MAX_ATTEMPTS ->
                move(new Executing(attempt), OrderStatement.EXECUTING);
            case LoseAttempt _
            when state instanceof Executing(int attempt) ->
                attempt < ExecutionTicket.MAX_ATTEMPTS
                        ? move(new Approved(), OrderStatement.ATTEMPT_LOST)
                        : move(new Failed(OrderDecisions.ATTEMPTS_EXHAUSTED), OrderStatement.FAILED);
            case Secure _ when state instanceof Executing -> move(new Secured(), OrderStatement.SECURED);
            case TakeOver _ when state instanceof Approved -> move(new Secured(), OrderStatement.SECURED);
            case Withhold _
            when state instanceof Approved || state instanceof Executing || state instanceof Secured ->
                move(new Preserved(), OrderStatement.PRESERVED);
            case Release(boolean twoOfficers)
            when state instanceof Secured && twoOfficers -> move(new Released(), OrderStatement.RELEASED);
            case Publish _ when state instanceof Released -> move(new Available(), OrderStatement.AVAILABLE);
            case Acknowledge _ when state instanceof Available -> move(new Acknowledged(), OrderStatement.ACKNOWLEDGED);
            case Close _
            when state instanceof Acknowledged || state instanceof Answered ->
                move(new Closed(), OrderStatement.CLOSED);
            case Withdraw _
            when withheld(state) || withdrawable(state) -> move(new Withdrawn(), OrderStatement.WITHDRAWN);
            case Apply _ when state instanceof Held -> move(new Applied(), OrderStatement.APPLIED);
            case Expire _ when expires(state) -> move(new Expired(), OrderStatement.EXPIRED);
            case Fail(String code)
            when state instanceof Executing || state instanceof Approved ->
                move(new Failed(code), OrderStatement.FAILED);
            case OrderEvent.BeginAgain _ when early(state) -> move(new Held(), OrderStatement.BEGUN_AGAIN);
            case OrderEvent.Keep _ when keepable(state) -> move(new Preserved(), OrderStatement.KEPT);
            case OrderEvent.Abandon(String code)
            when !state.terminal() -> move(new Failed(code), OrderStatement.ABANDONED);
            case OrderEvent.BeginAgain _,
                    OrderEvent.Keep _,
                    OrderEvent.Abandon _,
                    Found _,
                    NotFound _,
                    Answer _,
                    NoneHeld _,
                    Preserve _,
                    Extend _,
                    Link _,
                    EndHold _,
                    Confirm _,
                    MissConfirmation _,
                    Quarantine _,
                    Destroy _,
                    Ask _,
                    Clarify _,
                    Isolate _,
                    Restore _,
                    RestoreDone _,
                    SendToReview _,
                    Approve _,
                    OfficerRefuses _,
                    CallBackDenied _,
                    Differs _,
                    Begin _,
                    LoseAttempt _,
                    Secure _,
                    TakeOver _,
                    Withhold _,
                    Release _,
                    Publish _,
                    Acknowledge _,
                    Close _,
                    Withdraw _,
                    Apply _,
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

    /** Nothing was read or given yet. */
    private static boolean early(OrderState state) {
        return state instanceof Held
                || state instanceof Located
                || state instanceof Clarification
                || state instanceof Review
                || state instanceof Approved;
    }

    /** What a freezing may have come to while its row forgot it. */
    private static boolean keepable(OrderState state) {
        return early(state)
                || frozen(state)
                || state instanceof Linked
                || state instanceof Oral
                || state instanceof Executing
                || state instanceof Secured;
    }

    /** What is isolated is restored instead: a withdrawal alone would leave it inaccessible. */
    private static boolean withdrawable(OrderState state) {
        return frozen(state)
                || state instanceof Linked
                || state instanceof Oral
                || state instanceof ConfirmationOverdue
                || state instanceof Quarantined
                || state instanceof Clarification
                || state instanceof Released;
    }

    /** By its own order, and not only for a production order that refers to it. */
    private static boolean frozen(OrderState state) {
        return state instanceof Preserved || state instanceof Extended;
    }

    /** A running attempt ends by itself, and a sealed copy is not thrown away because a clock ran out. */
    private static boolean expires(OrderState state) {
        return state instanceof Held
                || state instanceof Oral
                || state instanceof Located
                || state instanceof Clarification
                || state instanceof Review
                || state instanceof Approved;
    }

    private static Decision move(OrderState to, OrderStatement says) {
        return new Decision.Move(to, says);
    }
}
