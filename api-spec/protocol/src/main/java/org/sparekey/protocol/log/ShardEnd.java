// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import java.time.Instant;
import org.sparekey.protocol.json.Bytes;

/**
 * The signed payload of the last entry of a year's shard: nothing follows it under this origin.
 *
 * @param origin that ends
 * @param next the origin under which the log goes on
 */
public record ShardEnd(int v, String type, String origin, String next, Instant at, Bytes salt) {

    /** The type of the statement, and of the entry. */
    public static final String TYPE = "shard.end";

    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** Clear field of the entry: {@link #next}. */
    public static final String NEXT = "next";

    public ShardEnd {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not the end of a shard of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
