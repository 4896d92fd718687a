// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/** A server that lies gets a coded refusal: never a hang, an allocation of its choosing, or somebody else's bytes. */
class HostileNbdServerTest {

    private static final int SIZE = 1 << 20;

    @TempDir
    Path temp;

    private interface Script {
        void serve(Peer peer) throws IOException;
    }

    @Test
    void a_server_of_another_protocol_is_refused() throws Exception {
        against(
                peer -> peer.send(ByteBuffer.wrap("SSH-2.0-OpenSSH_9.2 hello".getBytes(StandardCharsets.US_ASCII))),
                () -> {
                    refused(CaptureRefusal.NBD_PROTOCOL, () -> client());
                });
    }

    @Test
    void an_option_reply_of_2_GiB_is_not_allocated() throws Exception {
        against(
                peer -> {
                    peer.greet();
                    peer.option();
                    peer.send(ByteBuffer.allocate(20)
                            .putLong(0x3e889045565a9L)
                            .putInt(8)
                            .putInt(1)
                            .putInt(Integer.MAX_VALUE)
                            .flip());
                },
                () -> refused(CaptureRefusal.NBD_PROTOCOL, () -> client()));
    }

    @Test
    void more_data_than_was_asked_is_refused() throws Exception {
        againstRead(chunk(1, 0x1, 1, 8 + 8192), reading(4096, CaptureRefusal.NBD_PROTOCOL));
    }

    @Test
    void data_of_another_place_is_refused() throws Exception {
        againstRead(
                ByteBuffer.allocate(28)
                        .put(chunk(1, 0x1, 1, 8 + 4096))
                        .putLong(4096)
                        .flip(),
                reading(4096, CaptureRefusal.NBD_PROTOCOL));
    }

    @Test
    void a_reply_to_another_request_is_refused() throws Exception {
        againstRead(chunk(99, 0x1, 1, 8 + 4096), reading(4096, CaptureRefusal.NBD_PROTOCOL));
    }

    @Test
    void a_read_that_ends_early_is_refused() throws Exception {
        againstRead(chunk(1, 0x1, 0, 0), reading(4096, CaptureRefusal.NBD_PROTOCOL));
    }

    @Test
    void an_error_of_the_server_is_passed_on_in_print() throws Exception {
        byte[] words = "disk\u0007 gone".getBytes(StandardCharsets.UTF_8);
        ByteBuffer error = ByteBuffer.allocate(20 + 6 + words.length);
        error.put(chunk(1, 0x1, 0x8001, 6 + words.length))
                .putInt(5)
                .putShort((short) words.length)
                .put(words)
                .flip();
        againstRead(error, () -> {
            try (NbdClient client = client()) {
                assertThatExceptionOfType(CaptureException.class)
                        .isThrownBy(() -> client.read(0, ByteBuffer.allocate(4096)))
                        .withMessageContaining("disk? gone");
            }
        });
    }

    @Test
    void a_map_of_empty_runs_is_refused() throws Exception {
        ByteBuffer map = ByteBuffer.allocate(20 + 12);
        map.put(chunk(1, 0x1, 5, 12)).putInt(7).putInt(0).putInt(0).flip();
        againstRead(map, () -> {
            try (NbdClient client = client()) {
                refused(CaptureRefusal.NBD_PROTOCOL, client::extents);
            }
        });
    }

    @Test
    void a_map_longer_than_the_disk_ends_with_the_disk() throws Exception {
        ByteBuffer map = ByteBuffer.allocate(20 + 12);
        map.put(chunk(1, 0x1, 5, 12)).putInt(7).putInt(-1).putInt(0).flip();
        againstRead(map, () -> {
            try (NbdClient client = client()) {
                assertThat(client.extents()).containsExactly(new org.sparekey.capture.Extent(0, SIZE));
            }
        });
    }

    @Test
    void a_server_that_says_nothing_is_given_up() throws Exception {
        // A clock that jumps: the wait must end by itself, without the test waiting for it.
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        InstantSource jumping = () -> now.getAndUpdate(instant -> instant.plus(NbdLimits.REQUEST.minusMillis(20)));
        against(
                peer -> peer.option(),
                () -> refused(CaptureRefusal.TIMED_OUT, () -> NbdClient.connect(temp.resolve("s"), "disk", jumping)));
    }

    private NbdClient client() throws IOException {
        return NbdClient.connect(temp.resolve("s"), "disk", InstantSource.system());
    }

    private ThrowingCallable reading(int bytes, CaptureRefusal refusal) {
        return () -> {
            try (NbdClient client = client()) {
                refused(refusal, () -> client.read(0, ByteBuffer.allocate(bytes)));
            }
        };
    }

    private static ByteBuffer chunk(long cookie, int flags, int type, int length) {
        return ByteBuffer.allocate(20)
                .putInt(0x668e33ef)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(cookie)
                .putInt(length)
                .flip();
    }

    private void againstRead(ByteBuffer reply, ThrowingCallable client) throws Exception {
        against(
                peer -> {
                    peer.greet();
                    peer.option();
                    peer.reply(8, 1, ByteBuffer.allocate(0));
                    peer.option();
                    byte[] name = "base:allocation".getBytes(StandardCharsets.US_ASCII);
                    peer.reply(
                            10,
                            4,
                            ByteBuffer.allocate(4 + name.length)
                                    .putInt(7)
                                    .put(name)
                                    .flip());
                    peer.reply(10, 1, ByteBuffer.allocate(0));
                    peer.option();
                    peer.reply(
                            7,
                            3,
                            ByteBuffer.allocate(12)
                                    .putShort((short) 0)
                                    .putLong(SIZE)
                                    .putShort((short) 3)
                                    .flip());
                    peer.reply(7, 1, ByteBuffer.allocate(0));
                    peer.read(28);
                    peer.send(reply);
                },
                client);
    }

    private void against(Script script, ThrowingCallable client) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(temp.resolve("s")));
            Thread thread = Thread.ofVirtual().start(() -> serve(server, script));
            try {
                client.call();
            } catch (Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            server.close();
            thread.join();
        }
    }

    private static void serve(ServerSocketChannel server, Script script) {
        try (SocketChannel channel = server.accept()) {
            Peer peer = new Peer(channel);
            script.serve(peer);
            while (channel.read(ByteBuffer.allocate(512)) >= 0) {
                continue; // Until the client leaves.
            }
        } catch (IOException left) {
            return; // The client has refused and gone: as it should.
        }
    }

    private record Peer(SocketChannel channel) {
        void greet() throws IOException {
            send(ByteBuffer.allocate(18)
                    .putLong(0x4e42444d41474943L)
                    .putLong(0x49484156454F5054L)
                    .putShort((short) 3)
                    .flip());
            read(4);
        }

        void option() throws IOException {
            ByteBuffer header = read(16);
            read(header.getInt(12));
        }

        void reply(int option, int type, ByteBuffer content) throws IOException {
            send(ByteBuffer.allocate(20 + content.remaining())
                    .putLong(0x3e889045565a9L)
                    .putInt(option)
                    .putInt(type)
                    .putInt(content.remaining())
                    .put(content)
                    .flip());
        }

        void send(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        ByteBuffer read(int bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new IOException("the client left");
                }
            }
            return buffer.flip();
        }
    }

    private static void refused(CaptureRefusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
