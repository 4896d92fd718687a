// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.Database;

/** After a restored backup a rebuilt database is not enough: two officers must have seen it, and be right. */
class ResumptionTest {

    @TempDir
    Path root;

    private LogFixture fixture;
    private WitnessTrio trio;
    private Database.Access whole;
    private Database.Access backup;

    @BeforeEach
    void a_backup_was_restored_and_the_log_stopped() {
        fixture = new LogFixture(root);
        trio = new WitnessTrio(fixture.caseKey(), fixture::now);
        fixture.policy(trio.policy());
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        backup = fixture.copy();
        fixture.append(live, 5);
        LogFixture.all(live);
        whole = fixture.access;
        fixture.access = backup;
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @AfterEach
    void close() {
        trio.close();
    }

    @Test
    void a_rebuilt_log_stays_stopped_until_two_officers_resume_it_and_their_word_is_entered() {
        AuditLog log = rebuilt();
        assertThatThrownBy(() -> fixture.append(log, LogFixture.statement("too early")))
                .isInstanceOf(LogStoppedException.class);
        Resumed.Done done = (Resumed.Done) resume(log, 15, root(log));
        assertThat(log.stopped()).isEmpty();
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(log.entry(done.entry().leafHash()).orElseThrow().parsed().type())
                .isEqualTo("log.resumed");
        assertThat(log.find(next.leafHash())).isPresent();
        assertThat(LogFixture.audit(log)).hasSize(17);
        assertThat(fixture.start().stopped()).isEmpty();
        assertThat(resume(log, 17, root(log))).isEqualTo(new Resumed.NotStopped());
    }

    @Test
    void officers_who_signed_for_another_tree_resume_nothing() {
        AuditLog log = rebuilt();
        assertThat(resume(log, 14, root(log))).isInstanceOf(Resumed.Otherwise.class);
        assertThat(resume(log, 15, Digest.sha256(new byte[0]))).isInstanceOf(Resumed.Otherwise.class);
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void officers_cannot_resume_a_database_that_is_still_behind() {
        AuditLog log = fixture.start();
        assertThat(resume(log, 10, root(log))).isEqualTo(new Resumed.StillBehind(StopReason.RESTORED_BEHIND_LOG));
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void officers_cannot_resume_what_too_few_witnesses_confirm() {
        AuditLog log = rebuilt();
        trio.stop(0, 1);
        assertThat(resume(log, 15, root(log))).isEqualTo(new Resumed.Unconfirmed());
        assertThatThrownBy(() -> log.stepper().sign(LogName.CASE)).isInstanceOf(LogStoppedException.class);
        trio.start(0, 1);
        fixture.pass(WitnessDesk.PAUSE);
        assertThat(resume(log, 15, root(log))).isInstanceOf(Resumed.Done.class);
    }

    @Test
    void a_log_that_runs_is_not_resumed() {
        AuditLog log = rebuilt();
        assertThat(log.facts(LogName.REGISTRY).stopped()).isEmpty();
        LogFacts registry = log.facts(LogName.REGISTRY);
        assertThat(log.recovery()
                        .resume(
                                LogName.REGISTRY,
                                said(registry.origin(), registry.sequenced(), registry.root()),
                                new byte[] {1},
                                Actor.GATEWAY))
                .isEqualTo(new Resumed.NotStopped());
    }

    /** The database as it was before the backup came back: what a perfect rebuild gives. */
    private AuditLog rebuilt() {
        fixture.access = whole;
        AuditLog log = fixture.start();
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        return log;
    }

    private static Digest root(AuditLog log) {
        return log.facts(LogName.CASE).root();
    }

    private static Resumed resume(AuditLog log, long size, Digest root) {
        Actor officer = new Actor("OFFICER", Optional.empty());
        return log.recovery().resume(LogName.CASE, said(log.origin(LogName.CASE), size, root), new byte[] {1}, officer);
    }

    private static LogResumption said(String origin, long size, Digest root) {
        return new LogResumption(
                LogResumption.VERSION,
                LogResumption.TYPE,
                origin,
                size,
                root,
                "restored-behind-log",
                "rebuilt from the published tiles",
                List.of("o-1", "o-2"),
                LogFixture.NOW,
                Bytes.of(new byte[32]));
    }
}
