// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is recorded: below the published size of its log, hence provable by anyone who has the proof. */
final class Recordings {

    private static final String RECORDED = """
            SELECT e.origin, e.leaf_index, e.leaf_hash, e.time, e.bytes
            FROM auditlog_entry e JOIN auditlog_publication p ON p.origin = e.origin AND e.leaf_index < p.size
            """;

    private final JdbcClient app;

    Recordings(JdbcClient app) {
        this.app = app;
    }

    Optional<EntryText> find(Digest leafHash) {
        return app.sql(RECORDED + " WHERE e.leaf_hash = :leafHash")
                .param("leafHash", leafHash.array())
                .query(Recordings::entry)
                .optional();
    }

    List<EntryText> ofCase(String caseId) {
        return app.sql(RECORDED + " WHERE e.case_id = :caseId ORDER BY e.case_seq")
                .param("caseId", caseId)
                .query(Recordings::entry)
                .list();
    }

    List<EntryText> from(String origin, long index, int atMost) {
        return app.sql(RECORDED
                        + " WHERE e.origin = :origin AND e.leaf_index >= :index ORDER BY e.leaf_index LIMIT :atMost")
                .param("origin", origin)
                .param("index", index)
                .param("atMost", atMost)
                .query(Recordings::entry)
                .list();
    }

    /** The published checkpoint of an origin, a signed note. */
    Optional<byte[]> checkpoint(String origin) {
        return published(origin).map(LogTable.Signed::note);
    }

    private Optional<LogTable.Signed> published(String origin) {
        return app.sql("""
                        SELECT c.size, c.note FROM auditlog_checkpoint c
                        JOIN auditlog_publication p ON p.origin = c.origin AND p.size = c.size
                        WHERE c.origin = :origin
                        """)
                .param("origin", origin)
                .query((row, n) -> new LogTable.Signed(row.getLong("size"), row.getBytes("note")))
                .optional();
    }

    private static EntryText entry(ResultSet row, int n) throws SQLException {
        Recorded recorded = new Recorded(
                row.getString("origin"),
                row.getLong("leaf_index"),
                Digest.of(row.getBytes("leaf_hash")),
                row.getTimestamp("time").toInstant());
        return new EntryText(recorded, row.getBytes("bytes"));
    }

    Optional<Opened> payload(Digest leafHash) {
        return app.sql("SELECT salt, payload FROM auditlog_payload WHERE leaf_hash = :leafHash")
                .param("leafHash", leafHash.array())
                .query((row, n) -> new Opened(Bytes.of(row.getBytes("salt")), row.getBytes("payload")))
                .optional();
    }

    LogProof proof(Recorded recorded) {
        LogTable.Signed published = published(recorded.origin()).orElseThrow();
        Tiles tiles = new Tiles(app, recorded.origin());
        InclusionProof inclusion =
                InclusionProof.make(recorded.index(), published.size(), tiles.nodes(published.size()));
        try {
            return new LogProof(inclusion, SignedNote.parse(published.note()));
        } catch (MalformedException e) {
            throw new IllegalStateException("the stored checkpoint of " + recorded.origin(), e);
        }
    }

    /** The last entry of a case, sequenced or still waiting. */
    Optional<Last> last(String caseId) {
        return app.sql("""
                        SELECT case_seq, leaf_hash FROM auditlog_outbox WHERE case_id = :caseId
                        UNION ALL
                        SELECT case_seq, leaf_hash FROM auditlog_entry WHERE case_id = :caseId
                        ORDER BY case_seq DESC LIMIT 1
                        """)
                .param("caseId", caseId)
                .query((row, n) -> new Last(row.getLong("case_seq"), Digest.of(row.getBytes("leaf_hash"))))
                .optional();
    }

    record Last(long caseSeq, Digest leafHash) {}
}
