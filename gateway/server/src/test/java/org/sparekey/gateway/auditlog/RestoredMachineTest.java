// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.testkit.Database;

/** Database, guard and published files came back together from one old backup, or the guard alone is lost: the way back. */
class RestoredMachineTest {

    private static final Actor OFFICER = new Actor("OFFICER", Optional.empty());

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private LogFixture fixture;
    private WitnessTrio trio;
    private Path newer;
    private Checkpoint head;
    private Database.Access backup;
    private Snapshot files;

    @BeforeEach
    void fiveEntriesAfterTheBackup() throws IOException, MalformedException {
        fixture = new LogFixture(root);
        trio = new WitnessTrio(fixture.caseKey(), fixture::now);
        fixture.policy(trio.policy());
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        backup = fixture.copy();
        files = Snapshot.of(root);
        fixture.append(live, 5);
        LogFixture.all(live);
        newer = copied(live.directory(LogName.CASE));
        head = Checkpoint.parse(SignedNote.parse(Files.readAllBytes(newer.resolve("checkpoint")))
                .text());
    }

    @AfterEach
    void close() {
        trio.close();
    }

    @Test
    void what_the_restored_guard_no_longer_knows_comes_back_from_a_newer_copy_and_two_officers_go_on()
            throws IOException {
        AuditLog restored = restored();
        assertThat(restored.recovery().rebuild(TileCopy.of(newer))).isEqualTo(new Rebuilding.Rebuilt(10, head));

        AuditLog log = fixture.start();
        assertThat(resume(log)).isInstanceOf(Resumed.Done.class);
        fixture.append(log, 1);
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).hasSize(17);
        assertThat(fixture.start().stopped()).isEmpty();
    }

    @Test
    void how_far_a_copy_goes_is_believed_only_under_the_logs_own_signature() throws IOException {
        NoteSigner stranger = new NoteSigner(head.origin(), new byte[32]);
        SignedNote foreign = new SignedNote(head.text(), List.of(stranger.sign(head.text())));
        Files.write(newer.resolve("checkpoint"), foreign.bytes());
        assertThat(restored().recovery().rebuild(TileCopy.of(newer))).isEqualTo(new Rebuilding.Level(10));
    }

    @Test
    void a_guard_that_is_lost_begins_anew_when_files_witnesses_and_two_officers_agree() throws IOException {
        loseGuard();
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        stops(log);
        assertThat(log.stopped()).contains(StopReason.GUARD_MISSING);
        assertThat(fixture.start().stopped()).as("no restart clears it").contains(StopReason.GUARD_MISSING);

        AuditLog again = fixture.start();
        assertThat(resume(again)).isInstanceOf(Resumed.Done.class);
        LogFixture.all(again);
        assertThat(LogFixture.audit(again)).hasSize(17);
        assertThat(fixture.start().stopped()).isEmpty();
    }

    @Test
    void without_the_witnesses_a_lost_guard_does_not_begin_anew() throws IOException {
        loseGuard();
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        stops(log);
        trio.stop(0, 1);
        assertThat(resume(fixture.start())).isEqualTo(new Resumed.Unconfirmed());
        assertThat(fixture.start().stopped()).contains(StopReason.GUARD_MISSING);
    }

    private AuditLog restored() throws IOException {
        files.restore();
        fixture.access = backup;
        AuditLog restored = fixture.start();
        assertThat(restored.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        return restored;
    }

    private static void stops(AuditLog log) {
        try {
            LogFixture.all(log);
        } catch (LogStoppedException stopped) {
            return;
        }
        throw new AssertionError("the log went on");
    }

    private void loseGuard() throws IOException {
        try (Stream<Path> all = Files.list(fixture.guards)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
    }

    private static Resumed resume(AuditLog log) {
        LogFacts facts = log.facts(LogName.CASE);
        LogResumption said = new LogResumption(
                LogResumption.VERSION,
                LogResumption.TYPE,
                facts.origin(),
                facts.sequenced(),
                facts.root(),
                facts.stopped().orElseThrow().text(),
                "the whole machine came back from a backup",
                List.of("o-1", "o-2"),
                LogFixture.NOW,
                Bytes.of(new byte[32]));
        return log.recovery().resume(LogName.CASE, said, new byte[] {1}, OFFICER);
    }

    private Path copied(Path published) throws IOException {
        try (Stream<Path> all = Files.walk(published)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Path to = elsewhere.resolve(published.relativize(path).toString());
                Files.createDirectories(to.getParent());
                Files.copy(path, to);
            }
        }
        return elsewhere;
    }
}
