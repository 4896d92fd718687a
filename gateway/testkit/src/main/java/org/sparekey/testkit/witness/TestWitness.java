// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessAnswer;
import org.sparekey.protocol.witness.WitnessKey;
import org.sparekey.protocol.witness.Witnessing;

/**
 * One witness on a loopback port, deciding by protocol's own rules and remembering in memory. Stopped and started it keeps
 * its port and its memory, as a real one its file.
 */
public final class TestWitness implements AutoCloseable {

    /** What stands between the decision and the wire. */
    @FunctionalInterface
    public interface Mood {
        /** @return what is answered instead; null for silence: the connection is cut */
        @Nullable
        Said answer(Said honest) throws InterruptedException;
    }

    /** A status and a body. */
    public record Said(int status, String body) {}

    private static final Mood HONEST = said -> said;

    private final Witnessing witnessing;
    private final WitnessKey key;
    private final InstantSource clock;
    private final List<NoteKey> logs;
    private final Map<String, SignedNote> seen = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Mood mood = HONEST;
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /** @param logs whose checkpoints it cosigns; the list may grow */
    public TestWitness(String name, List<NoteKey> logs, InstantSource clock, SecureRandom random) {
        Cosigner cosigner = Cosigner.generate(name, random);
        this.witnessing = new Witnessing(cosigner);
        this.key = cosigner.key();
        this.clock = clock;
        this.logs = logs;
        start();
    }

    public WitnessKey key() {
        return key;
    }

    /** Its line in a policy, under its own name. */
    public String policyLine() {
        return "witness " + key.name() + " " + key.vkey() + " http://127.0.0.1:" + port;
    }

    /** A tlog-policy: so many of these. */
    public static String policy(int needed, List<TestWitness> witnesses) {
        StringBuilder text = new StringBuilder();
        StringBuilder group = new StringBuilder("group enough " + needed);
        for (TestWitness witness : witnesses) {
            text.append(witness.policyLine()).append('\n');
            group.append(' ').append(witness.key.name());
        }
        return text.append(group).append("\nquorum enough\n").toString();
    }

    /** How it behaves from now on; its memory stays honest whatever it answers. */
    public void mood(Mood next) {
        mood = next;
    }

    public void honest() {
        mood = HONEST;
    }

    /** How many requests came. */
    public int asked() {
        return asked.get();
    }

    /** The last checkpoint it cosigned for this log. */
    public synchronized Optional<SignedNote> seen(String origin) {
        return Optional.ofNullable(seen.get(origin));
    }

    public synchronized void start() {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            threads = Executors.newVirtualThreadPerTaskExecutor();
            fresh.setExecutor(threads);
            fresh.createContext(AddCheckpoint.PATH, this::exchange);
            fresh.start();
            port = fresh.getAddress().getPort();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            Said said = mood.answer(decide(exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1)));
            if (said != null) {
                byte[] body = said.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Said decide(byte[] body) {
        try {
            AddCheckpoint request = AddCheckpoint.parse(body);
            WitnessAnswer answer = witnessing.decide(
                    Optional.ofNullable(seen.get(request.origin())), request, List.copyOf(logs), clock.instant());
            answer.match(cosigned -> seen.put(request.origin(), cosigned.store()), conflict -> null, refused -> null);
            return new Said(answer.status(), answer.body());
        } catch (MalformedException e) {
            return new Said(400, e.reason() + "\n");
        }
    }
}
