// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Serves revocation lists and responders' answers on the loopback interface: the location is known before the CA that puts it
 * in certificates.
 */
public final class CrlServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Map<String, Supplier<byte[]>> lists = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<byte[]>> responders = new ConcurrentHashMap<>();

    private CrlServer(HttpServer server) {
        this.server = server;
    }

    public static CrlServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CrlServer server = new CrlServer(http);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** Where the list of this name will be, whether or not it is served yet. */
    public URI location(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".crl");
    }

    /** Where the responder of this name will answer (RFC 6960 by POST). */
    public URI responder(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".ocsp");
    }

    /** Answers requests from now on with what the authority says ({@code ca::ocsp}). */
    public void respond(String name, UnaryOperator<byte[]> ocsp) {
        responders.put("/" + name + ".ocsp", ocsp);
    }

    /** Answers from now on with what the supplier gives at each request ({@code ca::crl}). */
    public void serve(String name, Supplier<byte[]> crl) {
        lists.put("/" + name + ".crl", crl);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Supplier<byte[]> crl = lists.get(path);
        UnaryOperator<byte[]> responder = responders.get(path);
        try (exchange) {
            if (crl == null && responder == null) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] der = crl != null
                    ? crl.get()
                    : Objects.requireNonNull(responder)
                            .apply(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders()
                    .set("Content-Type", crl != null ? "application/pkix-crl" : "application/ocsp-response");
            exchange.sendResponseHeaders(OK, der.length);
            exchange.getResponseBody().write(der);
        }
    }
}
