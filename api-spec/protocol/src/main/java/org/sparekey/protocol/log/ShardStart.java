// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.tree.Checkpoint;

/**
 * The signed payload of the first entry of every shard but a log's first: it names the last checkpoint of the one before,
 * so that whoever holds the new tree holds the old one too.
 *
 * @param origin that begins
 * @param previous the last checkpoint of the shard before, the signed note
 */
public record ShardStart(int v, String type, String origin, String previous, Instant at, Bytes salt) {

    /** The type of the statement, and of the entry. */
    public static final String TYPE = "shard.start";

    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** Clear fields of the entry: origin, size and root (base64url) of the checkpoint that is named. */
    public static final String PREVIOUS = "previous";

    public static final String SIZE = "size";
    public static final String ROOT = "root";

    public ShardStart {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not the start of a shard of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }

    /** What the entry says in clear about the checkpoint it names. */
    public static Map<String, String> clear(Checkpoint last) {
        Map<String, String> clear = new LinkedHashMap<>();
        clear.put(PREVIOUS, last.origin());
        clear.put(SIZE, Long.toString(last.size()));
        clear.put(ROOT, last.root().base64url());
        return clear;
    }
}
