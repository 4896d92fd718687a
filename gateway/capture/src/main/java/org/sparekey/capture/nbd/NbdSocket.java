// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/** A Unix socket whose every wait ends: by then the other side has answered, or it is an exception. */
final class NbdSocket implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final InstantSource clock;
    private Instant deadline;

    private NbdSocket(SocketChannel channel, Selector selector, InstantSource clock) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.clock = clock;
        this.deadline = clock.instant();
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    static NbdSocket connect(Path path, InstantSource clock) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open();
        try {
            NbdSocket socket = new NbdSocket(channel, selector, clock);
            socket.allow(NbdLimits.REQUEST);
            if (!channel.connect(UnixDomainSocketAddress.of(path))) {
                do {
                    socket.await(SelectionKey.OP_CONNECT);
                } while (!channel.finishConnect());
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            selector.close();
            channel.close();
            throw e;
        }
    }

    /** Everything up to the next call of this has so long in all. */
    void allow(Duration atMost) {
        deadline = clock.instant().plus(atMost);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Fills the buffer and flips nothing: position ends at limit. */
    void read(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            int count = channel.read(into);
            if (count < 0) {
                throw new EOFException("the NBD server closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
        }
    }

    /** A big-endian header of so many bytes, ready to be read. */
    ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        read(buffer);
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private void await(int operation) throws IOException {
        long left = Duration.between(clock.instant(), deadline).toMillis();
        if (left <= 0) {
            throw new CaptureException(CaptureRefusal.TIMED_OUT, "the NBD server did not answer in time");
        }
        key.interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the NBD server");
        }
    }
}
