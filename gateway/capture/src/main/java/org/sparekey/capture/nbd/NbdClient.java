// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Extents;

/**
 * Reads one export over a Unix socket: newstyle, structured replies, {@code base:allocation} (doc/proto.md of
 * NetworkBlockDevice/nbd). It can only read; it never waits for ever nor allocates by what a server claims. One thread.
 */
public final class NbdClient implements AutoCloseable {

    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int CMD_READ = 0;
    private static final int CMD_DISC = 2;
    private static final int CMD_BLOCK_STATUS = 7;

    private final NbdSocket socket;
    private final NbdHandshake.Export export;
    private final NbdReplies replies;
    private long cookie;

    private NbdClient(NbdSocket socket, NbdHandshake.Export export) {
        this.socket = socket;
        this.export = export;
        this.replies = new NbdReplies(socket, export.contextId());
    }

    /** @throws CaptureException with NBD_PROTOCOL or TIMED_OUT when the server is not as the protocol says */
    public static NbdClient connect(Path socketPath, String exportName, InstantSource clock) throws IOException {
        NbdSocket socket = NbdSocket.connect(socketPath, clock);
        try {
            NbdHandshake handshake = new NbdHandshake(socket);
            handshake.greet();
            return new NbdClient(socket, handshake.go(exportName));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The names of all exports behind a socket. */
    public static List<String> exports(Path socketPath, InstantSource clock) throws IOException {
        try (NbdSocket socket = NbdSocket.connect(socketPath, clock)) {
            NbdHandshake handshake = new NbdHandshake(socket);
            handshake.greet();
            return handshake.list();
        }
    }

    public long size() {
        return export.size();
    }

    /** What the server declares: our write blocker. */
    public boolean readOnly() {
        return export.readOnly();
    }

    /** Every run that does not read as zeros. */
    public List<Extent> extents() throws IOException {
        Extents extents = new Extents();
        long at = 0;
        while (at < export.size()) {
            int span = (int) Math.min(NbdLimits.STATUS_SPAN_BYTES, export.size() - at);
            long request = request(CMD_BLOCK_STATUS, at, span);
            long described = 0;
            for (NbdReplies.Run run : replies.blockStatus(request)) {
                // The last run may go beyond what was asked (doc/proto.md, NBD_CMD_BLOCK_STATUS).
                long length = Math.min(run.length(), export.size() - at - described);
                if (length > 0 && !run.zero()) {
                    extents.add(at + described, length);
                }
                described += length;
            }
            if (described == 0) {
                throw NbdHandshake.broken("the server described nothing");
            }
            at += described;
        }
        return extents.list();
    }

    /** Fills the rest of the buffer. */
    public void read(long offset, ByteBuffer into) throws IOException {
        if (offset < 0 || into.remaining() > export.size() - offset) {
            throw new IllegalArgumentException("beyond the end of the export");
        }
        long at = offset;
        while (into.hasRemaining()) {
            int length = Math.min(into.remaining(), NbdLimits.READ_BYTES);
            long request = request(CMD_READ, at, length);
            replies.read(request, at, into.duplicate().limit(into.position() + length));
            into.position(into.position() + length);
            at += length;
        }
    }

    /** Says goodbye, so that the server logs no error. */
    @Override
    public void close() throws IOException {
        try (socket) {
            request(CMD_DISC, 0, 0);
        } catch (CaptureException e) {
            throw e;
        } catch (IOException gone) {
            return; // The server has left already: nothing is held any more.
        }
    }

    private long request(int command, long offset, int length) throws IOException {
        socket.allow(NbdLimits.REQUEST);
        ByteBuffer request = ByteBuffer.allocate(28);
        request.putInt(REQUEST_MAGIC).putShort((short) 0).putShort((short) command);
        request.putLong(++cookie).putLong(offset).putInt(length);
        socket.write(request.flip());
        return cookie;
    }
}
