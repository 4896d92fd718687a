// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.Optional;

/**
 * One shard of a log, as its row says.
 *
 * @param number its place in the log's chain of shards, from 0
 * @param closingAt from when on it takes nothing new but its own end
 * @param closedAt from when on the next shard is sequenced
 * @param lost closed by two officers: entries that were signed are missing
 */
record ShardRow(
        LogName log,
        String origin,
        int number,
        Instant openedAt,
        Optional<Instant> closingAt,
        Optional<Instant> closedAt,
        boolean lost) {

    /** What stands behind the last slash: the year, and a letter where an origin of the same year was lost. */
    String label() {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    int year() {
        return Integer.parseInt(label().replaceFirst("[a-z]$", ""));
    }

    boolean closing() {
        return closingAt.isPresent();
    }

    boolean closed() {
        return closedAt.isPresent();
    }
}
