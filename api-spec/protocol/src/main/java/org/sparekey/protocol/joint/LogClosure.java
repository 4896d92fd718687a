// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.ShardStart;

/**
 * Two officers close an origin whose entries cannot be rebuilt, and begin a new one. What was signed and is missing is said
 * for ever, by the first entry of the new origin, whose payload this statement is; of a year that is over, by an entry of
 * its own.
 *
 * @param origin that is closed
 * @param next the origin that begins, such as {@code log.hoster.example/log/case/2026b}, or has begun behind it
 * @param size leaves of the largest tree that is known to have been signed
 * @param root of that tree
 * @param held leaves that the database still holds: those from here to {@code size} are missing
 * @param explanation what happened, in the officers' words; no personal data
 */
public record LogClosure(
        int v,
        String type,
        String origin,
        String next,
        long size,
        Digest root,
        long held,
        String explanation,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "log-closure";
    public static final int VERSION = 1;

    /** The type of the entry of {@code case}, where an origin is closed whose successor has begun long ago. */
    public static final String ENTRY_TYPE = "log.closed";

    /** Clear field of the first entry, beside those of a {@link ShardStart}: from which leaf on the old log is missing. */
    public static final String MISSING_FROM = "missingFrom";

    public LogClosure {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a closure of version 1");
        }
        if (salt.length() != SALT_BYTES || held < 0 || held >= size) {
            throw new IllegalArgumentException("a salt has 32 bytes, and something is missing");
        }
        if (explanation.isBlank() || explanation.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("an explanation has 1 to " + MAX_TEXT_CHARS + " characters");
        }
    }

    /** What the first entry of the new origin says in clear. */
    public Map<String, String> clear() {
        Map<String, String> clear = new LinkedHashMap<>();
        clear.put(ShardStart.PREVIOUS, origin);
        clear.put(ShardStart.SIZE, Long.toString(size));
        clear.put(ShardStart.ROOT, root.base64url());
        clear.put(MISSING_FROM, Long.toString(held));
        return clear;
    }
}
