// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The sequencer's SQL: numbers entries, and remembers what was signed and published. */
final class LogTable {

    private final JdbcClient jdbc;

    LogTable(JdbcClient sequencer) {
        this.jdbc = sequencer;
    }

    Head head(String origin) {
        return head(origin, "SELECT size, root, roots FROM auditlog_head WHERE origin = :origin");
    }

    /** One sequencer at a time waits here for the other to commit. */
    Head lockHead(String origin) {
        return head(origin, "SELECT size, root, roots FROM auditlog_head WHERE origin = :origin FOR UPDATE");
    }

    private Head head(String origin, String sql) {
        return jdbc.sql(sql)
                .param("origin", origin)
                .query((row, n) -> Head.read(row.getLong("size"), row.getBytes("root"), row.getBytes("roots")))
                .single();
    }

    /** Asked first, without a lock: an idle log must not write to its head row ten times a second. */
    boolean hasWaiting(String origin) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM auditlog_outbox WHERE origin = :origin)")
                .param("origin", origin)
                .query(Boolean.class)
                .single();
    }

    /** What is visible, in the order of insertion; a row that commits later with a lower number comes with a later batch. */
    List<Waiting> batch(String origin, int atMost) {
        return jdbc.sql("""
                        SELECT seq, leaf_hash, bytes, time, type, case_id, case_seq FROM auditlog_outbox
                        WHERE origin = :origin ORDER BY seq LIMIT :atMost
                        """)
                .param("origin", origin)
                .param("atMost", atMost)
                .query(LogTable::waiting)
                .list();
    }

    /** The entry that a continuing shard begins with, alone; nothing while it is not there. */
    List<Waiting> beginning(String origin) {
        return jdbc.sql("""
                        SELECT seq, leaf_hash, bytes, time, type, case_id, case_seq FROM auditlog_outbox
                        WHERE origin = :origin AND type = :type
                        """)
                .param("origin", origin)
                .param("type", ShardStart.TYPE)
                .query(LogTable::waiting)
                .list();
    }

    private static Waiting waiting(ResultSet row, int n) throws SQLException {
        return new Waiting(
                row.getLong("seq"),
                Digest.of(row.getBytes("leaf_hash")),
                row.getBytes("bytes"),
                row.getTimestamp("time").toInstant(),
                row.getString("type"),
                Optional.ofNullable(row.getString("case_id")),
                Optional.ofNullable(row.getObject("case_seq", Long.class)));
    }

    void insert(String origin, long firstIndex, List<Waiting> batch) {
        jdbc.sql("""
                        INSERT INTO auditlog_entry
                            (origin, leaf_index, leaf_hash, bytes, time, type, case_id, case_seq)
                        SELECT origin, :first + n - 1, leaf_hash, bytes, time, type, case_id, case_seq
                        FROM unnest(:seqs) WITH ORDINALITY AS batch (seq, n) JOIN auditlog_outbox USING (seq)
                        WHERE origin = :origin
                        """)
                .param("first", firstIndex)
                .param("seqs", seqs(batch))
                .param("origin", origin)
                .update();
    }

    /** @return false when a row of the batch is gone already */
    boolean clear(String origin, List<Waiting> batch) {
        int cleared = jdbc.sql("DELETE FROM auditlog_outbox WHERE origin = :origin AND seq = ANY (:seqs)")
                .param("origin", origin)
                .param("seqs", seqs(batch))
                .update();
        return cleared == batch.size();
    }

    private static SqlArrayValue seqs(List<Waiting> batch) {
        return new SqlArrayValue("bigint", batch.stream().map(Waiting::seq).toArray());
    }

    void store(String origin, Map<TilePath, byte[]> tiles) {
        List<TilePath> paths = List.copyOf(tiles.keySet());
        jdbc.sql("""
                        INSERT INTO auditlog_tile (origin, level, tile_index, hashes)
                        SELECT :origin, level, tile_index, hashes
                        FROM unnest(:levels, :indices, :hashes) AS tile (level, tile_index, hashes)
                        ON CONFLICT (origin, level, tile_index) DO UPDATE SET hashes = excluded.hashes
                        """)
                .param("origin", origin)
                .param(
                        "levels",
                        new SqlArrayValue(
                                "smallint",
                                paths.stream().map(path -> (short) path.level()).toArray()))
                .param(
                        "indices",
                        new SqlArrayValue(
                                "bigint", paths.stream().map(TilePath::index).toArray()))
                .param("hashes", new SqlArrayValue("bytea", (Object[])
                        paths.stream().map(tiles::get).toArray(byte[][]::new)))
                .update();
    }

    /** The compare-and-swap that decides: false when another sequencer moved the head. */
    boolean advance(String origin, Head old, Head now) {
        int moved = jdbc.sql("""
                        UPDATE auditlog_head SET size = :size, root = :root, roots = :roots
                        WHERE origin = :origin AND size = :oldSize AND root = :oldRoot
                        """)
                .param("size", now.size())
                .param("root", now.root().array())
                .param("roots", now.rootsBytes())
                .param("origin", origin)
                .param("oldSize", old.size())
                .param("oldRoot", old.root().array())
                .update();
        return moved == 1;
    }

    void propose(Checkpoint candidate, Instant now) {
        jdbc.sql("""
                        INSERT INTO auditlog_checkpoint (origin, size, root, sequenced_at)
                        VALUES (:origin, :size, :root, :now)
                        """)
                .param("origin", candidate.origin())
                .param("size", candidate.size())
                .param("root", candidate.root().array())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Signing and publishing are one at a time too; sequencing goes on meanwhile. */
    Publication lockPublication(String origin) {
        return publication(origin, "SELECT size, note FROM auditlog_publication WHERE origin = :origin FOR UPDATE");
    }

    Publication publication(String origin) {
        return publication(origin, "SELECT size, note FROM auditlog_publication WHERE origin = :origin");
    }

    private Publication publication(String origin, String sql) {
        return jdbc.sql(sql)
                .param("origin", origin)
                .query((row, n) -> new Publication(row.getLong("size"), Optional.ofNullable(row.getBytes("note"))))
                .single();
    }

    /** What is published: its size, and the note with all its lines. */
    record Publication(long size, Optional<byte[]> note) {}

    /** The newest candidate, unless it is signed already. */
    Optional<Checkpoint> unsigned(String origin) {
        return jdbc.sql("""
                        SELECT size, root FROM auditlog_checkpoint
                        WHERE origin = :origin AND note IS NULL
                        AND size = (SELECT max(size) FROM auditlog_checkpoint WHERE origin = :origin)
                        """)
                .param("origin", origin)
                .query((row, n) -> new Checkpoint(origin, row.getLong("size"), Digest.of(row.getBytes("root"))))
                .optional();
    }

    /** The size and the note of the newest signed checkpoint. */
    Optional<Signed> signed(String origin) {
        return jdbc.sql("""
                        SELECT size, note FROM auditlog_checkpoint
                        WHERE origin = :origin AND note IS NOT NULL ORDER BY size DESC LIMIT 1
                        """)
                .param("origin", origin)
                .query((row, n) -> new Signed(row.getLong("size"), row.getBytes("note")))
                .optional();
    }

    /** The checkpoint of this size, when it is signed. */
    Optional<Signed> signed(String origin, long size) {
        return jdbc.sql("""
                        SELECT size, note FROM auditlog_checkpoint
                        WHERE origin = :origin AND size = :size AND note IS NOT NULL
                        """)
                .param("origin", origin)
                .param("size", size)
                .query((row, n) -> new Signed(row.getLong("size"), row.getBytes("note")))
                .optional();
    }

    /** A signed checkpoint: its size, and the note's bytes. */
    record Signed(long size, byte[] note) {}

    void storeNote(Checkpoint signed, byte[] note, Instant now) {
        jdbc.sql("""
                        UPDATE auditlog_checkpoint SET note = :note, signed_at = :now
                        WHERE origin = :origin AND size = :size
                        """)
                .param("note", note)
                .param("now", Timestamp.from(now))
                .param("origin", signed.origin())
                .param("size", signed.size())
                .update();
    }

    void published(String origin, long size, byte[] note) {
        jdbc.sql("UPDATE auditlog_publication SET size = :size, note = :note WHERE origin = :origin")
                .param("size", size)
                .param("note", note)
                .param("origin", origin)
                .update();
    }

    /** When the oldest entry came that no published checkpoint covers, and the oldest that has no index. */
    record Pending(Optional<Instant> unpublished, Optional<Instant> waiting) {}

    Pending pending(String origin) {
        return jdbc.sql("""
                        SELECT (SELECT min(e.time) FROM auditlog_entry e JOIN auditlog_publication p USING (origin)
                                WHERE e.origin = :origin AND e.leaf_index >= p.size) AS unpublished,
                               (SELECT min(time) FROM auditlog_outbox WHERE origin = :origin) AS waiting
                        """)
                .param("origin", origin)
                .query((row, n) -> new Pending(instant(row, "unpublished"), instant(row, "waiting")))
                .single();
    }

    /** When the published checkpoint was signed. */
    Optional<Instant> publishedSignedAt(String origin) {
        return jdbc.sql("""
                        SELECT c.signed_at FROM auditlog_checkpoint c JOIN auditlog_publication p USING (origin, size)
                        WHERE c.origin = :origin AND c.signed_at IS NOT NULL
                        """)
                .param("origin", origin)
                .query((row, n) -> row.getTimestamp("signed_at").toInstant())
                .optional();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    Tiles tiles(String origin) {
        return new Tiles(jdbc, origin);
    }
}
