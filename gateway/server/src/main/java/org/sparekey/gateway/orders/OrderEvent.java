// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;

/** What may happen to an order after it was verified and held. */
sealed interface OrderEvent {

    /** One asset, or at least one party of record. */
    record Found() implements OrderEvent {}

    record NotFound(StopReason reason) implements OrderEvent {}

    /** An identity order's signed answer was made. */
    record Answer() implements OrderEvent {}

    /** The hoster has none of what is ordered. */
    record NoneHeld(Refusal ground) implements OrderEvent {}

    /** A freezing found its one asset. */
    record Preserve() implements OrderEvent {}

    /** By its issuer, once. */
    record Extend() implements OrderEvent {}

    /** A production order of the same authority names the freezing as its parent. */
    record Link(String order) implements OrderEvent {}

    /** The days of a freezing are over, and what it waited for has ended. */
    record EndHold() implements OrderEvent {}

    /** In writing, within three days. */
    record Confirm() implements OrderEvent {}

    record MissConfirmation() implements OrderEvent {}

    record Quarantine() implements OrderEvent {}

    record Destroy() implements OrderEvent {}

    /** An officer cannot judge the order as it is written. */
    record Ask() implements OrderEvent {}

    /** Its issuer answered. Nothing of the order changes by it. */
    record Clarify() implements OrderEvent {}

    /** @param means what was done, the least first */
    record Isolate(String means) implements OrderEvent {}

    /** Ordered by the issuer's side; it is not done by being ordered. */
    record Restore() implements OrderEvent {}

    /** Reported: what was done is undone. */
    record RestoreDone() implements OrderEvent {}

    record SendToReview() implements OrderEvent {}

    /** The second of two different officers signed. */
    record Approve() implements OrderEvent {}

    record OfficerRefuses() implements OrderEvent {}

    /** The issuer or the validator, called on the register's number, says that it is not his. */
    record CallBackDenied() implements OrderEvent {}

    /** A bound field differs from what the officers signed. */
    record Differs() implements OrderEvent {}

    record Begin(int attempt) implements OrderEvent {}

    record LoseAttempt() implements OrderEvent {}

    record Secure() implements OrderEvent {}

    /** A frozen copy was made and sealed, or could not be made: what is frozen stays frozen, and nothing leaves. */
    record Withhold() implements OrderEvent {}

    /** @param of code of the freezing whose sealed copy this order gets; nothing is read again */
    record TakeOver(String of) implements OrderEvent {}

    /** @param twoOfficers whether two different officers said release */
    record Release(boolean twoOfficers) implements OrderEvent {}

    record Publish() implements OrderEvent {}

    record Acknowledge() implements OrderEvent {}

    record Close() implements OrderEvent {}

    record Withdraw() implements OrderEvent {}

    /** A held withdrawal has taken its order back: on paper once it was called back, of a frozen order once that was thawed. */
    record Apply() implements OrderEvent {}

    record Expire() implements OrderEvent {}

    record Fail(String code) implements OrderEvent {}

    /** A frozen order, of which nothing was read or given yet, is thawed by two officers. */
    record BeginAgain() implements OrderEvent {}

    /** A frozen order that freezes, and whose course is lost. */
    record Keep() implements OrderEvent {}

    /** A frozen order of which something may have been read or given, or of which nobody knows. */
    record Abandon(String code) implements OrderEvent {}
}
