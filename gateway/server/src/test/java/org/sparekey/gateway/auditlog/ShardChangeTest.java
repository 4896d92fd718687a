// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.log.ShardEnd;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;

/** From one year to the next, on a real database and real files, also where the process dies in between. */
class ShardChangeTest {

    private static final Instant LAST_NIGHT = Instant.parse("2026-12-31T23:59:50Z");
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");
    private static final String OLD = "log.hoster.example/log/case/2026";
    private static final String NEW = "log.hoster.example/log/case/2027";

    @TempDir
    Path root;

    private LogFixture fixture;

    @BeforeEach
    void lastNightOfTheYear() {
        fixture = new LogFixture(root);
        fixture.set(LAST_NIGHT);
    }

    @Test
    void a_year_ends_with_a_signed_entry_and_the_next_begins_with_the_last_checkpoint() throws MalformedException {
        AuditLog log = fixture.start();
        fixture.append(log, 3);
        LogFixture.all(log);
        newYear(log);

        PublishedShard old = log.published(LogName.CASE).getFirst();
        EntryText end = log.after(LogName.CASE, Optional.empty(), 10).getLast();
        assertThat(end.recorded().index()).isEqualTo(3);
        assertThat(end.parsed().type()).isEqualTo(ShardEnd.TYPE);
        assertThat(end.parsed().clear()).containsEntry(ShardEnd.NEXT, NEW);
        ShardEnd said = payload(log, end, ShardEnd.TYPE, ShardEnd.class);
        assertThat(List.of(said.origin(), said.next())).containsExactly(OLD, NEW);

        EntryText start = log.from(LogName.CASE, 0, 1).getFirst();
        assertThat(start.parsed().origin()).isEqualTo(NEW);
        Checkpoint last = checkpoint(old.checkpoint().orElseThrow());
        assertThat(start.parsed().clear()).isEqualTo(ShardStart.clear(last));
        ShardStart begun = payload(log, start, ShardStart.TYPE, ShardStart.class);
        assertThat(begun.previous().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(old.checkpoint().orElseThrow());
        assertThat(last.size()).isEqualTo(4);
    }

    @Test
    void a_case_goes_on_across_new_year_by_leaf_hash_and_old_proofs_still_verify() throws MalformedException {
        AuditLog log = fixture.start();
        CaseLink first = CaseLink.first("c-1");
        Pending before = fixture.append(log, LogFixture.statement("old year", Optional.of(first)));
        LogFixture.all(log);
        NoteKey oldKey = NoteKey.parse(log.vkey(LogName.CASE));
        newYear(log);
        Pending after =
                fixture.append(log, LogFixture.statement("new year", Optional.of(first.next(before.leafHash()))));
        LogFixture.all(log);

        assertThat(log.entry(after.leafHash()).orElseThrow().parsed().prev()).contains(before.leafHash());
        assertThat(log.matches("c-1", 1, after.leafHash())).isTrue();
        assertThat(log.ofCase("c-1"))
                .extracting(entry -> entry.recorded().origin())
                .containsExactly(OLD, NEW);
        LogProof proof =
                LogProof.parse(log.proof(before.leafHash()).orElseThrow().bytes());
        assertThat(proof.proven(before.leafHash(), oldKey)).isPresent();
        assertThat(log.vkey(LogName.CASE)).isNotEqualTo(oldKey.vkey());
        assertThat(log.published(LogName.CASE))
                .extracting(PublishedShard::label)
                .containsExactly("2026", "2027");
        assertThat(root.resolve("log/case/2026/checkpoint")).exists();
        assertThat(root.resolve("log/case/2027/checkpoint")).exists();
        LogFixture.audit(log);
    }

    @Test
    void followers_read_through_all_shards_without_a_gap() {
        AuditLog log = fixture.start();
        fixture.append(log, 3);
        LogFixture.all(log);
        newYear(log);
        fixture.append(log, 2);
        LogFixture.all(log);
        List<String> types = new ArrayList<>();
        Optional<Recorded> last = Optional.empty();
        for (var page = log.after(LogName.CASE, last, 2); !page.isEmpty(); page = log.after(LogName.CASE, last, 2)) {
            page.forEach(entry -> types.add(entry.parsed().type()));
            last = Optional.of(page.getLast().recorded());
        }
        String order = "order.received";
        assertThat(types).containsExactly(order, order, order, ShardEnd.TYPE, ShardStart.TYPE, order, order);
    }

    @Test
    void nothing_stands_before_the_start_although_it_was_appended_before() {
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        fixture.set(NEW_YEAR);
        assertThat(log.stepper().turn(LogName.CASE)).isTrue();
        Pending early = fixture.append(log, LogFixture.statement("first of the year"));
        assertThat(early.origin()).isEqualTo(NEW);
        LogFixture.all(log);
        assertThat(log.find(early.leafHash())).isEmpty();
        newYear(log);
        assertThat(log.find(early.leafHash()).orElseThrow().index()).isEqualTo(1);
    }

    /** The window that a fence closes: written before the close, committed after it. */
    @Test
    void a_transaction_that_began_in_the_old_shard_and_commits_late_still_stands_before_the_end() throws Exception {
        AuditLog log = fixture.start();
        List<Pending> late = new ArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        fixture.transaction().executeWithoutResult(open -> {
            late.add(log.append(LogFixture.statement("held open over midnight")));
            Thread other = Thread.ofVirtual().start(() -> ended.set(turns(log, NEW_YEAR) > 2));
            join(other);
        });
        assertThat(ended).isFalse();
        newYear(log);
        Recorded recorded = log.find(late.getFirst().leafHash()).orElseThrow();
        assertThat(recorded.origin()).isEqualTo(OLD);
        assertThat(log.after(LogName.CASE, Optional.of(recorded), 1)
                        .getFirst()
                        .parsed()
                        .type())
                .isEqualTo(ShardEnd.TYPE);
    }

    @Test
    void a_replica_that_did_not_notice_hands_nothing_over_behind_the_end() {
        AuditLog log = fixture.start();
        AuditLog asleep = fixture.start();
        newYear(log);
        assertThatThrownBy(() -> fixture.append(asleep, LogFixture.statement("late")))
                .rootCause()
                .hasMessageContaining("the log " + OLD + " takes no more entries");
        asleep.stepper().turn(LogName.CASE);
        assertThat(fixture.append(asleep, LogFixture.statement("awake")).origin())
                .isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log.shard-opened",
                "log.shard-closing",
                "log.shard-ended",
                "log.shard-started",
                "log.shard-closed"
            })
    void a_crash_at_any_step_of_the_change_leaves_one_end_and_one_start(String point) {
        AuditLog before = fixture.start();
        fixture.append(before, 5);
        AtomicBoolean died = new AtomicBoolean();
        AuditLog dying = fixture.start(name -> {
            if (name.equals(point)) {
                died.set(true);
                throw new Crash();
            }
        });
        assertThatThrownBy(() -> newYear(dying)).isInstanceOf(Crash.class);
        assertThat(died).isTrue();

        AuditLog log = fixture.start();
        assertThat(log.stopped()).isEmpty();
        newYear(log);
        fixture.append(log, 1);
        LogFixture.all(log);
        assertThat(types(log)).containsOnlyOnce(ShardEnd.TYPE, ShardStart.TYPE).hasSize(8);
        LogFixture.audit(log);
    }

