// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.Cosignature;
import org.sparekey.protocol.witness.Cosigner;

class WitnessServerTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final GrowingLog LOG = GrowingLog.CASES;
    private static final Cosigner POLICE = new Cosigner("police.example/w1", new byte[32]);

    private final List<String> journal = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    private WitnessServer witness;

    @BeforeEach
    void start() throws IOException {
        witness = started(name -> {});
    }

    @AfterEach
    void stop() throws IOException {
        witness.close();
    }

    @Test
    void a_growing_log_is_cosigned_and_its_checkpoint_is_kept_whole() throws Exception {
        for (int size : List.of(1, 4, 4, 9)) {
            AddCheckpoint request = LOG.grow(seen(), size);
            HttpResponse<byte[]> answer = Post.add(witness.address(), request);
            assertThat(answer.statusCode()).isEqualTo(200);
            List<NoteSignature> lines = Cosignature.answered(
                    answer.body(), POLICE.key(), request.checkpoint().text());
            assertThat(lines).hasSize(1);
            assertThat(stored()).isEqualTo(LOG.note(size).with(lines));
        }
        assertThat(journal).contains("cosigned log.example/log/case/2026 at size 9");
    }

    @Test
    void a_size_that_this_witness_has_not_seen_is_409_and_the_size_that_it_has() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        HttpResponse<byte[]> answer = Post.add(witness.address(), LOG.grow(3, 9));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(text(answer)).isEqualTo("5\n");
        assertThat(seen()).isEqualTo(5);
    }

    @Test
    void a_forked_log_shown_to_this_witness_is_refused_and_the_proof_of_the_fork_is_written_down() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        AddCheckpoint same = new AddCheckpoint(5, List.of(), LOG.forked().note(5));
        AddCheckpoint larger = LOG.forked().grow(5, 9);
        assertThat(Post.add(witness.address(), same).statusCode()).isEqualTo(409);
        assertThat(Post.add(witness.address(), larger).statusCode()).isEqualTo(422);
        assertThat(stored().text()).isEqualTo(LOG.note(5).text());
        for (AddCheckpoint fork : List.of(same, larger)) {
            assertThat(journal)
                    .anyMatch(line -> line.contains(Base64.getEncoder().encodeToString(fork.bytes())));
        }
    }

    /** Checkpoints are public: whoever has an old one could otherwise make the witness accuse an honest log. */
    @Test
    void a_stranger_who_sends_an_old_checkpoint_again_proves_no_fork() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        Post.add(witness.address(), LOG.grow(5, 9));
        AddCheckpoint old = LOG.grow(5, 5);
        assertThat(Post.add(witness.address(), old).statusCode()).isEqualTo(409);
        assertThat(journal).noneMatch(line -> line.contains("the log signed"));
    }

    @Test
    void bad_input_of_every_kind_gets_a_coded_refusal_and_changes_nothing() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        byte[] before = Files.readAllBytes(file());
        byte[] good = LOG.grow(5, 9).bytes();
        byte[] forged = new String(good, StandardCharsets.UTF_8)
                .replace("case/2026\n9\n", "case/2026\n8\n")
                .getBytes(StandardCharsets.UTF_8);
        AddCheckpoint unknown = new GrowingLog("log.example/log/other/2026", 0).grow(0, 5);
        Map<byte[], Integer> bad = new HashMap<>();
        bad.put(new byte[0], 400);
        bad.put(new byte[] {(byte) 0xff, 0}, 400);
        bad.put("old 5\n\nnothing\n".getBytes(StandardCharsets.UTF_8), 400);
        bad.put(LOG.grow(5, 5).bytes().clone(), 200);
        bad.put(forged, 403);
        bad.put(unknown.bytes(), 404);
        bad.put(new AddCheckpoint(9, List.of(), LOG.note(5)).bytes(), 400);
        bad.put(new AddCheckpoint(5, List.of(), LOG.note(9)).bytes(), 422);
        bad.put(new byte[AddCheckpoint.MAX_BYTES + 1], 413);
        for (Map.Entry<byte[], Integer> each : bad.entrySet()) {
            URI path = URI.create(witness.address() + AddCheckpoint.PATH);
            assertThat(Post.send("POST", path, each.getKey()).statusCode()).isEqualTo(each.getValue());
            assertThat(SignedNote.parse(Files.readAllBytes(file())).text())
                    .isEqualTo(SignedNote.parse(before).text());
        }
        assertThat(Files.exists(directory.resolve("store").resolve(unknown.origin())))
                .isFalse();
    }

    @Test
    void nothing_else_is_served() throws Exception {
        byte[] good = LOG.grow(0, 5).bytes();
        for (String path : List.of(
                "/", "/add-checkpointx", "/add-checkpoint/", "/add-checkpoint?x", "/../lock", "/ADD-CHECKPOINT")) {
            assertThat(Post.send("POST", URI.create(witness.address() + path), good)
                            .statusCode())
                    .isEqualTo(404);
        }
        HttpResponse<byte[]> get = Post.send("GET", URI.create(witness.address() + AddCheckpoint.PATH), new byte[0]);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(file()).doesNotExist();
    }

    @Test
    void of_many_that_race_from_one_size_one_wins_and_no_two_branches_are_cosigned() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        List<Callable<Integer>> race = new ArrayList<>();
        for (int size = 6; size < 38; size++) {
            AddCheckpoint request = LOG.grow(5, size);
            race.add(() -> Post.add(witness.address(), request).statusCode());
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int won = 0;
        for (Future<Integer> result : threads.invokeAll(race)) {
            assertThat(result.get()).isIn(200, 409);
            won += result.get() == 200 ? 1 : 0;
        }
        threads.shutdown();
        assertThat(won).isEqualTo(1);
        assertThat(seen()).isGreaterThan(5);
    }

    @Test
    void a_crash_before_the_rename_leaves_the_old_checkpoint_and_no_cosignature() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        witness.close();
        witness = started(crash("witness.written"));
        assertThat(Post.add(witness.address(), LOG.grow(5, 9)).statusCode()).isEqualTo(500);
        witness.close();
        witness = started(name -> {});
        assertThat(seen()).isEqualTo(5);
        assertThat(Post.add(witness.address(), LOG.grow(5, 9)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_crash_after_the_rename_loses_the_answer_and_the_log_is_told_the_size() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        for (String name : List.of("witness.renamed", "witness.stored")) {
            witness.close();
            witness = started(crash(name));
            long next = seen() + 4;
            assertThat(Post.add(witness.address(), LOG.grow(seen(), next)).statusCode())
                    .isEqualTo(500);
            witness.close();
            witness = started(step -> {});
            assertThat(seen()).isEqualTo(next);
            assertThat(text(Post.add(witness.address(), LOG.grow(next - 4, next))))
                    .isEqualTo(next + "\n");
            assertThat(Post.add(witness.address(), LOG.grow(next, next)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_store_that_was_written_to_stops_the_witness_and_is_not_repaired() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        byte[] whole = Files.readAllBytes(file());
        SignedNote planted = new SignedNote(
                LOG.note(3).text(), List.of(NoteSignature.by(POLICE.key().verifierKey(), new byte[72])));
        for (byte[] altered : List.of(new byte[0], Arrays.copyOf(whole, 40), planted.bytes())) {
            Files.write(file(), altered);
            assertThat(Post.add(witness.address(), LOG.grow(5, 9)).statusCode()).isEqualTo(500);
            assertThat(Post.add(witness.address(), LOG.grow(0, 9)).statusCode()).isEqualTo(500);
            assertThat(Files.readAllBytes(file())).isEqualTo(altered);
        }
    }

    @Test
    void two_witnesses_cannot_share_a_store() throws IOException {
        assertThatThrownBy(() -> started(name -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another witness uses");
        witness.close();
        witness = started(name -> {});
    }

    /** He has a checkpoint that the log published, and spoils its proof each time in another way. */
    @Test
    void a_stranger_cannot_fill_the_journal() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        for (int n = 0; n < 60; n++) {
            List<Digest> spoilt = List.of(Digest.sha256(new byte[n]));
            NoteSignature more =
                    new NoteSignature("stranger.example/" + n, Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
            AddCheckpoint request = new AddCheckpoint(5, spoilt, LOG.note(9).with(List.of(more)));
            assertThat(Post.add(witness.address(), request).statusCode()).isEqualTo(422);
            assertThat(Post.add(witness.address(), LOG.grow(3, 9)).statusCode()).isEqualTo(409);
        }
        assertThat(journal)
                .filteredOn(line -> line.contains("the log signed"))
                .as("written down whole, once")
                .hasSize(1);
        assertThat(journal).hasSizeLessThanOrEqualTo(2 + Refusals.LINES_A_MINUTE);
        assertThat(Post.add(witness.address(), LOG.grow(5, 9)).statusCode()).isEqualTo(200);
    }

    @Test
    void how_many_refusals_were_left_out_is_said_a_minute_later() {
        Instant[] now = {NOON};
        Refusals refusals = new Refusals(journal::add, () -> now[0]);
        for (int n = 0; n < 100; n++) {
            refusals.line("a", "refused");
            refusals.line("b", "refused");
        }
        now[0] = NOON.plusSeconds(60);
        refusals.line("a", "refused again");
        assertThat(journal.subList(2 * Refusals.LINES_A_MINUTE, journal.size()))
                .containsExactly("left out 70 more refusals for a", "refused again");
    }

    @Test
    void the_store_has_the_layout_that_monitors_may_be_served() throws Exception {
        Post.add(witness.address(), LOG.grow(0, 5));
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(path ->
                                    directory.resolve("store").relativize(path).toString()))
                    .containsExactlyInAnyOrder("lock", folder() + "/checkpoint");
        }
    }

    private WitnessServer started(WitnessStore.Failpoint failpoint) throws IOException {
        return WitnessServer.start(
                POLICE,
                List.of(LOG.key()),
                new WitnessStore(directory.resolve("store"), failpoint),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InstantSource.fixed(NOON),
                journal::add);
    }

    private static WitnessStore.Failpoint crash(String at) {
        return name -> {
            if (name.equals(at)) {
                throw new IOException("crashed at " + name);
            }
        };
    }

    private Path file() {
        return directory.resolve("store").resolve(folder()).resolve("checkpoint");
    }

    private static String folder() {
        return Digest.sha256(LOG.origin().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private SignedNote stored() throws IOException, MalformedException {
        return SignedNote.parse(Files.readAllBytes(file()));
    }

    private long seen() throws IOException, MalformedException {
        return Files.exists(file()) ? Checkpoint.parse(stored().text()).size() : 0;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
