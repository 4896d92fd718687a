// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is recorded: below a published checkpoint that counts, hence provable by anyone who has the proof. */
final class Recordings {

    private static final String RECORDED = """
            SELECT e.origin, e.leaf_index, e.leaf_hash, e.time, e.bytes
            FROM auditlog_entry e JOIN auditlog_publication p ON p.origin = e.origin AND e.leaf_index < p.size
            """;

    private final JdbcClient app;
    private final Published published;
    private final Stops stops;

    Recordings(JdbcClient app, Published published, Stops stops) {
        this.app = app;
        this.published = published;
        this.stops = stops;
    }

    Optional<EntryText> find(Digest leafHash) {
        return app.sql(RECORDED + " WHERE e.leaf_hash = :leafHash")
                .param("leafHash", leafHash.array())
                .query(this::entry)
                .optional()
                .filter(counting());
    }

    List<EntryText> ofCase(String caseId) {
        return app
                .sql(RECORDED + " WHERE e.case_id = :caseId ORDER BY e.case_seq")
                .param("caseId", caseId)
                .query(this::entry)
                .list()
                .stream()
                .filter(counting())
                .toList();
    }

    List<EntryText> from(String origin, long index, int atMost) {
        return app
                .sql(RECORDED
                        + " WHERE e.origin = :origin AND e.leaf_index >= :index ORDER BY e.leaf_index LIMIT :atMost")
                .param("origin", origin)
                .param("index", index)
                .param("atMost", atMost)
                .query(this::entry)
                .list()
                .stream()
                .filter(counting())
                .toList();
    }

    /** Asked once a list and log, not once an entry. */
    private Predicate<EntryText> counting() {
        Map<String, Long> sizes = new HashMap<>();
        return entry -> entry.recorded().index()
                < sizes.computeIfAbsent(
                        entry.recorded().origin(),
                        origin ->
                                published.head(origin).map(Published.Head::size).orElse(0L));
    }

    /** The published checkpoint of an origin, a signed note; empty while it does not satisfy the policy. */
    Optional<byte[]> checkpoint(String origin) {
        return published.head(origin).map(head -> head.note().bytes());
    }

    /** An entry that is no longer what was hashed stops the log: nobody may act upon it. */
    private EntryText entry(ResultSet row, int n) throws SQLException {
        Recorded recorded = new Recorded(
                row.getString("origin"),
                row.getLong("leaf_index"),
                Digest.of(row.getBytes("leaf_hash")),
                row.getTimestamp("time").toInstant());
        byte[] bytes = row.getBytes("bytes");
        if (!LogEntry.leafHash(bytes).equals(recorded.leafHash())) {
            throw stops.stop(new LogStoppedException(StopReason.ALTERED, recorded.origin()));
        }
        return new EntryText(recorded, bytes);
    }

    Optional<Opened> payload(Digest leafHash) {
        return app.sql("SELECT salt, payload FROM auditlog_payload WHERE leaf_hash = :leafHash")
                .param("leafHash", leafHash.array())
                .query((row, n) -> new Opened(Bytes.of(row.getBytes("salt")), row.getBytes("payload")))
                .optional();
    }

    /** Empty when what is published has ceased to count since the entry was found. */
    Optional<WitnessedProof> proof(Recorded recorded) {
        return published
                .head(recorded.origin())
                .filter(head -> recorded.index() < head.size())
                .map(head -> new WitnessedProof(new LogProof(inclusion(recorded, head.size()), head.note())));
    }

    /** The head is read once per log, after the entries were found; what it does not cover is left out. */
    Map<Digest, WitnessedProof> proofs(List<Recorded> all) {
        Map<String, Optional<Published.Head>> heads = new HashMap<>();
        Map<Digest, WitnessedProof> proofs = new HashMap<>();
        for (Recorded recorded : all) {
            heads.computeIfAbsent(recorded.origin(), published::head)
                    .filter(head -> recorded.index() < head.size())
                    .ifPresent(head -> proofs.put(
                            recorded.leafHash(),
                            new WitnessedProof(new LogProof(inclusion(recorded, head.size()), head.note()))));
        }
        return proofs;
    }

    LogProof proofUnder(Recorded recorded, SignedNote checkpoint) {
        try {
            Checkpoint head = Checkpoint.parse(checkpoint.text());
            if (!head.origin().equals(recorded.origin()) || recorded.index() >= head.size()) {
                throw new IllegalArgumentException("an entry that is not in the checkpoint's tree");
            }
            return new LogProof(inclusion(recorded, head.size()), checkpoint);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("not a checkpoint", e);
        }
    }

    private InclusionProof inclusion(Recorded recorded, long size) {
        return InclusionProof.make(recorded.index(), size, new Tiles(app, recorded.origin()).nodes(size));
    }

    /** The last entry of a case, sequenced or still waiting; what waits in a lost shard waits for ever and is none. */
    Optional<CaseEnd> last(String caseId) {
        return app.sql("""
                        SELECT case_seq, leaf_hash FROM auditlog_outbox o JOIN auditlog_log l USING (origin)
                        WHERE case_id = :caseId AND NOT l.lost
                        UNION ALL
                        SELECT case_seq, leaf_hash FROM auditlog_entry WHERE case_id = :caseId
                        ORDER BY case_seq DESC LIMIT 1
                        """)
                .param("caseId", caseId)
                .query((row, n) -> new CaseEnd(row.getLong("case_seq"), Digest.of(row.getBytes("leaf_hash"))))
                .optional();
    }
}
