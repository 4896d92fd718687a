// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of terminated machines. */
final class DeletionTable {

    /** More than anybody looks through at once; the earliest first. */
    static final int AT_ONCE = 1_000;

    private static final String SELECT = """
            SELECT d.deletion_id, d.owner, d.asset, d.deleted_on, d.request_leaf, d.vps_ref, d.state, d.case_seq, d.last_leaf,
                   CASE WHEN d.bulk_approved_at IS NULL THEN d.bulk_group END AS waits,
                   a.attempt, a.act, a.entry_leaf, a.until
            FROM deletions_deletion d LEFT JOIN deletions_attempt a USING (deletion_id, attempt)
            """;

    private final JdbcClient jdbc;

    DeletionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which of two who speak of one machine at one moment was first is decided here: the second waits for the first's commit.
     *
     * @return whether it is new; its entry is to be written in the same transaction
     */
    boolean insert(
            DeletionId id,
            PartyId requester,
            PartyId owner,
            DeletedAsset asset,
            Instant requestedAt,
            Instant deletedOn,
            String vpsRef,
            String tenancyRef) {
        return jdbc.sql("""
                INSERT INTO deletions_deletion
                    (deletion_id, requester, owner, asset, requested_at, deleted_on, vps_ref, tenancy_ref, state)
                VALUES (:id, :requester, :owner, :asset, :requestedAt, :deletedOn, :vpsRef, :tenancyRef, 'waiting')
                ON CONFLICT (vps_ref, tenancy_ref) DO NOTHING
                """)
                        .param("id", id.code())
                        .param("requester", requester.value())
                        .param("owner", owner.value())
                        .param("asset", Wire.write(asset))
                        .param("requestedAt", Timestamp.from(requestedAt))
                        .param("deletedOn", Timestamp.from(deletedOn))
                        .param("vpsRef", vpsRef)
                        .param("tenancyRef", tenancyRef)
                        .update()
                == 1;
    }

    void entered(DeletionId id, Digest leaf) {
        jdbc.sql("UPDATE deletions_deletion SET request_leaf = :leaf WHERE deletion_id = :id")
                .param("leaf", leaf.array())
                .param("id", id.code())
                .update();
    }

    Optional<Deletion> find(DeletionId id) {
        return jdbc.sql(SELECT + "WHERE d.deletion_id = :id")
                .param("id", id.code())
                .query(DeletionTable::deletion)
                .optional();
    }

    /** Held until the transaction ends. Read behind the lock: whoever waited for it sees what the one before him wrote. */
    Optional<Deletion> lock(DeletionId id) {
        return jdbc.sql("SELECT deletion_id FROM deletions_deletion WHERE deletion_id = :id FOR UPDATE")
                .param("id", id.code())
                .query(String.class)
                .optional()
                .flatMap(_ -> find(id));
    }

    Optional<Deletion> ofLife(String vpsRef, String tenancyRef) {
        return jdbc.sql(SELECT + "WHERE d.vps_ref = :vpsRef AND d.tenancy_ref = :tenancyRef")
                .param("vpsRef", vpsRef)
                .param("tenancyRef", tenancyRef)
                .query(DeletionTable::deletion)
                .optional();
    }

    /** A reseller's own, whatever became of them, newest first. */
    List<Deletion> of(PartyId owner) {
        return jdbc.sql(SELECT + "WHERE d.owner = :owner ORDER BY d.deleted_on DESC, d.deletion_id LIMIT :most")
                .param("owner", owner.value())
                .param("most", AT_ONCE)
                .query(DeletionTable::deletion)
                .list();
    }

    /** Whose grace is over and whose disk is not known to be destroyed. */
    List<Deletion> due(Instant now) {
        return jdbc.sql(SELECT + """
                WHERE d.state <> 'destroyed' AND d.deleted_on <= :now
                ORDER BY d.deleted_on, d.deletion_id LIMIT :most
                """)
                .param("now", Timestamp.from(now))
                .param("most", AT_ONCE)
                .query(DeletionTable::deletion)
                .list();
    }

    void state(DeletionId id, DeletionState state) {
        jdbc.sql("UPDATE deletions_deletion SET state = :state WHERE deletion_id = :id")
                .param("state", state.word())
                .param("id", id.code())
                .update();
    }

    void chain(DeletionId id, long caseSeq, Digest leaf) {
        jdbc.sql("UPDATE deletions_deletion SET case_seq = :seq, last_leaf = :leaf WHERE deletion_id = :id")
                .param("seq", caseSeq)
                .param("leaf", leaf.array())
                .param("id", id.code())
                .update();
    }

    private static Deletion deletion(ResultSet row, int number) throws SQLException {
        DeletionId id = new DeletionId(row.getString("deletion_id"));
        return new Deletion(
                id,
                new PartyId(row.getString("owner")),
                asset(row.getBytes("asset")),
                row.getTimestamp("deleted_on").toInstant(),
                Digest.of(row.getBytes("request_leaf")),
                row.getString("vps_ref"),
                Optional.ofNullable(row.getString("waits")),
                state(row),
                chain(id, row));
    }

    private static DeletionState state(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "waiting" -> new DeletionState.Waiting();
            case "permitted" ->
                new DeletionState.Permitted(new Permit(
                        row.getInt("attempt"),
                        Act.valueOf(row.getString("act")),
                        Digest.of(row.getBytes("entry_leaf")),
                        row.getTimestamp("until").toInstant()));
            case "quarantined" -> new DeletionState.Quarantined();
            case "destroyed" -> new DeletionState.Destroyed();
            default -> throw new IllegalStateException("a deletion's stored state is none");
        };
    }

    private static CaseLink chain(DeletionId id, ResultSet row) throws SQLException {
        byte[] last = row.getBytes("last_leaf");
        return last == null
                ? CaseLink.first(id.code())
                : new CaseLink(id.code(), row.getLong("case_seq") + 1, Optional.of(Digest.of(last)));
    }

    private static DeletedAsset asset(byte[] json) {
        try {
            return Wire.read(json, DeletedAsset.class);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored machine cannot be read", e);
        }
    }
}
