// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/** The fixed newstyle negotiation (NetworkBlockDevice/nbd, doc/proto.md, "Fixed newstyle negotiation"). */
final class NbdHandshake {

    private static final long NBDMAGIC = 0x4e42444d41474943L;
    private static final long IHAVEOPT = 0x49484156454F5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int FIXED_NEWSTYLE = 1;
    private static final int NO_ZEROES = 2;

    private static final int OPT_ABORT = 2;
    private static final int OPT_LIST = 3;
    private static final int OPT_GO = 7;
    private static final int OPT_STRUCTURED_REPLY = 8;
    private static final int OPT_SET_META_CONTEXT = 10;

    private static final int REP_ACK = 1;
    private static final int REP_SERVER = 2;
    private static final int REP_INFO = 3;
    private static final int REP_META_CONTEXT = 4;
    private static final int REP_ERROR = 1 << 31;
    private static final int INFO_EXPORT = 0;
    private static final int FLAG_READ_ONLY = 2;

    private static final String ALLOCATION = "base:allocation";

    private final NbdSocket socket;

    NbdHandshake(NbdSocket socket) {
        this.socket = socket;
    }

    /** @param contextId how the server will name {@code base:allocation} */
    record Export(long size, boolean readOnly, int contextId) {}

    private record Reply(int type, ByteBuffer content) {}

    void greet() throws IOException {
        socket.allow(NbdLimits.REQUEST);
        ByteBuffer greeting = socket.read(18);
        if (greeting.getLong() != NBDMAGIC || greeting.getLong() != IHAVEOPT) {
            throw broken("the server does not speak newstyle NBD");
        }
        int flags = greeting.getShort();
        if ((flags & FIXED_NEWSTYLE) == 0) {
            throw broken("the server does not speak fixed newstyle NBD");
        }
        socket.write(ByteBuffer.allocate(4)
                .putInt(FIXED_NEWSTYLE | (flags & NO_ZEROES))
                .flip());
    }

    /** The names of all exports: what this socket gives access to. */
    List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (Reply reply : ask(OPT_LIST, ByteBuffer.allocate(0))) {
            if (reply.type() == REP_SERVER) {
                names.add(text(reply.content()));
            }
        }
        send(OPT_ABORT, ByteBuffer.allocate(0));
        return names;
    }

    Export go(String name) throws IOException {
        ask(OPT_STRUCTURED_REPLY, ByteBuffer.allocate(0));
        int contextId = allocationContext(name);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer request = ByteBuffer.allocate(4 + bytes.length + 2);
        request.putInt(bytes.length).put(bytes).putShort((short) 0).flip();
        for (Reply reply : ask(OPT_GO, request)) {
            if (reply.type() == REP_INFO
                    && reply.content().remaining() == 12
                    && reply.content().getShort() == INFO_EXPORT) {
                long size = reply.content().getLong();
                int flags = reply.content().getShort();
                if (size <= 0) {
                    throw broken("the export has no size");
                }
                return new Export(size, (flags & FLAG_READ_ONLY) != 0, contextId);
            }
        }
        throw broken("the server did not describe the export");
    }

    private int allocationContext(String name) throws IOException {
        byte[] export = name.getBytes(StandardCharsets.UTF_8);
        byte[] query = ALLOCATION.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(12 + export.length + query.length);
        request.putInt(export.length)
                .put(export)
                .putInt(1)
                .putInt(query.length)
                .put(query)
                .flip();
        for (Reply reply : ask(OPT_SET_META_CONTEXT, request)) {
            if (reply.type() == REP_META_CONTEXT && reply.content().remaining() > 4) {
                int id = reply.content().getInt();
                if (StandardCharsets.US_ASCII.decode(reply.content()).toString().equals(ALLOCATION)) {
                    return id;
                }
            }
        }
        throw broken("the server keeps no allocation map");
    }

    /** All replies up to the acknowledgement. */
    private List<Reply> ask(int option, ByteBuffer content) throws IOException {
        socket.allow(NbdLimits.REQUEST);
        send(option, content);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < NbdLimits.OPTION_REPLIES; i++) {
            Reply reply = reply(option);
            if (reply.type() == REP_ACK) {
                return replies;
            }
            if ((reply.type() & REP_ERROR) != 0) {
                throw broken("the server refused option " + option + " with error " + (reply.type() & ~REP_ERROR));
            }
            replies.add(reply);
        }
        throw broken("the server does not stop replying");
    }

    private void send(int option, ByteBuffer content) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(16 + content.remaining());
        request.putLong(IHAVEOPT).putInt(option).putInt(content.remaining()).put(content);
        socket.write(request.flip());
    }

    private Reply reply(int option) throws IOException {
        ByteBuffer header = socket.read(20);
        long magic = header.getLong();
        int answered = header.getInt();
        int type = header.getInt();
        int length = header.getInt();
        if (magic != OPTION_REPLY || answered != option || length < 0 || length > NbdLimits.OPTION_REPLY_BYTES) {
            throw broken("the server's reply to option " + option + " is malformed");
        }
        return new Reply(type, socket.read(length));
    }

    private static String text(ByteBuffer content) throws CaptureException {
        int length = content.remaining() < 4 ? -1 : content.getInt();
        if (length < 0 || length > Math.min(content.remaining(), NbdLimits.NAME_BYTES)) {
            throw broken("the name of an export is malformed");
        }
        return StandardCharsets.UTF_8
                .decode(content.limit(content.position() + length))
                .toString();
    }

    static CaptureException broken(String words) {
        return new CaptureException(CaptureRefusal.NBD_PROTOCOL, words);
    }
}
