// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.Database;

/** A database is lost, or restored to an earlier day, under a log that went on: what brings it back, and what may not. */
class RebuildTest {

    private static final int ENTRIES = 600;

    @TempDir
    Path root;

    private LogFixture fixture;
    private List<Digest> leaves;
    private Path published;
    private Database.Access backup;

    @BeforeEach
    void aLogThatWentOnAfterItsBackup() {
        fixture = new LogFixture(root);
        AuditLog live = fixture.start();
        fixture.append(live, LogFixture.statement("first", Optional.of(CaseLink.first("c-1"))));
        fixture.append(live, 299);
        LogFixture.all(live);
        fixture.append(live, 10);
        backup = Database.shared().copy(fixture.access.name());
        fixture.append(live, ENTRIES - 310);
        LogFixture.all(live);
        leaves = LogFixture.audit(live);
        published = live.directory(LogName.CASE);
    }

    @Test
    void an_empty_database_gets_every_entry_back_from_the_published_bundles() throws IOException {
        fixture.lose();
        AuditLog empty = fixture.start();
        assertThat(empty.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        Rebuilding done = empty.recovery().rebuild(TileCopy.of(published));
        assertThat(done).isInstanceOfSatisfying(Rebuilding.Rebuilt.class, rebuilt -> {
            assertThat(rebuilt.from()).isZero();
            assertThat(rebuilt.head().size()).isEqualTo(ENTRIES);
        });
        AuditLog log = resumed();
        assertThat(log.from(LogName.CASE, 0, ENTRIES))
                .extracting(entry -> entry.recorded().leafHash())
                .isEqualTo(leaves);
        assertThat(log.ofCase("c-1")).hasSize(1);
        assertThat(log.proof(leaves.get(7))).isPresent();
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(log.find(next.leafHash()).orElseThrow().index()).isEqualTo(ENTRIES);
        assertThat(LogFixture.audit(log).subList(0, ENTRIES)).isEqualTo(leaves);
    }

    @Test
    void an_older_database_gets_what_it_misses_and_what_waited_in_it_is_not_entered_twice() throws IOException {
        fixture.access = backup;
        AuditLog older = fixture.start();
        assertThat(older.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThat(older.recovery().rebuild(TileCopy.of(published)))
                .isInstanceOfSatisfying(
                        Rebuilding.Rebuilt.class,
                        rebuilt -> assertThat(rebuilt.from()).isEqualTo(300));
        AuditLog log = resumed();
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).isEqualTo(leaves);
        assertThat(log.recovery().rebuild(TileCopy.of(published))).isEqualTo(new Rebuilding.Level(ENTRIES));
    }

    @Test
    void rebuilding_alone_does_not_set_the_log_going_again() throws IOException {
        fixture.access = backup;
        AuditLog older = fixture.start();
        older.recovery().rebuild(TileCopy.of(published));
        assertThatThrownBy(older.stepper()::step).isInstanceOf(LogStoppedException.class);
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void a_copy_with_one_altered_entry_writes_nothing() throws IOException {
        fixture.lose();
        Path bundle = published.resolve("tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(bundle, text.replaceFirst("GATEWAY", "OFFICER").getBytes(StandardCharsets.ISO_8859_1));
        AuditLog empty = fixture.start();
        assertThat(empty.recovery().rebuild(TileCopy.of(published))).isInstanceOf(Rebuilding.Forged.class);
        assertThat(entries()).isZero();
    }

    @Test
    void a_copy_that_ends_too_early_writes_nothing_and_says_how_much_is_missing() throws IOException {
        fixture.lose();
        Files.delete(published.resolve("tile/entries/002.p/" + (ENTRIES - 512)));
        AuditLog empty = fixture.start();
        assertThat(empty.recovery().rebuild(TileCopy.of(published))).isEqualTo(new Rebuilding.Incomplete(512, ENTRIES));
        assertThat(entries()).isZero();
    }

    /** The checkpoint beside the tiles is only what the copy claims; the guard knows how far it went. */
    @Test
    void an_older_copy_with_its_own_checkpoint_is_not_taken_for_the_whole_log() throws IOException {
        fixture.lose();
        AuditLog empty = fixture.start();
        assertThat(empty.recovery().rebuild(copy(leaves.size() - 100)))
                .isEqualTo(new Rebuilding.Incomplete(500, ENTRIES));
    }

    @Test
    void a_database_with_another_beginning_is_not_built_upon() throws IOException {
        fixture.lose();
        AuditLog fork = fixture.startWithGuards(root.resolve("intruder"));
        fixture.append(fork, 20);
        LogFixture.all(fork);
        assertThat(fixture.start().recovery().rebuild(TileCopy.of(published))).isInstanceOf(Rebuilding.Forged.class);
        assertThat(entries()).isEqualTo(20);
    }

    @Test
    void a_crash_in_the_middle_leaves_the_database_as_it_was() throws IOException {
        fixture.lose();
        AuditLog dying = fixture.start(name -> {
            if (name.equals("log.rebuilding")) {
                throw new AssertionError("killed");
            }
        });
        TileCopy copy = TileCopy.of(published);
        assertThatThrownBy(() -> dying.recovery().rebuild(copy)).hasMessage("killed");
        assertThat(entries()).isZero();
        assertThat(fixture.start().recovery().rebuild(TileCopy.of(published))).isInstanceOf(Rebuilding.Rebuilt.class);
    }

    private long entries() {
        return fixture.criminal()
                .sql("SELECT count(*) FROM auditlog_entry")
                .query(Long.class)
                .single();
    }

    private LogCopy copy(int entries) throws IOException {
        TileCopy all = TileCopy.of(published);
        Deque<byte[]> some = new ArrayDeque<>(all.next(entries));
        return new LogCopy() {
            @Override
            public String origin() {
                return all.origin();
            }

            @Override
            public List<byte[]> next(int atMost) {
                List<byte[]> next = new ArrayList<>();
                while (next.size() < atMost && !some.isEmpty()) {
                    next.add(some.remove());
                }
                return next;
            }
        };
    }

    /** What two officers' word does: the note that keeps the stop beyond a restart is taken away. */
    private AuditLog resumed() throws IOException {
        try (Stream<Path> files = Files.list(fixture.guards)) {
            for (Path note :
                    files.filter(file -> file.toString().endsWith(".stopped")).toList()) {
                Files.delete(note);
            }
        }
        return fixture.start();
    }
}
