// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * Reads a batch line by line; at most one line is in memory. The lines are worth nothing before the end is reached and
 * {@link #rootHolds} says so: until then nobody has signed them.
 */
public final class BatchReader {

    private static final int BUFFER_BYTES = 32 << 10;
    private static final int USUAL_LINE_BYTES = 2 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int filled;
    private final SignedDocument document;
    private final BatchHeader header;
    private final List<Digest> leaves = new ArrayList<>();
    private long bytes;
    private boolean ended;

    /** Reads the first line. @throws MalformedException when it is not a batch's header in canonical form */
    public BatchReader(InputStream in) throws IOException, MalformedException {
        this.in = in;
        byte[] first = line().orElseThrow(() -> new MalformedException("", "an empty batch"));
        this.document = SignedDocument.parse(new String(first, StandardCharsets.ISO_8859_1));
        this.header = document.read(BatchHeader.TYPE, BatchHeader.class);
    }

    public SignedDocument document() {
        return document;
    }

    public BatchHeader header() {
        return header;
    }

    /**
     * The next record's line; empty at the end, when exactly as many were read as the header says.
     *
     * @throws MalformedException for an empty or over-long line, one that LF does not end, too many bytes, or another
     *     number of lines than the header says
     */
    public Optional<BatchLine> next() throws IOException, MalformedException {
        Optional<byte[]> raw = line();
        if (raw.isEmpty()) {
            require(leaves.size() == header.count(), "fewer lines than the header says");
            ended = true;
            return Optional.empty();
        }
        require(leaves.size() < header.count(), "more lines than the header says");
        BatchLine line = new BatchLine(BatchLine.FIRST + leaves.size(), Bytes.of(raw.get()));
        leaves.add(line.leafHash());
        return Optional.of(line);
    }

    /** Whether the signed root is the root over the lines read; to be asked at the end only. */
    public boolean rootHolds() {
        return tree().root().equals(header.root());
    }

    /** The tree over the lines, once all are read. */
    public LineTree tree() {
        if (!ended) {
            throw new IllegalStateException("the batch has not been read to its end");
        }
        return LineTree.of(leaves);
    }

    public List<Digest> leafHashes() {
        return List.copyOf(leaves);
    }

    /** Whole stretches are copied, not single bytes: a batch has ten million of them. */
    private Optional<byte[]> line() throws IOException, MalformedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_LINE_BYTES);
        boolean open = true;
        while (open) {
            if (at == filled && !fill()) {
                require(line.size() == 0, "the last line does not end in LF");
                return Optional.empty();
            }
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            require(line.size() + end - at <= RegistrationBatch.MAX_LINE_BYTES, "a line has at most 64 KiB");
            line.write(buffer, at, end - at);
            open = end == filled;
            at = open ? end : end + 1;
        }
        require(line.size() > 0, "an empty line");
        bytes += line.size() + 1L;
        require(bytes <= RegistrationBatch.MAX_BYTES, "a batch has at most 80 MiB");
        return Optional.of(line.toByteArray());
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private static void require(boolean condition, String words) throws MalformedException {
        if (!condition) {
            throw new MalformedException("", words);
        }
    }
}
