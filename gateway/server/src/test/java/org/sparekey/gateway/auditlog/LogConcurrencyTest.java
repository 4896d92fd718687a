// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Digest;

class LogConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int ENTRIES_AT_ONCE = 25;

    @TempDir
    Path root;

    private LogFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new LogFixture(root);
    }

    /** Two gateways and 10,000 entries; under -Plong four and 200,000. */
    @Test
    void gateways_sequencing_one_database_give_every_entry_one_index_without_gaps() throws Exception {
        boolean many = Boolean.getBoolean("sparekey.long");
        List<AuditLog> replicas = new ArrayList<>();
        replicas.add(fixture.start());
        while (replicas.size() < (many ? 4 : 2)) {
            replicas.add(fixture.replica());
        }
        int entriesEach = (many ? 200_000 : 10_000) / WRITERS;
        Set<Digest> appended = ConcurrentHashMap.newKeySet();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                AuditLog own = replicas.get(w % replicas.size());
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < entriesEach; i += ENTRIES_AT_ONCE) {
                        fixture.append(own, ENTRIES_AT_ONCE).forEach(pending -> appended.add(pending.leafHash()));
                    }
                }));
            }
            List<Future<Boolean>> runs = new ArrayList<>();
            for (AuditLog replica : replicas) {
                Callable<Boolean> run = () -> run(replica, writing);
                runs.add(threads.submit(run));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            List<Boolean> worked = new ArrayList<>();
            for (Future<Boolean> run : runs) {
                worked.add(run.get());
            }
            assertThat(worked).as("every gateway sequenced").containsOnly(true);
        }
        LogFixture.all(replicas.getFirst());
        List<Digest> audited = LogFixture.audit(replicas.getFirst());
        assertThat(audited).hasSize(WRITERS * entriesEach).doesNotHaveDuplicates();
        assertThat(Set.copyOf(audited)).isEqualTo(appended);
        for (AuditLog replica : replicas) {
            assertThat(replica.checkpoint(LogName.CASE).orElseThrow())
                    .isEqualTo(replicas.getFirst().checkpoint(LogName.CASE).orElseThrow());
        }
    }

    private static boolean run(AuditLog log, AtomicBoolean writing) {
        boolean worked = false;
        while (writing.get()) {
            worked |= log.stepper().step();
        }
        return worked;
    }

    @Test
    void the_runner_records_without_being_asked_and_wakes_who_waits() {
        AuditLog log = fixture.start();
        LogSettings settings = new LogSettings(
                "log.hoster.example", fixture.directory, fixture.guards, Duration.ofMillis(10), true, Map.of());
        LogRunner runner = new LogRunner(log, settings, Rest.REAL);
        CalendarRunner calendar = new CalendarRunner(log, settings, LogFixture.CALENDAR);
        runner.start();
        calendar.start();
        try {
            Pending pending = fixture.append(log, LogFixture.statement("in the background"));
            assertThat(log.await(pending.leafHash(), Duration.ofMinutes(2))).isPresent();
        } finally {
            calendar.stop();
            runner.stop();
        }
        assertThat(runner.isRunning()).isFalse();
        assertThat(LogFixture.audit(log)).hasSize(1);
    }

    @Test
    void a_late_commit_with_an_earlier_number_is_not_lost() {
        AuditLog log = fixture.start();
        List<Pending> late = new ArrayList<>();
        List<Pending> early = new ArrayList<>();
        fixture.transaction().executeWithoutResult(open -> {
            late.add(log.append(LogFixture.statement("first number, last commit")));
            Thread other = Thread.ofVirtual().start(() -> {
                early.add(fixture.append(log, LogFixture.statement("second number, first commit")));
                LogFixture.all(log);
            });
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(log.find(early.get(0).leafHash())).isPresent();
        assertThat(log.find(late.get(0).leafHash())).isEmpty();
        LogFixture.all(log);
        assertThat(LogFixture.audit(log))
                .containsExactly(early.get(0).leafHash(), late.get(0).leafHash());
    }
}
