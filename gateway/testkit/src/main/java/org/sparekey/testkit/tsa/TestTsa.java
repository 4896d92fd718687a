// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.tsa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.tsp.TimeStampRequest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.timestamp.cms.TimeStampQuery;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/** A time-stamp authority on the loopback interface, under a root of its own; its clock is given. */
public final class TestTsa implements AutoCloseable {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int MAX_QUERY_BYTES = 4096;
    private static final int FLOOD_BYTES = 8 << 20;
    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;
    private final SecureRandom random;
    private final TestCa ca;
    private final TestCa foreign;
    private final List<Digest> stamped = new CopyOnWriteArrayList<>();
    private final int port;
    private HttpServer server;
    private volatile Conduct conduct = Conduct.HONEST;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch askedInSilence = new CountDownLatch(1);

    private TestTsa(TestCa ca, InstantSource clock, SecureRandom random) throws IOException {
        this.clock = clock;
        this.random = random;
        this.ca = ca;
        this.foreign = TestCa.root(ca.organisation(), ca.crlLocation(), clock, random);
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    /** @param ca the authority's own root: what a trust file names */
    public static TestTsa start(TestCa ca, InstantSource clock, SecureRandom random) throws IOException {
        return new TestTsa(ca, clock, random);
    }

    /** One with a new root, for a test that needs nothing else of a world. */
    public static TestTsa start(InstantSource clock, SecureRandom random) throws IOException {
        return start(TestCa.root("Tijd Voorbeeld", URI.create("file:/none.crl"), clock, random), clock, random);
    }

    public URI location() {
        return URI.create("http://127.0.0.1:" + port + "/tsa");
    }

    public X509Certificate root() {
        return ca.certificate();
    }

    /** From now on. */
    public void conduct(Conduct wanted) {
        conduct = wanted;
    }

    /** Nobody listens at {@link #location} any more. */
    public void away() {
        server.stop(0);
    }

    /** At the same place again. */
    public void back() throws IOException {
        server = listen(port);
    }

    /** The digests that were honestly stamped, in order. */
    public List<Digest> stamped() {
        return List.copyOf(stamped);
    }

    /** Returns when a question has come that is met with {@link Conduct#SILENCE}. */
    public void awaitUnanswered() throws InterruptedException {
        askedInSilence.await();
    }

    @Override
    public void close() {
        closed.countDown();
        away();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        http.createContext("/tsa", this::answer);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.start();
        return http;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] query = exchange.getRequestBody().readNBytes(MAX_QUERY_BYTES);
            if (!TimeStampQuery.CONTENT_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                exchange.sendResponseHeaders(BAD_REQUEST, -1);
                return;
            }
            Conduct now = conduct;
            if (now == Conduct.UNAVAILABLE) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            if (now == Conduct.SILENCE) {
                silence();
                return;
            }
            byte[] reply = reply(query, now);
            exchange.getResponseHeaders().set("Content-Type", TimeStampQuery.REPLY_CONTENT_TYPE);
            exchange.sendResponseHeaders(OK, now == Conduct.FLOOD ? 0 : reply.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(reply);
            }
        }
    }

    private void silence() {
        askedInSilence.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] reply(byte[] query, Conduct now) throws IOException {
        TimeStampRequest asked = new TimeStampRequest(query);
        StampWriter writer = new StampWriter(asked, clock.instant(), random);
        return switch (now) {
            case HONEST -> {
                stamped.add(Digest.of(asked.getMessageImprintDigest()));
                yield writer.granted(key(ca, Purpose.TIME_STAMP));
            }
            case WRONG_IMPRINT -> writer.over(Digest.sha256(query)).granted(key(ca, Purpose.TIME_STAMP));
            case WRONG_NONCE ->
                writer.nonce(asked.getNonce().flipBit(0).setBit(1)).granted(key(ca, Purpose.TIME_STAMP));
            case EXPIRED_CERTIFICATE -> writer.granted(ca.issue(expired()));
            case WRONG_USE -> writer.granted(key(ca, Purpose.DOCUMENT));
            case FOREIGN_ROOT -> writer.granted(key(foreign, Purpose.TIME_STAMP));
            case REJECTION -> writer.rejected();
            case GARBAGE -> garbage(query.length);
            case FLOOD -> garbage(FLOOD_BYTES);
            case SILENCE, UNAVAILABLE -> throw new IllegalStateException("answered before");
        };
    }

    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private SigningKey key(TestCa of, Purpose purpose) {
        return of.issue(purpose, "Time-stamps");
    }

    private Wanted expired() {
        Instant now = clock.instant();
        return Wanted.of(Purpose.TIME_STAMP, "Time-stamps", now).expiredAt(now.minus(HOUR));
    }
}
