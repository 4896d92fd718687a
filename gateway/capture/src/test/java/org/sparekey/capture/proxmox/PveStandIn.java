// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as a cluster's API is documented to; the cluster itself cannot run here. Invented guests. */
final class PveStandIn implements AutoCloseable {

    private static final String TOKEN = "look@pve!sparekey=invented";

    private final HttpServer server;
    private final Path directory;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    record Answer(int status, String body) {}

    PveStandIn(Path directory) {
        this.directory = directory;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Files.writeString(directory.resolve("token"), TOKEN + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api2/json/", exchange -> {
            String path = exchange.getRequestURI().toString().substring("/api2/json".length());
            asked.add(exchange.getRequestMethod() + " " + path);
            boolean known =
                    ("PVEAPIToken=" + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Answer answer = known ? next(path) : new Answer(401, "");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** The last answer given for a path stays. */
    private Answer next(String path) {
        Deque<Answer> waiting = answers.getOrDefault(path, new ArrayDeque<>(List.of(new Answer(404, "{}"))));
        synchronized (waiting) {
            return waiting.size() > 1 ? waiting.removeFirst() : waiting.getFirst();
        }
    }

    PveStandIn data(String path, String data) {
        return answer(path, 200, "{\"data\":" + data + "}");
    }

    PveStandIn answer(String path, int status, String body) {
        answers.put(path, new ArrayDeque<>(List.of(new Answer(status, body))));
        return this;
    }

    PveStandIn then(String path, String data) {
        Objects.requireNonNull(answers.get(path), path).addLast(new Answer(200, "{\"data\":" + data + "}"));
        return this;
    }

    ProxmoxListing listing() {
        URI origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ProxmoxListing(
                new ProxmoxSettings("ams-pve", origin, directory.resolve("token"), directory.resolve("ca")));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
