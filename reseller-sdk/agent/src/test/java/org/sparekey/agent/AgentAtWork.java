// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.client.ClientSettings;
import org.sparekey.client.Retries;
import org.sparekey.fake.FakeGateway;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.registration.RegistrationRecord;

/** An agent in a directory of its own, an invented hoster it talks to over TLS, and a clock that is set by hand. */
final class AgentAtWork implements AutoCloseable {

    static final String RESELLER = "palmstrand";
    static final String HEADER = "ip,vm,customerRef,validFrom\n";

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final List<Duration> pauses = new ArrayList<>();
    final FakeGateway gateway = FakeGateway.start();
    final Path directory;
    final MortalRandom random = new MortalRandom();
    boolean terminal;
    Duration wrongBy = Duration.ZERO;
    Surroundings.Pause pause = wait -> false;

    AgentAtWork(Path directory) {
        this.directory = directory;
        for (String prefix : List.of("192.0.2.0/24", "198.51.100.0/24", "2001:db8::/32")) {
            gateway.assign(RESELLER, prefix);
        }
        try {
            gateway.enrol(RESELLER, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return directory.resolve("sparekey.json");
    }

    Path csv(String... lines) throws IOException {
        return Files.writeString(
                directory.resolve("fleet.csv"), HEADER + String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
    }

    void later(Duration time) {
        gateway.clock().advance(time);
    }

    Instant now() {
        return gateway.clock().instant();
    }

    /** Synchronises with the CSV of {@link #csv}. */
    int sync(String... more) {
        return source("sync", more);
    }

    int source(String command, String... more) {
        return sourceOf("cluster-a", command, more);
    }

    /** The same for another place of this reseller's. */
    int sourceOf(String cluster, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command));
        if (!command.equals("check")) {
            words.addAll(List.of("--config", config().toString()));
        }
        words.addAll(List.of("--source", "csv", "--cluster", cluster, "--file"));
        words.add(directory.resolve("fleet.csv").toString());
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    /** A command that needs the configuration and no source. */
    int command(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--config", config().toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        ClientSettings client = ClientSettings.usual()
                .clock(gateway.clock().wrongBy(wrongBy))
                .random(random)
                .pause(wait -> {});
        Surroundings around = new Surroundings(client, terminal, wait -> {
            pauses.add(wait);
            return pause.goesOnAfter(wait);
        });
        return Agent.run(around, new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    /** Every request of the next call fails like this, with all its attempts. */
    void away(Fault fault) {
        for (int i = 0; i < Retries.USUAL.attempts(); i++) {
            gateway.next(fault);
        }
    }

    /** What the gateway accepted last of each machine. */
    List<RegistrationRecord> registered() {
        return gateway.registered(RESELLER);
    }

    RegistrationRecord registered(String vm) {
        return registered().stream()
                .filter(record -> record.vmId().orElse("").equals(vm))
                .findFirst()
                .orElseThrow();
    }

    int batches() {
        return gateway.batches(RESELLER);
    }

    /** All that was ever sent, as it was sent. */
    String sent() throws IOException {
        StringBuilder sent = new StringBuilder();
        try (var files = Files.newDirectoryStream(directory.resolve("sparekey-ledger"), "batch-*[0-9].ndjson")) {
            for (Path file : files) {
                sent.append(Files.readString(file));
            }
        }
        return sent.toString();
    }

    String printed() {
        return out.toString() + err;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
