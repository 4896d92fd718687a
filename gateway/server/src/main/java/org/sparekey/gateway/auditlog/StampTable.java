// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.sparekey.gateway.auditlog.time.TimeAuthority;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of digests that wait for a time-stamp, and the tokens. */
final class StampTable {

    /** Beyond this no further checkpoint queues: the newest covers all before it, so that waiting longer loses nothing. */
    static final int MAX_CHECKPOINTS_WAITING = 1_000;

    private final JdbcClient app;

    StampTable(JdbcClient app) {
        this.app = app;
    }

    /** @return whether it is new: what is asked once is asked for good */
    boolean askDocument(Digest digest, LogName log, Instant now) {
        return app.sql("""
                        INSERT INTO auditlog_stamp (digest, what, log, asked_at, due_at)
                        VALUES (:digest, 'document', :log, :now, :now) ON CONFLICT DO NOTHING
                        """)
                        .param("digest", digest.array())
                        .param("log", log.text())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** @return whether it is new and the queue has room */
    boolean askCheckpoint(Checkpoint head, byte[] note, LogName log, Instant now) {
        return app.sql("""
                        INSERT INTO auditlog_stamp (digest, what, log, origin, size, note, asked_at, due_at)
                        SELECT :digest, 'checkpoint', :log, :origin, :size, :note, :now, :now
                        WHERE (SELECT count(*) FROM auditlog_stamp WHERE state = 'waiting' AND what = 'checkpoint')
                            < :room
                        ON CONFLICT DO NOTHING
                        """)
                        .param("digest", Digest.sha256(note).array())
                        .param("log", log.text())
                        .param("origin", head.origin())
                        .param("size", head.size())
                        .param("note", note)
                        .param("now", Timestamp.from(now))
                        .param("room", MAX_CHECKPOINTS_WAITING)
                        .update()
                == 1;
    }

    Optional<Instant> lastAsked(LogName log) {
        return app.sql("SELECT max(asked_at) AS at FROM auditlog_stamp WHERE log = :log AND what = 'checkpoint'")
                .param("log", log.text())
                .query((row, n) -> Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant))
                .single();
    }

    boolean isAsked(Digest digest) {
        return app.sql("SELECT EXISTS (SELECT FROM auditlog_stamp WHERE digest = :digest)")
                .param("digest", digest.array())
                .query(Boolean.class)
                .single();
    }

    /** Leases the row that has been due longest; a worker that died is followed by another when the lease is over. */
    Optional<StampRow> claim(Instant now, Duration lease) {
        return app.sql("""
                        UPDATE auditlog_stamp SET lease_epoch = lease_epoch + 1, lease_until = :until
                        WHERE id = (SELECT id FROM auditlog_stamp
                            WHERE state = 'waiting' AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :now)
                            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id, digest, what, log, origin, size, asked_at, attempts, lease_epoch
                        """)
                .param("until", Timestamp.from(now.plus(lease)))
                .param("now", Timestamp.from(now))
                .query(StampTable::row)
                .optional();
    }

    private static StampRow row(ResultSet row, int n) throws SQLException {
        Optional<String> origin = Optional.ofNullable(row.getString("origin"));
        long size = row.getLong("size");
        return new StampRow(
                row.getLong("id"),
                Digest.of(row.getBytes("digest")),
                row.getString("what"),
                LogName.valueOf(row.getString("log").toUpperCase(Locale.ROOT)),
                origin.map(of -> new StampRow.Tree(of, size)),
                row.getTimestamp("asked_at").toInstant(),
                row.getInt("attempts"),
                row.getLong("lease_epoch"));
    }

    /** @return false when the lease has gone to another worker, whose token counts */
    boolean stamped(StampRow row) {
        return app.sql("""
                        UPDATE auditlog_stamp SET state = 'stamped', lease_until = NULL, fault = NULL
                        WHERE id = :id AND lease_epoch = :epoch AND state = 'waiting'
                        """).param("id", row.id()).param("epoch", row.epoch()).update() == 1;
    }

    void store(StampRow row, TimeAuthority.Given given, Digest leaf, Instant now) {
        app.sql("""
                        INSERT INTO auditlog_token (digest, reply, stamped_at, stored_at, leaf_hash)
                        VALUES (:digest, :reply, :time, :now, :leaf)
                        """)
                .param("digest", row.digest().array())
                .param("reply", given.reply())
                .param("time", Timestamp.from(given.stamp().time()))
                .param("now", Timestamp.from(now))
                .param("leaf", leaf.array())
                .update();
    }

    void failed(StampRow row, String code, Instant retryAt) {
        app.sql("""
                        UPDATE auditlog_stamp
                        SET attempts = attempts + 1, fault = :code, due_at = :retryAt, lease_until = NULL
                        WHERE id = :id AND lease_epoch = :epoch AND state = 'waiting'
                        """)
                .param("code", code)
                .param("retryAt", Timestamp.from(retryAt))
                .param("id", row.id())
                .param("epoch", row.epoch())
                .update();
    }

    Optional<StampToken> token(Digest digest) {
        return app.sql("SELECT reply, stamped_at FROM auditlog_token WHERE digest = :digest")
                .param("digest", digest.array())
                .query((row, n) -> new StampToken(
                        row.getBytes("reply"), row.getTimestamp("stamped_at").toInstant()))
                .optional();
    }

    /** The earliest stamped tree of the origin that holds the index. */
    Optional<StampedCheckpoint> covering(String origin, long index) {
        return app.sql("""
                        SELECT s.size, s.note, t.reply, t.stamped_at
                        FROM auditlog_stamp s JOIN auditlog_token t ON t.digest = s.digest
                        WHERE s.origin = :origin AND s.size > :index AND s.what = 'checkpoint'
                        ORDER BY t.stamped_at, s.size LIMIT 1
                        """)
                .param("origin", origin)
                .param("index", index)
                .query((row, n) -> new StampedCheckpoint(
                        origin,
                        row.getLong("size"),
                        row.getBytes("note"),
                        row.getBytes("reply"),
                        row.getTimestamp("stamped_at").toInstant()))
                .optional();
    }

    Waiting waiting() {
        return app.sql("""
                        SELECT count(*) AS waiting, min(asked_at) AS since,
                            (SELECT fault FROM auditlog_stamp WHERE state = 'waiting' AND fault IS NOT NULL
                                ORDER BY id LIMIT 1) AS fault,
                            (SELECT max(stamped_at) FROM auditlog_token) AS last
                        FROM auditlog_stamp WHERE state = 'waiting'
                        """)
                .query((row, n) -> new Waiting(
                        row.getLong("waiting"),
                        Optional.ofNullable(row.getTimestamp("since")).map(Timestamp::toInstant),
                        Optional.ofNullable(row.getString("fault")),
                        Optional.ofNullable(row.getTimestamp("last")).map(Timestamp::toInstant)))
                .single();
    }

    /** What the queue holds now. */
    record Waiting(long count, Optional<Instant> since, Optional<String> fault, Optional<Instant> lastToken) {}
}
