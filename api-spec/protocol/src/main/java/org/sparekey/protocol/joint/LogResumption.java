// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * Two officers let a log go on that had stopped itself because its database was behind what had been signed. What they
 * sign for is the tree that the rebuilt database holds now.
 *
 * @param origin of the log
 * @param size leaves of the rebuilt tree
 * @param root of the rebuilt tree
 * @param stopped why the log had stopped, as its health shows it
 * @param explanation what happened, in the officers' words; no personal data
 */
public record LogResumption(
        int v,
        String type,
        String origin,
        long size,
        Digest root,
        String stopped,
        String explanation,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "log-resumption";
    public static final int VERSION = 1;

    /** The type of the log entry whose payload this statement is, with its proofs. */
    public static final String ENTRY_TYPE = "log.resumed";

    public LogResumption {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a resumption of version 1");
        }
        if (salt.length() != SALT_BYTES || size < 0) {
            throw new IllegalArgumentException("a salt has 32 bytes, and a tree no negative size");
        }
        if (explanation.isBlank() || explanation.length() > MAX_TEXT_CHARS || stopped.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("an explanation has 1 to " + MAX_TEXT_CHARS + " characters");
        }
    }
}
