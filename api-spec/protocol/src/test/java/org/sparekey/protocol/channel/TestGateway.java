// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.MeasuredBody;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestVerdict;
import org.sparekey.protocol.signature.RequestVerifier;
import org.sparekey.protocol.signature.ResponseSigner;

/**
 * A gateway's door in miniature: mutual TLS 1.3, tokens, signatures both ways; what is behind it is the test's. It can be
 * told to misbehave: to alter what it has signed, to break off, to fall silent.
 */
public final class TestGateway implements AutoCloseable {

    /** What the test puts behind the door. */
    public interface Room {
        Reply answer(Message.Request request, byte[] content) throws IOException;
    }

    /** An answer before it is signed; a volume has a Repr-Digest among its headers. */
    public record Reply(int status, Fields headers, byte[] content) {

        public static Reply of(int status, String mediaType, byte[] content) {
            return new Reply(status, Fields.of("Content-Type", mediaType), content);
        }

        public static Reply problem(Problem problem) {
            ProblemDetails details =
                    ProblemDetails.of(problem, "as the test wants it", "https://public.invalid", "urn:uuid:0");
            return of(problem.status(), ProblemDetails.MEDIA_TYPE, Wire.write(details));
        }
    }

    public final List<Message.Request> requests = new CopyOnWriteArrayList<>();
    public final List<Integer> chainLengths = new CopyOnWriteArrayList<>();
    public final AtomicInteger tokens = new AtomicInteger();
    public volatile UnaryOperator<Message.Response> tamper = response -> response;
    public volatile UnaryOperator<byte[]> tamperContent = content -> content;
    public volatile boolean silent;
    public volatile boolean unbound;
    public volatile int tokenLifeSeconds = 300;
    public volatile int tokenStatus = 200;

    private volatile int breakAfterBytes = Integer.MAX_VALUE;
    private final HttpsServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final TestPki pki;
    private final SigningKey message;
    private final RequestVerifier verifier;
    private final ResponseSigner signer;
    private final Room room;

    public TestGateway(TestPki hoster, List<SigningKey> enrolled, TestPki clients, InstantSource clock, Room room) {
        this.pki = hoster;
        this.room = room;
        this.message = hoster.issue("message");
        this.signer = new ResponseSigner(message, clock);
        this.verifier = new RequestVerifier(clock, id -> key(enrolled, id));
        try {
            this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
            server.setHttpsConfigurator(configurator(hoster.issue("localhost"), clients.root()));
            server.createContext("/oauth2/token", this::token);
            server.createContext("/", this::answer);
            server.setExecutor(workers);
            server.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String origin() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** From now on answers break off after so many bytes; tokens do not. */
    public void breakAnswersAfter(int bytes) {
        breakAfterBytes = bytes;
    }

    public X509Certificate root() {
        return pki.root();
    }

    public SigningKey message() {
        return message;
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        SSLSession session = ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
        chainLengths.add(session.getPeerCertificates().length);
        String json = "{\"access_token\":\"token-" + tokens.incrementAndGet()
                + "\",\"token_type\":\"Bearer\",\"expires_in\":" + tokenLifeSeconds + "}";
        write(exchange, tokenStatus, json.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        Message.Request request = new Message.Request(
                exchange.getRequestMethod(),
                origin() + exchange.getRequestURI(),
                Fields.of(exchange.getRequestHeaders()));
        requests.add(request);
        boolean verified =
                verifier.verify(request, MeasuredBody.of(content)) instanceof RequestVerdict.Verified && !unbound;
        Reply reply = verified ? room.answer(request, content) : Reply.problem(Problem.SIGNATURE_INVALID);
        Message.Response response =
                new Message.Response(reply.status(), reply.headers().with("API-Version", "0.1.0"), request);
        response = response.headers().has(ContentDigest.REPRESENTATION_FIELD)
                ? response.with("Content-Length", "" + reply.content().length)
                : response.withContent(reply.content());
        Message.Response signed = tamper.apply(verified ? signer.signBound(response) : signer.signUnbound(response));
        signed.headers()
                .asMap()
                .forEach((name, lines) -> lines.stream()
                        .filter(line -> !name.equals("content-length"))
                        .forEach(line -> exchange.getResponseHeaders().add(name, line)));
        write(exchange, signed.status(), tamperContent.apply(reply.content()), breakAfterBytes);
    }

    private void write(HttpExchange exchange, int status, byte[] content, int most) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        int whole = Math.min(content.length, most);
        try (var out = exchange.getResponseBody()) {
            out.write(content, 0, whole);
            out.flush();
            if (silent) {
                awaitClose();
            }
            if (whole < content.length) {
                throw new IOException("broken off as told");
            }
        } finally {
            exchange.close();
        }
    }

    private synchronized void awaitClose() {
        try {
            while (silent) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            silent = false;
            notifyAll();
        }
        server.stop(0);
        workers.shutdownNow();
    }

    private static Optional<PublicKey> key(List<SigningKey> enrolled, Digest id) {
        return enrolled.stream()
                .filter(key -> key.keyId().equals(id))
                .map(SigningKey::publicKey)
                .findFirst();
    }

    private static HttpsConfigurator configurator(SigningKey tls, X509Certificate clientRoot)
            throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("tls", tls.privateKeyForTls(), new char[0], tls.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("clients", clientRoot);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        };
    }
}
