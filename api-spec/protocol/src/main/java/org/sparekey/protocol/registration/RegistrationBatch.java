// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.tree.TreeHash;

/**
 * A batch as the reseller makes it: line 1 the signed header, then one JCS line for each record, every line ended by LF.
 * Reading is {@link BatchReader}'s, line by line, because a batch may be larger than what one request should hold.
 *
 * @param lines raw bytes without LF, in the order of the tree
 */
public record RegistrationBatch(SignedDocument header, List<Bytes> lines) {

    public static final int MAX_RECORDS = BatchHeader.MAX_RECORDS;
    public static final long MAX_BYTES = 80L << 20;
    public static final int MAX_LINE_BYTES = 64 << 10;
    public static final String MEDIA_TYPE = "application/x-ndjson";

    public RegistrationBatch {
        lines = List.copyOf(lines);
    }

    /**
     * Signs the lines in the order given; the caller has shuffled them, so that neighbours tell nothing.
     *
     * @param seq the number after the reseller's last accepted batch, 1 at first
     * @param salt 32 random bytes
     * @throws IllegalArgumentException for no record, more than 10,000, or one that {@link RecordCheck} refuses
     */
    public static RegistrationBatch sign(
            String reseller,
            long seq,
            List<? extends RegistrationLine> records,
            SigningKey key,
            Instant at,
            Bytes salt) {
        List<Bytes> lines = new ArrayList<>();
        List<Digest> leaves = new ArrayList<>();
        for (RegistrationLine record : records) {
            byte[] line = line(record);
            lines.add(Bytes.of(line));
            leaves.add(TreeHash.leaf(line));
        }
        Digest root = LineTree.of(leaves).root();
        BatchHeader header = new BatchHeader(1, BatchHeader.TYPE, reseller, seq, lines.size(), root, salt);
        return new RegistrationBatch(SignedDocument.sign(BatchHeader.TYPE, Wire.write(header), key, at), lines);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(header.compact().getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
        for (Bytes line : lines) {
            out.write(line.array());
            out.write('\n');
        }
    }

    /** The name of the batch: one batch, one answer. */
    public Digest digest() {
        return header.digest();
    }

    private static byte[] line(RegistrationLine record) {
        RecordCheck.check(record).ifPresent(bad -> {
            throw new IllegalArgumentException(
                    bad.pointer() + ": " + bad.refusal().words());
        });
        byte[] line = Wire.write(record);
        if (line.length > MAX_LINE_BYTES) {
            throw new IllegalArgumentException("a record has at most 64 KiB");
        }
        return line;
    }
}
