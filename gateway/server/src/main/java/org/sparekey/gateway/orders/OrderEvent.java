// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.order.StopReason;

/** What may happen to an order after it was verified and held. */
sealed interface OrderEvent {

    /** One asset, or at least one party of record. */
    record Found() implements OrderEvent {}

    record NotFound(StopReason reason) implements OrderEvent {}

    /** An identity order's signed answer was made. */
    record Answer() implements OrderEvent {}

    record SendToReview() implements OrderEvent {}

    /** The second of two different officers signed. */
    record Approve() implements OrderEvent {}

    record OfficerRefuses() implements OrderEvent {}

    /** A bound field differs from what the officers signed. */
    record Differs() implements OrderEvent {}

    record Begin(int attempt) implements OrderEvent {}

    record LoseAttempt() implements OrderEvent {}

    record Secure() implements OrderEvent {}

    /** @param twoOfficers whether two different officers said release */
    record Release(boolean twoOfficers) implements OrderEvent {}

    record Publish() implements OrderEvent {}

    record Acknowledge() implements OrderEvent {}

    record Close() implements OrderEvent {}

    record Withdraw() implements OrderEvent {}

    record Expire() implements OrderEvent {}

    record Fail(String code) implements OrderEvent {}
}
