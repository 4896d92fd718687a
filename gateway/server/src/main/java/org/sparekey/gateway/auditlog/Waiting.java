// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;

/** An outbox row that the sequencer sees. */
record Waiting(
        long seq,
        Digest leafHash,
        byte[] bytes,
        Instant time,
        String type,
        Optional<String> caseId,
        Optional<Long> caseSeq) {

    /** The stored bytes are the truth; a leaf hash beside them that is not theirs means that somebody wrote here. */
    boolean intact() {
        return LogEntry.leafHash(bytes).equals(leafHash);
    }
}
