// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Structured replies (doc/proto.md, "Structured reply message"), one request at a time. */
final class NbdReplies {

    private static final int STRUCTURED_MAGIC = 0x668e33ef;
    private static final int FLAG_DONE = 1;
    private static final int NONE = 0;
    private static final int OFFSET_DATA = 1;
    private static final int OFFSET_HOLE = 2;
    private static final int BLOCK_STATUS = 5;
    private static final int ERROR_BIT = 1 << 15;
    private static final int STATE_ZERO = 2;
    private static final int DATA_HEADER_BYTES = 8;
    private static final int HOLE_BYTES = 12;
    private static final int RUN_BYTES = 8;

    private final NbdSocket socket;
    private final int contextId;

    NbdReplies(NbdSocket socket, int contextId) {
        this.socket = socket;
        this.contextId = contextId;
    }

    /** @param zero whether the run reads as zeros */
    record Run(long length, boolean zero) {}

    private record Chunk(boolean last, int type, int length) {}

    /** The runs of one context, in order. */
    List<Run> blockStatus(long cookie) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < NbdLimits.CHUNKS_PER_REPLY; i++) {
            Chunk chunk = chunk(cookie, NbdLimits.STATUS_BYTES);
            if (chunk.type() == BLOCK_STATUS) {
                runs(chunk, runs);
            } else if (chunk.type() != NONE || chunk.length() != 0) {
                throw NbdHandshake.broken("not a block status");
            }
            if (chunk.last()) {
                return runs;
            }
        }
        throw NbdHandshake.broken("the server does not stop replying");
    }

    /** Fills the buffer with the bytes from {@code offset}: chunks in ascending order, without gap or overlap. */
    void read(long cookie, long offset, ByteBuffer into) throws IOException {
        long at = offset;
        for (int i = 0; i < NbdLimits.CHUNKS_PER_REPLY; i++) {
            Chunk chunk = chunk(cookie, NbdLimits.READ_BYTES + DATA_HEADER_BYTES);
            at += switch (chunk.type()) {
                case OFFSET_DATA -> data(chunk, at, into);
                case OFFSET_HOLE -> hole(chunk, at, into);
                case NONE -> nothing(chunk);
                default -> throw NbdHandshake.broken("not the content of a read");
            };
            if (chunk.last()) {
                if (into.hasRemaining()) {
                    throw NbdHandshake.broken("the server sent less than was asked");
                }
                return;
            }
        }
        throw NbdHandshake.broken("the server does not stop replying");
    }

    private Chunk chunk(long cookie, int limit) throws IOException {
        ByteBuffer header = socket.read(20);
        int magic = header.getInt();
        int flags = header.getShort();
        int type = header.getShort() & 0xffff;
        long answered = header.getLong();
        int length = header.getInt();
        if (magic != STRUCTURED_MAGIC || answered != cookie || length < 0) {
            throw NbdHandshake.broken("not a structured reply to the request");
        }
        if ((type & ERROR_BIT) != 0) {
            throw NbdHandshake.broken("the server reports error " + error(length));
        }
        if (length > limit) {
            throw NbdHandshake.broken("the server's reply is too long");
        }
        return new Chunk((flags & FLAG_DONE) != 0, type, length);
    }

    private String error(int length) throws IOException {
        if (length < 6 || length > NbdLimits.ERROR_BYTES) {
            return "of malformed length";
        }
        ByteBuffer content = socket.read(length);
        int number = content.getInt();
        int words = Math.min(content.getShort() & 0xffff, content.remaining());
        String text = StandardCharsets.UTF_8
                .decode(content.limit(content.position() + words))
                .toString();
        return number + (text.isEmpty() ? "" : " " + text.replaceAll("[^ -~]", "?"));
    }

    private void runs(Chunk chunk, List<Run> runs) throws IOException {
        if (chunk.length() < 4 + RUN_BYTES || (chunk.length() - 4) % RUN_BYTES != 0) {
            throw NbdHandshake.broken("a block status of odd length");
        }
        ByteBuffer content = socket.read(chunk.length());
        if (content.getInt() != contextId || !runs.isEmpty()) {
            throw NbdHandshake.broken("a block status that was not asked for");
        }
        while (content.hasRemaining()) {
            long length = content.getInt() & 0xffffffffL;
            int state = content.getInt();
            if (length == 0) {
                throw NbdHandshake.broken("an empty run");
            }
            runs.add(new Run(length, (state & STATE_ZERO) != 0));
        }
    }

    private int data(Chunk chunk, long at, ByteBuffer into) throws IOException {
        int length = chunk.length() - DATA_HEADER_BYTES;
        if (length <= 0 || length > into.remaining()) {
            throw NbdHandshake.broken("the server sent more than was asked");
        }
        expect(at, socket.read(DATA_HEADER_BYTES).getLong());
        socket.read(into.slice(into.position(), length));
        into.position(into.position() + length);
        return length;
    }

    private int hole(Chunk chunk, long at, ByteBuffer into) throws IOException {
        if (chunk.length() != HOLE_BYTES) {
            throw NbdHandshake.broken("a hole of odd length");
        }
        ByteBuffer content = socket.read(HOLE_BYTES);
        expect(at, content.getLong());
        int length = content.getInt();
        if (length <= 0 || length > into.remaining()) {
            throw NbdHandshake.broken("the server sent more than was asked");
        }
        into.put(new byte[length]);
        return length;
    }

    private static int nothing(Chunk chunk) throws IOException {
        if (chunk.length() != 0 || !chunk.last()) {
            throw NbdHandshake.broken("an empty chunk in the middle");
        }
        return 0;
    }

    private static void expect(long at, long offset) throws IOException {
        if (offset != at) {
            throw NbdHandshake.broken("chunks out of order");
        }
    }
}
