// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.tool.Sparekey;

class MonitorTest {

    @TempDir
    Path directory;

    private PublishedFolder log;
    private Path state;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @BeforeEach
    void publish() throws IOException {
        log = new PublishedFolder(Files.createDirectories(directory.resolve("log")));
        state = directory.resolve("state");
        log.grow("a", 700).publish();
    }

    @Test
    void a_log_that_grows_stays_the_same_log() throws Exception {
        assertThat(look().finding()).isEqualTo(Look.Finding.CONSISTENT);
        assertThat(look().finding()).isEqualTo(Look.Finding.CONSISTENT);
        log.grow("a", 70_000).publish();
        Look grown = look();
        assertThat(grown.finding()).isEqualTo(Look.Finding.CONSISTENT);
        assertThat(grown.size()).isEqualTo(70_000);
    }

    @Test
    void a_log_that_went_back_is_told_and_both_checkpoints_are_kept() throws Exception {
        look();
        log.cut(600).publish();
        assertThat(look().finding()).isEqualTo(Look.Finding.WENT_BACK);
        assertThat(look().finding()).as("and told again").isEqualTo(Look.Finding.WENT_BACK);
        assertThat(contradictions()).hasSize(1);
    }

    @Test
    void a_second_history_of_the_same_size_is_a_fork() throws Exception {
        look();
        log.cut(699).grow("b", 700).publish();
        assertThat(look().finding()).isEqualTo(Look.Finding.FORKED);
        assertThat(contradictions()).hasSize(1);
    }

    @Test
    void a_longer_log_that_does_not_begin_with_what_was_seen_is_a_fork() throws Exception {
        look();
        log.cut(300).grow("b", 900).publish();
        assertThat(look().finding()).isEqualTo(Look.Finding.FORKED);
    }

    @Test
    void a_checkpoint_of_another_key_is_not_the_logs() throws Exception {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        String text = log.head().text();
        Files.write(
                log.folder.resolve("checkpoint"),
                new SignedNote(text, List.of(new NoteSigner(PublishedFolder.ORIGIN, seed).sign(text))).bytes());
        assertThat(look().finding()).isEqualTo(Look.Finding.NOT_SIGNED);
        Files.write(log.folder.resolve("checkpoint"), "garbage".getBytes(StandardCharsets.UTF_8));
        assertThat(look().finding()).isEqualTo(Look.Finding.NOT_SIGNED);
    }

    @Test
    void one_byte_of_any_hash_tile_is_noticed() throws Exception {
        for (String tile : new String[] {"tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2"}) {
            Path file = log.folder.resolve(tile);
            byte[] honest = Files.readAllBytes(file);
            byte[] altered = honest.clone();
            altered[honest.length - 1] ^= 1;
            Files.write(file, altered);
            assertThat(look().finding()).as(tile).isEqualTo(Look.Finding.TILES_DIFFER);
            Files.write(file, honest);
        }
        assertThat(look().finding()).as("nothing wrong was remembered").isEqualTo(Look.Finding.CONSISTENT);
    }

    @Test
    void a_missing_tile_is_unreachable_and_not_a_forgery() throws Exception {
        Files.delete(log.folder.resolve("tile/0/001"));
        assertThat(look().finding()).isEqualTo(Look.Finding.UNREACHABLE);
        Files.delete(log.folder.resolve("checkpoint"));
        assertThat(look().finding()).isEqualTo(Look.Finding.UNREACHABLE);
    }

    @Test
    void too_few_witnesses_are_told_and_the_history_counts_all_the_same() throws Exception {
        Cosigner witness = new Cosigner("police.example", new byte[32]);
        String policy = "witness police " + witness.key().vkey() + "\nquorum police\n";
        TrustFile trust = log.trust(policy);
        assertThat(look(trust).finding()).isEqualTo(Look.Finding.NOT_WITNESSED);
        log.publish(witness.cosign(log.head().text(), Instant.parse("2026-11-23T12:00:00Z"))
                .line(witness.key()));
        Look seen = look(trust);
        assertThat(seen.finding()).isEqualTo(Look.Finding.CONSISTENT);
        assertThat(seen.witnesses()).containsExactly("police");
    }

