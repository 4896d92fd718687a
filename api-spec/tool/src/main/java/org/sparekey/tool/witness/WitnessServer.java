// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessAnswer;
import org.sparekey.protocol.witness.WitnessAnswer.Refused;
import org.sparekey.protocol.witness.WitnessKey;
import org.sparekey.protocol.witness.Witnessing;

/**
 * A running witness: {@code POST /add-checkpoint} of C2SP tlog-witness v1.0.0 over plain HTTP (TLS belongs to the proxy in
 * front). It never cosigns what it has not stored for good. Usable in process: port 0 takes a free one.
 */
public final class WitnessServer implements AutoCloseable {

    /**
     * Requests read at once, the slow ones until their time is up ({@link HttpLimits}); the rest of the open connections
     * wait. Deciding is one at a time anyhow.
     */
    private static final int THREADS = 64;

    private static final int BACKLOG = 64;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int CONFLICT = 409;
    private static final int INCONSISTENT = 422;

    private static final int BROKEN = 500;

    private final Cosigner cosigner;
    private final Witnessing witnessing;
    private final List<NoteKey> logs;
    private final WitnessStore store;
    private final InstantSource clock;
    private final Consumer<String> journal;
    private final Refusals refusals;
    private final HttpServer http;
    private final ExecutorService threads;

    private WitnessServer(
            Cosigner cosigner,
            Collection<NoteKey> logs,
            WitnessStore store,
            InetSocketAddress listen,
            InstantSource clock,
            Consumer<String> journal)
            throws IOException {
        this.cosigner = cosigner;
        this.witnessing = new Witnessing(cosigner);
        this.logs = List.copyOf(logs);
        this.store = store;
        this.clock = clock;
        this.journal = journal;
        this.refusals = new Refusals(journal, clock);
        HttpLimits.install();
        this.http = HttpServer.create(listen, BACKLOG);
        this.threads = Executors.newFixedThreadPool(THREADS);
    }

    /**
     * Starts a witness.
     *
     * @param logs whom it knows: the name of each key is the log's origin
     * @param store its directory, created where absent; one witness at a time
     * @param listen port 0 takes a free one
     * @param journal is told one line for every cosignature, and refusals as {@link Refusals} bounds them
     * @throws IOException when the store is in use, or the address is
     */
    public static WitnessServer start(
            Cosigner cosigner,
            Collection<NoteKey> logs,
            Path store,
            InetSocketAddress listen,
            InstantSource clock,
            Consumer<String> journal)
            throws IOException {
        return start(cosigner, logs, new WitnessStore(store, name -> {}), listen, clock, journal);
    }

    static WitnessServer start(
            Cosigner cosigner,
            Collection<NoteKey> logs,
            WitnessStore store,
            InetSocketAddress listen,
            InstantSource clock,
            Consumer<String> journal)
            throws IOException {
        WitnessServer server;
        try {
            server = new WitnessServer(cosigner, logs, store, listen, clock, journal);
        } catch (IOException e) {
            store.close();
            throw e;
        }
        server.http.createContext("/", server::handle);
        server.http.setExecutor(server.threads);
        server.http.start();
        return server;
    }

    /** The submission prefix: a log posts to {@code <address>/add-checkpoint}. */
    public URI address() {
        InetSocketAddress bound = http.getAddress();
        String host = bound.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    public WitnessKey key() {
        return cosigner.key();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            WitnessAnswer answer;
            try {
                answer = answer(exchange);
            } catch (IOException | RuntimeException broken) {
                journal.accept("cannot answer: " + broken.getMessage());
                answer = new Refused(BROKEN, "this witness cannot answer now");
            }
            if (answer.status() == METHOD_NOT_ALLOWED) {
                exchange.getResponseHeaders().set("Allow", "POST");
            }
            byte[] body = answer.bytes();
            exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private WitnessAnswer answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        if (!AddCheckpoint.PATH.equals(uri.getRawPath()) || uri.getRawQuery() != null) {
            return new Refused(404, "nothing is here but " + AddCheckpoint.PATH);
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Refused(METHOD_NOT_ALLOWED, "a checkpoint is posted");
        }
        byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        if (body.length > AddCheckpoint.MAX_BYTES) {
            return new Refused(TOO_LARGE, "a request beyond its limit");
        }
        try {
            return add(AddCheckpoint.parse(body));
        } catch (MalformedException e) {
            return Refused.malformed(e.reason());
        }
    }

    /** One at a time: between reading what was seen and storing what is seen now, nobody else decides. */
    private synchronized WitnessAnswer add(AddCheckpoint request) throws IOException {
        String origin = request.origin();
        if (logs.stream().noneMatch(log -> log.name().equals(origin))) {
            // Also keeps strangers from asking for files: a folder is read for known logs only.
            return witnessing.decide(Optional.empty(), request, List.of(), clock.instant());
        }
        WitnessAnswer answer = witnessing.decide(store.latest(origin), request, logs, clock.instant());
        if (answer instanceof WitnessAnswer.Cosigned cosigned) {
            store.store(origin, cosigned.store());
        }
        note(request, answer);
        return answer;
    }

    /**
     * What the log signed and this witness refused may prove a fork one day: it is written down whole, once. Another size
     * than the one seen proves nothing: anybody can send an old checkpoint once more, and as often as he likes.
     */
    private void note(AddCheckpoint request, WitnessAnswer answer) {
        String[] lines = request.checkpoint().text().split("\n", -1);
        switch (answer.status()) {
            case 200 -> {
                refusals.seen(lines[0]);
                journal.accept("cosigned " + lines[0] + " at size " + lines[1]);
            }
            case CONFLICT -> {
                String seen = answer.body().strip();
                if (lines[1].equals(Long.toString(request.oldSize())) && lines[1].equals(seen)) {
                    refusals.proof(request, "seen another " + lines[0] + ": " + seen);
                } else {
                    refusals.line(lines[0], "seen another " + lines[0] + ": " + seen);
                }
            }
            case INCONSISTENT -> refusals.proof(request, "refused " + lines[0]);
            default -> {}
        }
    }

    /** Answers no more; what is stored stays. */
    @Override
    public void close() throws IOException {
        http.stop(0);
        threads.shutdown();
        store.close();
    }
}
