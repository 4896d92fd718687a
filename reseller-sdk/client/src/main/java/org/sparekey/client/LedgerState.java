// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.Optional;

/**
 * How far the reseller is with one gateway.
 *
 * @param seq number of the last batch that the gateway accepted, 0 at first
 * @param pending number of a batch that was written and perhaps sent, but not yet answered
 */
record LedgerState(int v, String reseller, long seq, Optional<Long> pending) {

    static final int VERSION = 1;

    LedgerState {
        if (v != VERSION) {
            throw new IllegalArgumentException("a ledger of another version");
        }
    }

    LedgerState sending(long batch) {
        return new LedgerState(v, reseller, seq, Optional.of(batch));
    }

    LedgerState accepted(long batch) {
        return new LedgerState(v, reseller, batch, Optional.empty());
    }

    LedgerState withdrawn() {
        return new LedgerState(v, reseller, seq, Optional.empty());
    }
}
