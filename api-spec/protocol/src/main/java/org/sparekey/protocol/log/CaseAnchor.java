// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import java.nio.charset.StandardCharsets;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;

/**
 * The opening of an anchor: the {@code registry} log holds, every minute and whether or not the {@code case} log grew, an
 * entry of fixed size whose subject is a salted commitment to the case log's checkpoint. Readers of the registry learn
 * nothing by it; who is shown this opening learns that the case log had this tree by then.
 *
 * @param checkpoint the signed note; empty while the case log has none
 */
public record CaseAnchor(int v, String type, String checkpoint, Bytes salt) {

    public static final String TYPE = "case-anchor";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** The type of the entries by which each log anchors the other. */
    public static final String ENTRY_TYPE = "log.anchor";

    public CaseAnchor {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an anchor of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }

    /** SHA-256(domain case-anchor || salt || checkpoint). */
    public Digest commitment() {
        return Digest.of(Domain.CASE_ANCHOR, salt.array(), checkpoint.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this is what an entry of the registry anchors. */
    public boolean opens(LogEntry entry) {
        return entry.type().equals(ENTRY_TYPE)
                && entry.subject().filter(commitment().base64url()::equals).isPresent();
    }
}
