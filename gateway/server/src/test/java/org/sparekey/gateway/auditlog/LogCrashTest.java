// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.Database;

/** The table of deaths: each row is a crash at that line, a restart on what it left behind, and what must then hold. */
class LogCrashTest {

    @TempDir
    Path root;

    private LogFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new LogFixture(root);
    }

    /** An Error, so that nothing on the way takes it for a failure it might handle. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static Failpoint at(String point) {
        return name -> {
            if (name.equals(point)) {
                throw new Crash();
            }
        };
    }

    @Test
    void after_the_business_commit_the_entry_is_sequenced_by_the_next_start() {
        Pending pending = fixture.append(fixture.start(), LogFixture.statement("committed, then dead"));
        AuditLog log = fixture.start();
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).containsExactly(pending.leafHash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log.sequencing",
                "log.sequenced",
                "log.guarded",
                "log.signed",
                "log.tile-published",
                "log.tiles-published",
                "log.checkpoint-published"
            })
    void a_crash_at_any_step_loses_nothing_doubles_nothing_and_forks_nothing(String point) {
        AuditLog before = fixture.start();
        List<Pending> old = fixture.append(before, 250);
        LogFixture.all(before);
        Digest published = Digest.sha256(before.checkpoint(LogName.CASE).orElseThrow());
        List<Pending> added = fixture.append(before, 30);

        AuditLog dying = fixture.start(at(point));
        assertThatThrownBy(dying.stepper()::step).isInstanceOf(Crash.class);

        AuditLog log = fixture.start();
        assertThat(log.stopped()).isEmpty();
        LogFixture.all(log);
        List<Digest> audited = LogFixture.audit(log);
        assertThat(audited.subList(0, 250)).isEqualTo(leaves(old));
        assertThat(audited.subList(250, audited.size())).isEqualTo(leaves(added));
        assertThat(Digest.sha256(log.checkpoint(LogName.CASE).orElseThrow())).isNotEqualTo(published);
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(log.find(next.leafHash()).orElseThrow().index()).isEqualTo(280);
    }

    @Test
    void sequenced_but_unsigned_is_signed_at_the_same_size_and_root() {
        AuditLog dying = fixture.start(at("log.sequenced"));
        fixture.append(dying, 5);
        assertThatThrownBy(dying.stepper()::step).isInstanceOf(Crash.class);
        AuditLog log = fixture.start();
        assertThat(log.stepper().sequence(LogName.CASE)).isZero();
        assertThat(log.stepper().sign(LogName.CASE)).isTrue();
        assertThat(log.stepper().publish(LogName.CASE)).isTrue();
        assertThat(LogFixture.audit(log)).hasSize(5);
    }

    @Test
    void a_database_restored_from_an_old_backup_signs_nothing_and_takes_nothing_on() {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access backup = fixture.copy();
        fixture.append(live, 5);
        LogFixture.all(live);
        byte[] published = live.checkpoint(LogName.CASE).orElseThrow();

        fixture.access = backup;
        AuditLog restored = fixture.start();
        assertThat(restored.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThat(new LogHealth(restored).health().getDetails()).containsEntry("log", "restored-behind-log");
        assertThatThrownBy(() -> fixture.append(restored, LogFixture.statement("as if nothing had happened")))
                .isInstanceOf(LogStoppedException.class);
        assertThatThrownBy(restored.stepper()::step).isInstanceOf(LogStoppedException.class);
        assertThatThrownBy(() -> restored.stepper().sign(LogName.CASE)).isInstanceOf(LogStoppedException.class);
        assertThat(restored.checkpoint(LogName.CASE)).contains(published);
    }

    @Test
    void an_old_backup_is_told_by_the_published_checkpoint_too_when_the_guard_was_restored_with_it()
            throws IOException {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access backup = fixture.copy();
        Path guard = guard();
        byte[] guarded = Files.readAllBytes(guard);
        fixture.append(live, 5);
        LogFixture.all(live);

        fixture.access = backup;
        Files.write(guard, guarded);
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void a_copied_database_that_went_its_own_way_is_not_signed_for() {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access original = fixture.access;
        Database.Access copy = fixture.copy();
        fixture.append(live, 5);
        LogFixture.all(live);

        // On the copy the sequencer runs on without the guard, as an intruder's would, past the signed size.
        fixture.access = copy;
        AuditLog fork = fixture.startWithGuards(root.resolve("intruder"));
        fixture.append(fork, 6);
        fork.stepper().sequence(LogName.CASE);
        AuditLog signing = fixture.start();
        assertThatThrownBy(() -> signing.stepper().sign(LogName.CASE))
                .isInstanceOfSatisfying(
                        LogStoppedException.class,
                        stopped -> assertThat(stopped.reason()).isEqualTo(StopReason.FORKED));

        fixture.access = original;
        AuditLog honest = fixture.start();
        assertThat(honest.stopped()).isEmpty();
        assertThat(LogFixture.audit(honest)).hasSize(15);
    }

    @Test
    void a_lost_guard_stops_the_signer() throws IOException {
        AuditLog live = fixture.start();
        fixture.append(live, 3);
        LogFixture.all(live);
        Files.delete(guard());
        fixture.append(live, 1);
        live.stepper().sequence(LogName.CASE);
        assertThatThrownBy(() -> live.stepper().sign(LogName.CASE)).hasMessageEndingWith("guard-missing");
        assertThat(live.stopped()).contains(StopReason.GUARD_MISSING);
    }

    @Test
    void a_published_tile_with_other_bytes_stops_the_log() throws IOException {
        AuditLog dying = fixture.start(at("log.tile-published"));
        fixture.append(dying, 3);
        assertThatThrownBy(dying.stepper()::step).isInstanceOf(Crash.class);
        Path bundle = dying.directory(LogName.CASE).resolve("tile/entries/000.p/3");
        byte[] altered = Files.readAllBytes(bundle);
        altered[10] ^= 1;
        Files.write(bundle, altered);
        AuditLog log = fixture.start();
        assertThatThrownBy(log.stepper()::step).hasMessageEndingWith("differing-tile");
        assertThat(log.checkpoint(LogName.CASE)).isEmpty();
    }

    @Test
    void one_byte_changed_by_a_superuser_in_a_tile_is_not_signed_over() {
        AuditLog log = fixture.start();
        fixture.append(log, 20);
        LogFixture.all(log);
        fixture.criminal().sql("""
                        ALTER TABLE auditlog_tile DISABLE TRIGGER ALL;
                        UPDATE auditlog_tile SET hashes = set_byte(hashes, 100, get_byte(hashes, 100) # 1)
                        WHERE origin LIKE '%/case/%';
                        ALTER TABLE auditlog_tile ENABLE TRIGGER ALL
                        """).update();
        fixture.append(log, 1);
        log.stepper().sequence(LogName.CASE);
        assertThatThrownBy(() -> log.stepper().sign(LogName.CASE)).isInstanceOf(LogStoppedException.class);
    }

    @Test
    void an_entry_altered_in_the_outbox_by_a_superuser_is_not_sequenced() {
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        fixture.criminal().sql("""
                        ALTER TABLE auditlog_outbox DISABLE TRIGGER ALL;
                        UPDATE auditlog_outbox SET bytes = replace(encode(bytes, 'escape'), 'GATEWAY', 'OFFICER')::bytea;
                        ALTER TABLE auditlog_outbox ENABLE TRIGGER ALL
                        """).update();
        assertThatThrownBy(() -> log.stepper().sequence(LogName.CASE)).hasMessageEndingWith("altered");
        assertThat(log.stopped()).contains(StopReason.ALTERED);
    }

    @Test
    void one_byte_changed_by_a_superuser_in_an_entry_is_not_acted_upon_and_stops_the_log() {
        AuditLog log = fixture.start();
        List<Pending> pending = fixture.append(log, 20);
        LogFixture.all(log);
        alterEntry();
        assertThatThrownBy(() -> log.find(pending.get(3).leafHash())).hasMessageEndingWith("altered");
        assertThat(log.stopped()).contains(StopReason.ALTERED);
        assertThatThrownBy(() -> fixture.append(log, 1)).isInstanceOf(LogStoppedException.class);
    }

    @Test
    void one_byte_changed_by_a_superuser_in_an_entry_that_nobody_reads_is_not_published_again() {
        AuditLog log = fixture.start();
        fixture.append(log, 20);
        LogFixture.all(log);
        byte[] published = log.checkpoint(LogName.CASE).orElseThrow();
        alterEntry();
        fixture.append(log, 1);
        log.stepper().sequence(LogName.CASE);
        log.stepper().sign(LogName.CASE);
        assertThatThrownBy(() -> log.stepper().publish(LogName.CASE)).hasMessageEndingWith("altered");
        assertThat(log.checkpoint(LogName.CASE)).contains(published);
    }

    private void alterEntry() {
        fixture.criminal().sql("""
                        ALTER TABLE auditlog_entry DISABLE TRIGGER ALL;
                        UPDATE auditlog_entry SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)
                        WHERE leaf_index = 3;
                        ALTER TABLE auditlog_entry ENABLE TRIGGER ALL
                        """).update();
    }

    private Path guard() throws IOException {
        try (var files = Files.list(fixture.guards)) {
            return files.filter(file -> file.getFileName().toString().matches("case-.*\\.guard"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Digest> leaves(List<Pending> pending) {
        return pending.stream().map(Pending::leafHash).toList();
    }
}
