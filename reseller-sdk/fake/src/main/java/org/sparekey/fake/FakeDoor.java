// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;

/** TLS 1.3 with client certificates, tokens bound to them, and whatever stands behind for everything else. */
final class FakeDoor implements AutoCloseable {

    static final int TOKEN_SECONDS = 300;

    private static final int TOKEN_BYTES = 32;

    private final HttpsServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sparekey-fake");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Digest> tokens = new ConcurrentHashMap<>();
    private final SecureRandom random;
    private final Function<Digest, Boolean> enrolled;
    private final Room room;

    /** What stands behind the door. */
    interface Room {
        Reply answer(Knock knock);
    }

    /** @param tlsKey of the connection; token = the key the token is bound to, empty for none of ours */
    record Knock(Message.Request request, byte[] content, Digest tlsKey, Optional<Digest> token) {}

    /** @param most bytes that are sent before the connection breaks; negative = all */
    record Reply(int status, Fields headers, byte[] content, int most) {}

    FakeDoor(SigningKey tls, X509Certificate root, SecureRandom random, Function<Digest, Boolean> enrolled, Room room) {
        this.random = random;
        this.enrolled = enrolled;
        this.room = room;
        try {
            this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
            server.setHttpsConfigurator(configurator(tls, root));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no free port, or no TLS", e);
        }
        server.createContext("/oauth2/token", this::token);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    String origin() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** No token given so far is taken any more. */
    void forgetTokens() {
        tokens.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Digest key = peer(exchange);
        if (!enrolled.apply(key)) {
            byte[] refusal = "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8);
            write(exchange, new Reply(401, Fields.of("content-type", "application/json"), refusal, -1));
            return;
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Bytes.of(bytes).base64url();
        tokens.put(token, key);
        Map<String, Object> answer = Map.of("access_token", token, "token_type", "Bearer", "expires_in", TOKEN_SECONDS);
        write(exchange, new Reply(200, Fields.of("content-type", "application/json"), Wire.write(answer), -1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        Message.Request request = new Message.Request(
                exchange.getRequestMethod(),
                origin() + exchange.getRequestURI(),
                Fields.of(exchange.getRequestHeaders()));
        String token = request.headers().value("authorization").orElse("").replaceFirst("^Bearer ", "");
        write(
                exchange,
                room.answer(new Knock(request, content, peer(exchange), Optional.ofNullable(tokens.get(token)))));
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (reply.most() == 0) {
                throw new IOException("broken off as told");
            }
            reply.headers()
                    .asMap()
                    .forEach((name, lines) -> lines.stream()
                            .filter(line -> !name.equals("content-length"))
                            .forEach(line -> exchange.getResponseHeaders().add(name, line)));
            byte[] content = reply.content();
            exchange.sendResponseHeaders(reply.status(), content.length == 0 ? -1 : content.length);
            int count = reply.most() < 0 ? content.length : Math.min(reply.most(), content.length);
            OutputStream out = exchange.getResponseBody();
            out.write(content, 0, count);
            out.flush();
            if (count < content.length) {
                throw new IOException("broken off as told");
            }
            out.close();
        }
    }

    private static Digest peer(HttpExchange exchange) throws IOException {
        X509Certificate certificate =
                (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
        return KeyId.of(certificate.getPublicKey());
    }

    private static HttpsConfigurator configurator(SigningKey tls, X509Certificate root)
            throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(FakePki.store(tls, new char[0]), new char[0]);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("clients", root);
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
