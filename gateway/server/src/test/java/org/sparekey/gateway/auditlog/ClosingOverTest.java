// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;

/** Entries of a year that is over are lost; the year that came after it is whole. */
class ClosingOverTest {

    private static final String OLD = "log.hoster.example/log/case/2026";
    private static final String NEXT = "log.hoster.example/log/case/2027";

    @TempDir
    Path root;

    private LogFixture fixture;
    private Checkpoint last;

    @BeforeEach
    void theOldYearGoesBackToTenEntries() throws MalformedException {
        fixture = new LogFixture(root);
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        LostEntries entries = LostEntries.after(fixture.criminal(), OLD);
        fixture.append(live, 5);
        LogFixture.all(live);
        fixture.set(Instant.parse("2027-01-01T00:00:00Z"));
        turn(live);
        fixture.pass(ShardChange.GRACE);
        turn(live);
        fixture.append(live, 3);
        LogFixture.all(live);
        last = Checkpoint.parse(SignedNote.parse(
                        live.published(LogName.CASE).getFirst().checkpoint().orElseThrow())
                .text());
        assertThat(last.size()).isEqualTo(16);
        entries.lose();
    }

    private static void turn(AuditLog log) {
        boolean turned = true;
        while (turned) {
            turned = log.stepper().turn(LogName.REGISTRY) | log.stepper().turn(LogName.CASE);
            turned |= log.stepper().step();
        }
    }

    @Test
    void two_officers_close_it_and_the_log_goes_on_where_it_was() {
        AuditLog log = fixture.start();
        assertThat(log.recovery().stoppedShards()).containsExactly(Map.entry(OLD, StopReason.RESTORED_BEHIND_LOG));
        assertThat(log.recovery().missing(LogName.REGISTRY)).isEmpty();
        assertThat(log.recovery().missing(LogName.CASE)).containsExactly(new Closure.Otherwise(last, 10, NEXT));
        LogClosure said = said(last.root(), 10, NEXT);
        assertThat(close(log, said)).isEqualTo(new Closure.Done(NEXT));

        assertThat(log.stopped()).isEmpty();
        Pending next = fixture.append(log, LogFixture.statement("life goes on"));
        LogFixture.all(log);
        assertThat(log.find(next.leafHash()).orElseThrow().origin()).isEqualTo(NEXT);
        EntryText closed = log.from(LogName.CASE, 4, 1).getFirst();
        assertThat(closed.parsed().type()).isEqualTo(LogClosure.ENTRY_TYPE);
        assertThat(closed.parsed().clear()).isEqualTo(said.clear()).containsEntry(LogClosure.MISSING_FROM, "10");
        AuditLog again = fixture.start();
        assertThat(again.stopped()).isEmpty();
        assertThat(again.published(LogName.CASE))
                .extracting(PublishedShard::lost)
                .containsExactly(true, false);
        assertThat(again.published(LogName.CASE).getFirst().checkpoint()).isPresent();
        assertThat(again.recovery().missing(LogName.CASE)).isEmpty();
        assertThat(close(again, said)).isEqualTo(new Closure.NothingLost());
    }

    @Test
    void officers_who_signed_for_something_else_close_nothing() {
        AuditLog log = fixture.start();
        for (LogClosure wrong : List.of(
                said(Digest.sha256(new byte[0]), 10, NEXT),
                said(last.root(), 9, NEXT),
                said(last.root(), 10, "log.hoster.example/log/case/2026b"))) {
            assertThat(close(log, wrong)).isEqualTo(new Closure.Otherwise(last, 10, NEXT));
        }
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThat(log.published(LogName.CASE)).noneMatch(PublishedShard::lost);
    }

    @Test
    void a_crash_behind_the_entry_is_gone_on_from() {
        LogClosure said = said(last.root(), 10, NEXT);
        AuditLog dying = fixture.start(name -> {
            if (name.equals("log.closing-over")) {
                throw new AssertionError("killed");
            }
        });
        assertThatThrownBy(() -> close(dying, said)).hasMessage("killed");
        AuditLog log = fixture.start();
        assertThat(log.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThat(close(log, said)).isEqualTo(new Closure.Done(NEXT));
        LogFixture.all(log);
        assertThat(log.from(LogName.CASE, 4, 10))
                .extracting(entry -> entry.parsed().type())
                .containsExactly(LogClosure.ENTRY_TYPE, LogClosure.ENTRY_TYPE);
    }

    private static Closure close(AuditLog log, LogClosure said) {
        return log.recovery().close(LogName.CASE, said, Wire.write(said), Actor.GATEWAY);
    }

    private static LogClosure said(Digest root, long held, String next) {
        return new LogClosure(
                LogClosure.VERSION,
                LogClosure.TYPE,
                OLD,
                next,
                16,
                root,
                held,
                "the tape with the old year cannot be read",
                List.of("o-1", "o-2"),
                LogFixture.NOW,
                Bytes.of(new byte[LogClosure.SALT_BYTES]));
    }
}
