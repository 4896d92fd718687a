// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Serves revocation lists on the loopback interface: the location is known before the CA that puts it in certificates. */
public final class CrlServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final Map<String, Supplier<byte[]>> lists = new ConcurrentHashMap<>();

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

    /** Answers from now on with what the supplier gives at each request ({@code ca::crl}). */
    public void serve(String name, Supplier<byte[]> crl) {
        lists.put("/" + name + ".crl", crl);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Supplier<byte[]> crl = lists.get(exchange.getRequestURI().getPath());
        try (exchange) {
            if (crl == null) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] der = crl.get();
            exchange.getResponseHeaders().set("Content-Type", "application/pkix-crl");
            exchange.sendResponseHeaders(OK, der.length);
            exchange.getResponseBody().write(der);
        }
    }
}
