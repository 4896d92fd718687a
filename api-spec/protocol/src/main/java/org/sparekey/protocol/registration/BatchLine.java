// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.TreeHash;

/**
 * One record's line as it was signed.
 *
 * @param number 2 for the first record, as an editor counts
 * @param raw the bytes without LF
 */
public record BatchLine(int number, Bytes raw) {

    /** The number of the first record's line. */
    public static final int FIRST = 2;

    public Digest leafHash() {
        return TreeHash.leaf(raw.array());
    }

    public LineReading read() {
        return RecordCheck.read(raw.array());
    }
}
