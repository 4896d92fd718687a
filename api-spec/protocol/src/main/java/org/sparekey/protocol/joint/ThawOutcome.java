// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.util.Arrays;
import java.util.Optional;

/** What becomes of an order that was frozen, by what its log and its row still say. Nothing is ever read or let go twice. */
public enum ThawOutcome {
    /** Nothing of its course is lost: it stands where the log says, and goes on from there. */
    AS_LOGGED("order.thawed"),
    /** What is lost was done before anything was read or given: it is held, located, judged and approved anew. */
    BEGIN_AGAIN("order.begun-again"),
    /** A freezing whose course is lost: what it froze stays frozen, and nothing is read. */
    KEEP("order.kept"),
    /** Something may have been read or given already: the order ends with a code, and a new order is needed. */
    ABANDON("order.abandoned");

    private final String entryType;

    ThawOutcome(String entryType) {
        this.entryType = entryType;
    }

    /** Type of the log entry that says so; its payload is the joint statement. */
    public String entryType() {
        return entryType;
    }

    /** @param type of an entry */
    public static Optional<ThawOutcome> of(String type) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.entryType.equals(type))
                .findFirst();
    }
}
