// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * Which orders are frozen and why, for officers; with what two of them can sign for.
 *
 * @param orders oldest freezing first
 */
public record FrozenOrders(List<Frozen> orders) {

    public FrozenOrders {
        orders = List.copyOf(orders);
    }

    /**
     * One of them.
     *
     * @param why BEHIND_LOG: the log goes on behind the row; NOT_OF_ITS_LOG: the row rests on entries that the log does not
     *     have; NOT_PROVEN_AGAIN: its documents no longer prove it
     * @param entry leaf hash of the log entry that says so; absent while the log takes none, or has not recorded it
     * @param row what the room has
     * @param log what the log had reached before the freezing; absent where it knows nothing of the case
     * @param beyond entries that the row knows nothing of
     * @param outcome what two officers can sign for now; absent while nobody can
     */
    public record Frozen(
            String order,
            Digest orderDigest,
            String kind,
            String why,
            Instant at,
            Optional<Digest> entry,
            Reached row,
            Optional<Reached> log,
            List<Beyond> beyond,
            Optional<ThawOutcome> outcome) {
        public Frozen {
            beyond = List.copyOf(beyond);
        }
    }

    /**
     * How far somebody is.
     *
     * @param state the order's state by that
     */
    public record Reached(String state, long caseSeq, Digest leaf) {}

    /**
     * An entry that the row does not know.
     *
     * @param payload whether what it commits to is still there; without it the log proves that it was, not what it was
     */
    public record Beyond(long caseSeq, String type, Instant time, Digest leaf, boolean payload) {}
}
