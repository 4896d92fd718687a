// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessPolicy;
import org.sparekey.testkit.world.World;
import org.sparekey.tool.witness.WitnessServer;

/** A real witness that seems far away: each request is held back for the given time before it is handed on. */
final class SlowWitness implements AutoCloseable {

    private static final String NAME = "association";

    private final WitnessServer witness;
    private final HttpServer door;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration latency;
    private final Path policy;

    private SlowWitness(WitnessServer witness, HttpServer door, Duration latency, Path policy) {
        this.witness = witness;
        this.door = door;
        this.latency = latency;
        this.policy = policy;
    }

    static SlowWitness start(World world, Duration latency, InstantSource clock, SecureRandom random)
            throws IOException {
        Path directory = Files.createDirectories(world.directory().resolve("witness"));
        Cosigner cosigner = Cosigner.generate("witness.association.invalid", random);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        WitnessServer witness = WitnessServer.start(
                cosigner, world.logKeys(clock.instant()), directory.resolve("store"), free, clock, line -> {});
        HttpServer door = HttpServer.create(free, 0);
        WitnessPolicy policy = new WitnessPolicy(
                List.of(),
                List.of(new WitnessPolicy.Witness(
                        NAME,
                        cosigner.key(),
                        Optional.of("http://127.0.0.1:" + door.getAddress().getPort()))),
                List.of(),
                NAME);
        Path file = Files.writeString(directory.resolve("registry.policy"), policy.text());
        SlowWitness slow = new SlowWitness(witness, door, latency, file);
        door.setExecutor(slow.threads);
        door.createContext("/", slow::handOn);
        door.start();
        return slow;
    }

    /** What the gateway is told of it. */
    Map<String, String> properties() {
        return Map.of("sparekey.log.policy.registry", policy.toString());
    }

    private void handOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Thread.sleep(latency);
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(behind(exchange.getRequestURI()))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private URI behind(URI asked) {
        return witness.address().resolve(asked.getPath());
    }

    @Override
    public void close() throws IOException {
        door.stop(0);
        threads.shutdownNow();
        client.close();
        witness.close();
    }
}
