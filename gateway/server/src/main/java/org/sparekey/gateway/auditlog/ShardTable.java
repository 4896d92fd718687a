// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.CompactTree;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sequencer's SQL about shards: which there are, and the steps of the change from one to the next. */
final class ShardTable {

    private final JdbcClient jdbc;

    ShardTable(JdbcClient sequencer) {
        this.jdbc = sequencer;
    }

    /** Every shard of both logs, each log's in its order. */
    List<ShardRow> rows() {
        return jdbc.sql("""
                        SELECT origin, name, number, opened_at, closing_at, closed_at, lost FROM auditlog_log
                        ORDER BY name, number
                        """).query(ShardTable::row).list();
    }

    private static ShardRow row(ResultSet row, int n) throws SQLException {
        String name = row.getString("name");
        return new ShardRow(
                Arrays.stream(LogName.values())
                        .filter(log -> log.text().equals(name))
                        .findFirst()
                        .orElseThrow(),
                row.getString("origin"),
                row.getInt("number"),
                row.getTimestamp("opened_at").toInstant(),
                instant(row.getTimestamp("closing_at")),
                instant(row.getTimestamp("closed_at")),
                row.getBoolean("lost"));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    /** Opens a shard at its place in the chain; of two replicas the first does, the other changes nothing. */
    void open(LogName log, int number, String origin, Instant now) {
        int opened = jdbc.sql("""
                        INSERT INTO auditlog_log (origin, name, number, opened_at)
                        VALUES (:origin, :name, :number, :now) ON CONFLICT DO NOTHING
                        """)
                .param("origin", origin)
                .param("name", log.text())
                .param("number", number)
                .param("now", Timestamp.from(now))
                .update();
        if (opened == 0) {
            return;
        }
        Head empty = Head.of(CompactTree.empty());
        jdbc.sql("INSERT INTO auditlog_head (origin, size, root, roots) VALUES (:origin, 0, :root, :roots)")
                .param("origin", origin)
                .param("root", empty.root().array())
                .param("roots", empty.rootsBytes())
                .update();
        jdbc.sql("INSERT INTO auditlog_publication (origin, size) VALUES (:origin, 0)")
                .param("origin", origin)
                .update();
    }

    /** From its commit on the shard takes nothing new. */
    void closing(String origin, Instant now) {
        jdbc.sql("UPDATE auditlog_log SET closing_at = :now WHERE origin = :origin AND closing_at IS NULL")
                .param("now", Timestamp.from(now))
                .param("origin", origin)
                .update();
    }

    void closed(String origin, Instant now) {
        jdbc.sql("""
                        UPDATE auditlog_log SET closing_at = coalesce(closing_at, :now), closed_at = :now
                        WHERE origin = :origin AND closed_at IS NULL
                        """).param("now", Timestamp.from(now)).param("origin", origin).update();
    }

    void lost(String origin, Instant now) {
        closed(origin, now);
        jdbc.sql("UPDATE auditlog_log SET lost = true WHERE origin = :origin")
                .param("origin", origin)
                .update();
    }

    /** A transaction number that no transaction has yet: what runs now has a lower one, or has written nothing so far. */
    String fence() {
        return jdbc.sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
                .query(String.class)
                .single();
    }

    /** Whether every transaction below the fence has ended. */
    boolean passed(String fence) {
        return jdbc.sql("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= :fence::xid8")
                .param("fence", fence)
                .query(Boolean.class)
                .single();
    }

    /** The leaf of a shard's start or end, sequenced or still waiting. */
    Optional<Digest> turn(String origin, String type) {
        return jdbc.sql("""
                        SELECT leaf_hash FROM auditlog_outbox WHERE origin = :origin AND type = :type
                        UNION ALL
                        SELECT leaf_hash FROM auditlog_entry WHERE origin = :origin AND type = :type
                        LIMIT 1
                        """)
                .param("origin", origin)
                .param("type", type)
                .query((row, n) -> Digest.of(row.getBytes("leaf_hash")))
                .optional();
    }
}
