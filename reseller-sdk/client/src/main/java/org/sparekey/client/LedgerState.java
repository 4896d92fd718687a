// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the reseller is with one gateway.
 *
 * @param seq number of the last batch that the gateway accepted, 0 at first
 * @param pending number of a batch that was written and perhaps sent, but not yet answered
 * @param unproven numbers of accepted batches whose receipt holds no proof yet
 */
record LedgerState(int v, String reseller, long seq, Optional<Long> pending, Optional<List<Long>> unproven) {

    static final int VERSION = 1;

    LedgerState {
        if (v != VERSION) {
            throw new IllegalArgumentException("a ledger of another version");
        }
        unproven = unproven.map(List::copyOf);
    }

    static LedgerState first(String reseller) {
        return new LedgerState(VERSION, reseller, 0, Optional.empty(), Optional.empty());
    }

    LedgerState sending(long batch) {
        return new LedgerState(v, reseller, seq, Optional.of(batch), unproven);
    }

    LedgerState accepted(long batch, boolean proven) {
        return new LedgerState(v, reseller, batch, Optional.empty(), unproven).proof(batch, proven);
    }

    LedgerState withdrawn() {
        return new LedgerState(v, reseller, seq, Optional.empty(), unproven);
    }

    /** Whether a batch's receipt holds its proof. */
    LedgerState proof(long batch, boolean proven) {
        List<Long> open = new ArrayList<>(unproven.orElse(List.of()));
        open.remove(batch);
        if (!proven) {
            open.add(batch);
        }
        return new LedgerState(v, reseller, seq, pending, open.isEmpty() ? Optional.empty() : Optional.of(open));
    }
}
