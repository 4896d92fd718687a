// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.json.Digest;

/** What came of asking an order to change its state. */
public sealed interface Transition {

    /**
     * It changed, and the entry that says so is in the outbox of the same transaction.
     *
     * @param entry the entry's leaf hash, for {@code AuditLog.await}
     */
    record Done(OrderState state, Digest entry) implements Transition {}

    /** Somebody else holds the lease by now: nothing was changed; the caller lets go of this order. */
    record LeaseLost() implements Transition {}

    /**
     * The state does not allow it: nothing was changed but the log, which has the attempt.
     *
     * @param state as it is
     */
    record Illegal(OrderState state, Digest entry) implements Transition {}
}