    @Test
    void two_replicas_change_the_shard_once() throws Exception {
        AuditLog one = fixture.start();
        AuditLog other = fixture.start();
        fixture.append(other, 4);
        CountDownLatch ready = new CountDownLatch(2);
        List<Thread> threads = new ArrayList<>();
        for (AuditLog log : List.of(one, other)) {
            threads.add(Thread.ofVirtual().start(() -> {
                ready.countDown();
                join(ready);
                newYear(log);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        newYear(one);
        assertThat(types(one)).containsOnlyOnce(ShardEnd.TYPE, ShardStart.TYPE).hasSize(6);
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Midnight, and what the gateway does in the seconds after it, until nothing is left to do. */
    private void newYear(AuditLog log) {
        turns(log, NEW_YEAR);
        turns(log, NEW_YEAR.plus(ShardChange.GRACE));
    }

    private int turns(AuditLog log, Instant at) {
        fixture.set(at);
        int done = 0;
        while (log.stepper().turn(LogName.CASE)) {
            done++;
            LogFixture.all(log);
        }
        LogFixture.all(log);
        return log.stepper().turn(LogName.CASE) ? done + 1 + turns(log, at) : done;
    }

    private static List<String> types(AuditLog log) {
        List<String> types = new ArrayList<>();
        Optional<Recorded> last = Optional.empty();
        for (var page = log.after(LogName.CASE, last, 9); !page.isEmpty(); page = log.after(LogName.CASE, last, 9)) {
            page.stream().map(EntryText::parsed).map(LogEntry::type).forEach(types::add);
            last = Optional.of(page.getLast().recorded());
        }
        return types;
    }

    private <T> T payload(AuditLog log, EntryText entry, String type, Class<T> record) throws MalformedException {
        Opened opened = log.payload(entry.recorded().leafHash()).orElseThrow();
        assertThat(entry.parsed().payload().opens(opened.salt(), opened.payload()))
                .isTrue();
        SignedDocument signed = SignedDocument.parse(new String(opened.payload(), StandardCharsets.US_ASCII));
        assertThat(signed.verifiedBy(fixture.keys.statement().publicKey())).isTrue();
        return signed.read(type, record);
    }

    private static Checkpoint checkpoint(byte[] note) throws MalformedException {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
