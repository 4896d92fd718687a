// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.LogEntry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The sequencer's SQL of a rebuild: entries go in as they are, not through the outbox. */
final class RebuildTable {

    private final JdbcClient jdbc;

    RebuildTable(JdbcClient sequencer) {
        this.jdbc = sequencer;
    }

    /** What an older database still has in its outbox had been numbered when it was saved: it leaves the outbox too. */
    void insert(String origin, long firstIndex, List<byte[]> bytes, List<LogEntry> entries) {
        SqlArrayValue hashes = new SqlArrayValue("bytea", (Object[])
                bytes.stream().map(LogEntry::leafHash).map(Digest::array).toArray(byte[][]::new));
        jdbc.sql("""
                        INSERT INTO auditlog_entry
                            (origin, leaf_index, leaf_hash, bytes, time, type, case_id, case_seq)
                        SELECT :origin, :first + n - 1, leaf_hash, bytes, time::timestamptz, type, case_id, case_seq
                        FROM unnest(:hashes, :bytes, :times, :types, :cases, :seqs) WITH ORDINALITY
                            AS copy (leaf_hash, bytes, time, type, case_id, case_seq, n)
                        """)
                .param("origin", origin)
                .param("first", firstIndex)
                .param("hashes", hashes)
                .param("bytes", new SqlArrayValue("bytea", (Object[]) bytes.toArray(byte[][]::new)))
                .param("times", texts(entries.stream().map(entry -> Wire.text(entry.time()))))
                .param("types", texts(entries.stream().map(LogEntry::type)))
                .param(
                        "cases",
                        texts(entries.stream().map(entry -> entry.caseId().orElse(null))))
                .param(
                        "seqs",
                        new SqlArrayValue(
                                "bigint",
                                entries.stream()
                                        .map(entry -> entry.caseSeq().orElse(null))
                                        .toArray()))
                .update();
        jdbc.sql("DELETE FROM auditlog_outbox WHERE leaf_hash = ANY (:hashes)")
                .param("hashes", hashes)
                .update();
    }

    private static SqlArrayValue texts(Stream<@Nullable String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }
}
