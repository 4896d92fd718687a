// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What is destroyed, or was; payload of both entries.
 *
 * @param type of the entry
 * @param unusedSince from when on the time to keep it ran
 * @param manifestDigest of the copy, where there was a whole one
 * @param files by name, as they were sealed; none of a lost attempt
 */
record DestructionRecord(
        int v,
        String type,
        UUID orderId,
        int attempt,
        DestructionDecisions.Ground ground,
        Instant unusedSince,
        Optional<Digest> manifestDigest,
        List<StoredFile> files,
        Bytes salt) {

    static final int VERSION = 1;

    DestructionRecord {
        files = List.copyOf(files);
    }
}
