// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.List;

/**
 * What became of a listing.
 *
 * @param refused at most {@value #MOST_REFUSED}; {@code count.refused()} counts all
 * @param unproven batches that are taken in and not yet in a signed checkpoint: the next call asks for their proof
 */
public record Synced(SyncCount count, List<RefusedMachine> refused, List<Long> unproven) {

    public static final int MOST_REFUSED = 1_000;

    public Synced {
        refused = List.copyOf(refused);
        unproven = List.copyOf(unproven);
    }

    /** One line for people and logs; without machines or customers. */
    public String summary() {
        return "%d read: %d unchanged, %d registered (%d of them ended), %d refused, %d ends withheld; %d batches, %d unproven"
                .formatted(
                        count.read(),
                        count.unchanged(),
                        count.registered(),
                        count.ended(),
                        count.refused(),
                        count.endsWithheld(),
                        count.batches(),
                        unproven.size());
    }

    @Override
    public String toString() {
        return "Synced[" + summary() + "]";
    }
}
