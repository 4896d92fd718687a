// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the log costs, against the same database without it. */
final class LogComparisons {

    static final String ENTRY_TYPE = "bench.row";

    private static final Writers ONE = new Writers(1);
    private static final Writers SOME = new Writers(16);
    private static final Writers MANY = new Writers(32);
    private static final int ROWS_OF_A_BATCH = 100;
    private static final Duration RECORDED_AT_MOST = Duration.ofMinutes(2);

    /** As long as an entry of the log is, within a few bytes. */
    private static final byte[] ROW = "r".repeat(420).getBytes(StandardCharsets.US_ASCII);

    /** As long as a small signed statement. */
    private static final byte[] PAYLOAD = "p".repeat(600).getBytes(StandardCharsets.US_ASCII);

    private final AuditLog log;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    LogComparisons(AuditLog log, JdbcClient database, TransactionTemplate transaction, InstantSource clock) {
        this.log = log;
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    List<Comparison> all(Size size) {
        int singles = size.of(2_000);
        int batches = size.of(200);
        return List.of(
                // Durable AND covered by a published checkpoint, by 32 writers; against one connection's single
                // inserts.
                new Comparison("append_vs_insert", 1.0, size.of(6_000), size.of(4_000), this::recorded, this::inserted),
                // The same against single inserts by 32 writers too: the harder question.
                new Comparison(
                        "append_vs_insert_32", 0, size.of(6_000), size.of(1_000), this::recorded, this::insertedByMany),
                // By as many writers as a busy gateway has; and by one, who waits for every round trip.
                new Comparison(
                        "audited_vs_unaudited",
                        0.80,
                        4 * singles,
                        8 * singles,
                        operations -> audited(SOME, operations),
                        operations -> unaudited(SOME, operations)),
                new Comparison(
                        "audited_vs_unaudited_1",
                        0,
                        singles,
                        singles,
                        operations -> audited(ONE, operations),
                        operations -> unaudited(ONE, operations)),
                new Comparison(
                        "audited_batch_vs_unaudited",
                        0.95,
                        4 * batches,
                        4 * batches,
                        operations -> batches(operations, true),
                        operations -> batches(operations, false)));
    }

    /** The same three, where a flush takes as long as on a disk behind a network. */
    List<Comparison> onSlowerDisk(Size size) {
        int singles = size.of(2_000);
        int batches = size.of(200);
        return List.of(
                new Comparison(
                        "append_vs_insert_1ms_disk",
                        0,
                        Yardstick.RATE,
                        new Comparison.Share(size.of(3_000), this::recorded),
                        new Comparison.Share(size.of(600), this::inserted),
                        1),
                new Comparison(
                        "audited_vs_unaudited_1ms_disk",
                        0,
                        singles,
                        4 * singles,
                        operations -> audited(SOME, operations),
                        operations -> unaudited(SOME, operations)),
                new Comparison(
                        "audited_batch_vs_unaudited_1ms_disk",
                        0,
                        batches,
                        4 * batches,
                        operations -> batches(operations, true),
                        operations -> batches(operations, false)));
    }

    private void recorded(int operations) throws Exception {
        AtomicReference<Pending> last = new AtomicReference<>(append());
        MANY.run(operations, () -> last.set(append()));
        // Entries are numbered in the order of their insertion: an entry appended after all others is the last of them.
        Pending end = append();
        if (log.await(end.leafHash(), RECORDED_AT_MOST).isEmpty()
                || log.find(Objects.requireNonNull(last.get()).leafHash()).isEmpty()) {
            throw new IllegalStateException("the log did not keep up");
        }
    }

    private void inserted(int operations) throws Exception {
        ONE.run(operations, () -> insert(1));
    }

    private void insertedByMany(int operations) throws Exception {
        MANY.run(operations, () -> insert(1));
    }

    private void audited(Writers writers, int operations) throws Exception {
        writers.run(
                operations,
                () -> transaction.executeWithoutResult(status -> {
                    insert(1);
                    log.append(statement());
                }));
    }

    private void unaudited(Writers writers, int operations) throws Exception {
        writers.run(operations, () -> transaction.executeWithoutResult(status -> insert(1)));
    }

    private void batches(int operations, boolean audited) throws Exception {
        SOME.run(
                operations,
                () -> transaction.executeWithoutResult(status -> {
                    insert(ROWS_OF_A_BATCH);
                    if (audited) {
                        log.append(statement());
                    }
                }));
    }

    private Pending append() {
        return transaction.execute(status -> log.append(statement()));
    }

    static Statement statement() {
        return new Statement(
                LogName.REGISTRY,
                ENTRY_TYPE,
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                Map.of("outcome", "measured"),
                PAYLOAD);
    }

    private void insert(int rows) {
        Timestamp now = Timestamp.from(clock.instant());
        database.sql(
                        "INSERT INTO bench_row (id, bytes, time) SELECT gen_random_uuid(), :bytes, :now FROM generate_series(1, :rows)")
                .param("bytes", ROW)
                .param("now", now)
                .param("rows", rows)
                .update();
    }
}
