// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.TreeHash;

/**
 * A record of the entries topic, as it claims to be.
 *
 * @param index from 0
 * @param leafHash what the header says
 * @param bytes the entry's exact canonical bytes
 */
public record MirroredEntry(long index, Digest leafHash, byte[] bytes) {

    private static final String NUMBER = "0|[1-9][0-9]{0,17}";

    /** @throws MalformedException when a header is absent or not in its one spelling, or the value is no entry by size */
    public static MirroredEntry parse(byte @Nullable [] index, byte @Nullable [] leafHash, byte @Nullable [] value)
            throws MalformedException {
        if (index == null || leafHash == null || value == null || value.length > LogEntry.MAX_BYTES) {
            throw new MalformedException("", "not a record of an entry");
        }
        String number = new String(index, StandardCharsets.US_ASCII);
        if (!number.matches(NUMBER)) {
            throw new MalformedException("", "not an index");
        }
        try {
            Digest claimed = Digest.parse(new String(leafHash, StandardCharsets.US_ASCII));
            return new MirroredEntry(Long.parseLong(number), claimed, value);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a leaf hash", e);
        }
    }

    public byte[] indexHeader() {
        return Long.toString(index).getBytes(StandardCharsets.US_ASCII);
    }

    public byte[] leafHashHeader() {
        return leafHash.ascii();
    }

    /** Whether the bytes are those that the header names. */
    public boolean intact() {
        return TreeHash.leaf(bytes).equals(leafHash);
    }
}
