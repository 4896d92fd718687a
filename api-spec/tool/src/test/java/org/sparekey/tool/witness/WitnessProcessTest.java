// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.Cosigner;

/** The witness as its operator starts it, and as power failures stop it. */
class WitnessProcessTest {

    private static final long SEED = 20_261_123;
    private static final int KILLS = 6;
    private static final long LIMIT_SECONDS = 120;
    private static final GrowingLog LOG = GrowingLog.CASES;
    private static final Cosigner POLICE = new Cosigner("police.example/w1", new byte[32]);

    @TempDir
    private Path directory;

    private Path key;
    private Path store;

    @BeforeEach
    void paths() throws IOException {
        key = directory.resolve("witness.key");
        store = directory.resolve("store");
        WitnessKeyFile.write(key, POLICE);
    }

    @Test
    void killed_again_and_again_in_mid_stream_it_never_forgets_what_it_cosigned() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        AtomicLong cosigned = new AtomicLong();
        for (int round = 0; round < KILLS; round++) {
            WitnessProcess witness = WitnessProcess.start(key, store, LOG.key().vkey());
            CountDownLatch some = new CountDownLatch(random.nextInt(1, 30));
            CompletableFuture<IOException> broken = new CompletableFuture<>();
            Thread poster = new Thread(() -> post(witness, cosigned, some, broken));
            poster.start();
            assertThat(some.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            witness.kill();
            assertThat(broken.get()).isNotNull();
            long seen = seen();
            assertThat(seen).isGreaterThanOrEqualTo(cosigned.get());
            assertThat(latest().orElseThrow().text()).isEqualTo(LOG.note(seen).text());
            cosigned.set(seen);
        }
        long size = seen();
        try (WitnessProcess witness = WitnessProcess.start(key, store, LOG.key().vkey())) {
            HttpResponse<byte[]> fork = Post.add(witness.address(), LOG.forked().grow(size, size + 1));
            assertThat(fork.statusCode()).isEqualTo(422);
            assertThat(Post.add(witness.address(), LOG.grow(size, size + 1)).statusCode())
                    .isEqualTo(200);
        }
    }

    /** Grows the log until the connection breaks; counts what was answered. */
    private static void post(
            WitnessProcess witness, AtomicLong cosigned, CountDownLatch some, CompletableFuture<IOException> broken) {
        try {
            while (true) {
                long size = cosigned.get();
                HttpResponse<byte[]> answer = Post.add(witness.address(), LOG.grow(size, size + 1));
                if (answer.statusCode() == 200) {
                    cosigned.incrementAndGet();
                }
                some.countDown();
            }
        } catch (IOException killed) {
            broken.complete(killed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void callers_that_never_finish_their_request_keep_nobody_out_and_are_hung_up_on() throws Exception {
        String soon = "-Dsun.net.httpserver.maxReqTime=3";
        List<Socket> slow = new ArrayList<>();
        try (WitnessProcess witness = WitnessProcess.start(key, store, LOG.key().vkey(), soon)) {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket("127.0.0.1", witness.address().getPort());
                slow.add(socket);
                String half = "POST /add-checkpoint HTTP/1.1\r\nHost: w.example\r\nContent-Length: 500\r\n\r\nold";
                String begun = i % 2 == 0 ? half : half.substring(0, 9);
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(Post.add(witness.address(), LOG.grow(0, 5)).statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(hungUp(socket)).isTrue();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Waits for the far end; a connection that is reset is hung up too. */
    private static boolean hungUp(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes().length == 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void a_second_process_does_not_get_the_store_and_a_stopped_one_gives_it_back() throws Exception {
        try (WitnessProcess first = WitnessProcess.start(key, store, LOG.key().vkey())) {
            assertThatThrownBy(() -> WitnessProcess.start(key, store, LOG.key().vkey()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another witness uses");
            assertThat(Post.add(first.address(), LOG.grow(0, 5)).statusCode()).isEqualTo(200);
            first.terminate();
        }
        try (WitnessProcess second = WitnessProcess.start(key, store, LOG.key().vkey())) {
            assertThat(Post.add(second.address(), LOG.grow(0, 9)).statusCode()).isEqualTo(409);
        }
    }

    private long seen() throws IOException, MalformedException {
        return Checkpoint.parse(latest().orElseThrow().text()).size();
    }

    private Optional<SignedNote> latest() throws IOException {
        try (WitnessStore read = new WitnessStore(store, name -> {})) {
            return read.latest(LOG.origin());
        }
    }
}
