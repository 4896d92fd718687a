// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.testkit.Database;

/** Fifteen entries were signed and published, ten are left, and no copy has the rest: two officers close the origin. */
class ClosingTest {

    private static final String OLD = "log.hoster.example/log/case/2026";
    private static final String NEXT = "log.hoster.example/log/case/2026b";

    @TempDir
    Path root;

    private LogFixture fixture;
    private Database.Access whole;
    private Pending waiting;
    private Digest signedRoot;

    @BeforeEach
    void fiveEntriesAreLost() throws MalformedException {
        fixture = new LogFixture(root);
        AuditLog live = fixture.start();
        fixture.append(live, 9);
        CaseLink first = CaseLink.first("c-1");
        Pending begun = fixture.append(live, LogFixture.statement("begun", Optional.of(first)));
        LogFixture.all(live);
        waiting =
                fixture.append(live, LogFixture.statement("in the outbox", Optional.of(first.next(begun.leafHash()))));
        Database.Access backup = fixture.copy();
        fixture.append(live, 4);
        LogFixture.all(live);
        signedRoot = Checkpoint.parse(
                        SignedNote.parse(live.checkpoint(LogName.CASE).orElseThrow())
                                .text())
                .root();
        whole = fixture.access;
        fixture.access = backup;
    }

    @Test
    void a_new_origin_begins_with_what_was_known_and_what_is_missing() {
        AuditLog log = fixture.start();
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        LogClosure said = said(15, signedRoot, 10, NEXT);
        assertThat(close(log, said)).isEqualTo(new Closure.Done(NEXT));

        assertThat(log.stopped()).isEmpty();
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(next.origin()).isEqualTo(NEXT);
        EntryText start = log.from(LogName.CASE, 0, 1).getFirst();
        assertThat(start.parsed().type()).isEqualTo(ShardStart.TYPE);
        assertThat(start.parsed().clear())
                .isEqualTo(said.clear())
                .containsEntry(LogClosure.MISSING_FROM, "10")
                .containsEntry(ShardStart.SIZE, "15")
                .containsEntry(ShardStart.PREVIOUS, OLD);
        assertThat(log.payload(start.recorded().leafHash()).orElseThrow().payload())
                .isEqualTo(Wire.write(said));
        assertThat(LogFixture.audit(log)).hasSize(2);
        AuditLog again = fixture.start();
        assertThat(again.stopped()).isEmpty();
        assertThat(again.published(LogName.CASE))
                .extracting(PublishedShard::label)
                .containsExactly("2026", "2026b");
        assertThat(again.stepper().step()).isFalse();
    }

    @Test
    void nothing_is_entered_under_the_closed_origin_and_what_waited_there_is_nobodys_place() {
        AuditLog log = fixture.start();
        assertThat(log.matches("c-1", 1, waiting.leafHash())).isTrue();
        close(log, said(15, signedRoot, 10, NEXT));
        LogFixture.all(log);
        assertThat(log.find(waiting.leafHash())).isEmpty();
        assertThat(log.matches("c-1", 1, waiting.leafHash())).isFalse();
        assertThat(log.published(LogName.CASE).getFirst().checkpoint()).isPresent();
    }

    @Test
    void officers_who_signed_for_something_else_close_nothing() {
        AuditLog log = fixture.start();
        for (LogClosure wrong : List.of(
                said(14, signedRoot, 10, NEXT),
                said(15, Digest.sha256(new byte[0]), 10, NEXT),
                said(15, signedRoot, 9, NEXT),
                said(15, signedRoot, 10, "log.hoster.example/log/case/2027"))) {
            assertThat(close(log, wrong)).isInstanceOf(Closure.Otherwise.class);
        }
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThat(log.published(LogName.CASE)).hasSize(1);
    }

    @Test
    void an_origin_that_has_all_it_signed_is_not_closed() {
        fixture.access = whole;
        AuditLog log = fixture.start();
        assertThat(close(log, said(15, signedRoot, 10, NEXT))).isEqualTo(new Closure.NothingLost());
    }

    @Test
    void a_crash_between_closing_and_beginning_is_gone_on_from_and_nothing_is_entered_meanwhile() {
        AuditLog dying = fixture.start(name -> {
            if (name.equals("log.closed")) {
                throw new AssertionError("killed");
            }
        });
        LogClosure said = said(15, signedRoot, 10, NEXT);
        assertThatThrownBy(() -> close(dying, said)).hasMessage("killed");
        AuditLog log = fixture.start();
        Pending early = fixture.append(log, LogFixture.statement("before the beginning"));
        LogFixture.all(log);
        assertThat(log.find(early.leafHash())).isEmpty();
        assertThat(close(log, said)).isEqualTo(new Closure.Done(NEXT));
        LogFixture.all(log);
        assertThat(log.find(early.leafHash()).orElseThrow().index()).isEqualTo(1);
        assertThat(close(log, said)).isEqualTo(new Closure.NothingLost());
    }

    private static Closure close(AuditLog log, LogClosure said) {
        return log.recovery().close(LogName.CASE, said, Wire.write(said), Actor.GATEWAY);
    }

    private static LogClosure said(long size, Digest root, long held, String next) {
        return new LogClosure(
                LogClosure.VERSION,
                LogClosure.TYPE,
                OLD,
                next,
                size,
                root,
                held,
                "the disk with the database and its backups burned",
                List.of("o-1", "o-2"),
                LogFixture.NOW,
                Bytes.of(new byte[LogClosure.SALT_BYTES]));
    }
}
