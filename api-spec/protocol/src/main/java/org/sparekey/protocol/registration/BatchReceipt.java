// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What the reseller keeps: proof that the gateway logged exactly his batch. The reseller checks it alone: the commitment
 * of the entry opens to his signed header, the entry is in the log under a checkpoint signed by a key he has pinned.
 *
 * @param batchDigest digest of the header's compact JWS, which names the root over all lines
 * @param entry the log entry's stored bytes; absent, like index and proof, while it waits for its checkpoint
 * @param opening the 32 random bytes that open the entry's commitment to the header's compact JWS
 * @param proof C2SP tlog-proof text
 */
public record BatchReceipt(
        int v,
        String type,
        UUID batchId,
        String reseller,
        long seq,
        Digest batchDigest,
        List<LineVerdict> verdicts,
        Digest leafHash,
        Optional<Long> index,
        Optional<Bytes> entry,
        Bytes opening,
        Optional<String> proof) {

    public static final String TYPE = "registration-receipt";

    public BatchReceipt {
        verdicts = List.copyOf(verdicts);
    }
}
