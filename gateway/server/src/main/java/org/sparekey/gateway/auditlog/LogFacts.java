// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * How far a log is, for alarms and health.
 *
 * @param sequenced leaves of the tree
 * @param root of that tree
 * @param signed leaves under the newest signature
 * @param published leaves under the newest checkpoint that satisfies the policy
 * @param oldestWaiting time of the oldest entry that has no index yet
 * @param oldestUnpublished time of the oldest entry that is sequenced and not yet under a published checkpoint
 * @param publishedSignedAt when the published checkpoint was signed
 * @param stopped why the log is stopped
 */
public record LogFacts(
        LogName log,
        String origin,
        long sequenced,
        Digest root,
        long signed,
        long published,
        Optional<Instant> oldestWaiting,
        Optional<Instant> oldestUnpublished,
        Optional<Instant> publishedSignedAt,
        List<WitnessFacts> witnesses,
        Optional<StopReason> stopped) {

    public LogFacts {
        witnesses = List.copyOf(witnesses);
    }
}