    /** Somebody who is shown the same old state again and again would otherwise be content for ever. */
    @Test
    void a_log_that_stands_still_is_stale_by_when_its_size_was_first_seen() throws Exception {
        TrustFile trust = log.trust("none");
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.CONSISTENT);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.CONSISTENT);
        now = now.plusSeconds(1);
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.STALE);
        assertThat(look(trust).finding()).as("where nobody asks").isEqualTo(Look.Finding.CONSISTENT);
        log.grow("a", 701).publish();
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.CONSISTENT);
    }

    @Test
    void a_log_that_no_witness_has_seen_for_long_is_stale_at_the_first_look() throws Exception {
        Cosigner witness = new Cosigner("police.example", new byte[32]);
        TrustFile trust = log.trust("witness police " + witness.key().vkey() + "\nquorum police\n");
        log.publish(witness.cosign(log.head().text(), now.minus(Duration.ofHours(1)))
                .line(witness.key()));
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.STALE);
        log.publish(witness.cosign(log.head().text(), now).line(witness.key()));
        assertThat(look(trust, minutes(5)).finding()).isEqualTo(Look.Finding.CONSISTENT);
    }

    @Test
    void another_log_of_the_trust_file_at_the_same_address_is_told() throws Exception {
        TrustFile trust = log.trust("none");
        Monitor.Demands other = new Monitor.Demands(Set.of("log.example/log/registry/2031"), Optional.empty());
        Monitor.Demands right = new Monitor.Demands(Set.of(PublishedFolder.ORIGIN), Optional.empty());
        assertThat(look(trust, other).finding()).isEqualTo(Look.Finding.OTHER_LOG);
        assertThat(look(trust, right).finding()).isEqualTo(Look.Finding.CONSISTENT);
        Path file = Files.write(directory.resolve("trust.json"), Wire.write(trust));
        assertThat(run(
                        "monitor",
                        log.folder.toString(),
                        "--trust",
                        file.toString(),
                        "--state",
                        state.toString(),
                        "--origin",
                        "log.example/log/registry/2031"))
                .isEqualTo(5);
    }

    private static Monitor.Demands minutes(int minutes) {
        return new Monitor.Demands(Set.of(), Optional.of(Duration.ofMinutes(minutes)));
    }

    @Test
    void the_command_reads_over_http_and_its_exit_codes_say_what_was_found() throws Exception {
        Path trust = Files.write(directory.resolve("trust.json"), Wire.write(log.trust("none")));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = log.folder.resolve(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(Files.exists(file) ? 200 : 404, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(run("monitor", url, "--trust", trust.toString(), "--state", state.toString()))
                    .isZero();
            log.cut(10).publish();
            assertThat(run("monitor", url, "--trust", trust.toString(), "--state", state.toString(), "--json"))
                    .isEqualTo(5);
        } finally {
            server.stop(0);
        }
        assertThat(run("monitor", "http://127.0.0.1:1", "--trust", trust.toString(), "--state", state.toString()))
                .isEqualTo(1);
        assertThat(run(
                        "monitor",
                        directory.resolve("nowhere").toString(),
                        "--trust",
                        directory.resolve("none.json").toString()))
                .isEqualTo(10);
    }

    /** A disk that broke here says nothing about the log. */
    @Test
    void a_damaged_memory_of_our_own_judges_nothing() throws Exception {
        Path trust = Files.write(directory.resolve("trust.json"), Wire.write(log.trust("none")));
        look();
        Path seen;
        try (Stream<Path> files = Files.list(state)) {
            seen = files.findFirst().orElseThrow();
        }
        String whole = Files.readString(seen);
        for (String damaged :
                List.of("", whole.substring(0, 40), whole.replace(":700", ":701"), whole.replace(":700", ":703"))) {
            Files.writeString(seen, damaged);
            assertThat(run("monitor", log.folder.toString(), "--trust", trust.toString(), "--state", state.toString()))
                    .as(damaged)
                    .isEqualTo(10);
        }
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        return Sparekey.run(new PrintWriter(out), new PrintWriter(out), arguments);
    }

    private Look look() throws Exception {
        return look(log.trust("none"));
    }

    private Look look(TrustFile trust) throws Exception {
        return look(trust, Monitor.Demands.NONE);
    }

    private Look look(TrustFile trust, Monitor.Demands demands) throws Exception {
        return new Monitor(new FolderLog(log.folder), trust, state, demands, () -> now).look();
    }

    private List<Path> contradictions() throws IOException {
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(file -> file.toString().endsWith(".note")).toList();
        }
    }
}
