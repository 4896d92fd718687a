// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.json.MalformedException;

/** A bundle of log entries (tlog-tiles): each behind its length as a big-endian uint16. */
public final class EntryBundle {

    /** What two bytes of length can say. */
    public static final int MAX_ENTRY_BYTES = 0xffff;

    private static final int LENGTH_BYTES = 2;

    private EntryBundle() {}

    public static byte[] encode(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry of " + entry.length + " bytes fits no bundle");
            }
            out.write(entry.length >>> Byte.SIZE);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** Reads a bundle to its last byte; at most 256 entries. */
    public static List<byte[]> decode(byte[] bundle) throws MalformedException {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            if (entries.size() == TilePath.FULL || bundle.length - at < LENGTH_BYTES) {
                throw new MalformedException("", "not an entry bundle");
            }
            int length = (bundle[at] & 0xff) << Byte.SIZE | bundle[at + 1] & 0xff;
            at += LENGTH_BYTES;
            if (bundle.length - at < length) {
                throw new MalformedException("", "an entry bundle that ends inside an entry");
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        return List.copyOf(entries);
    }
}
