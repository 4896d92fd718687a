// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.sql.Timestamp;
import java.util.Optional;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The permits that were given, and what was reported of each. Written under the lock of the deletion's row. */
final class AttemptTable {

    private final JdbcClient jdbc;

    AttemptTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param outcome the last that was reported under it */
    record Attempt(Permit permit, Optional<Outcome> outcome) {}

    int next(DeletionId id) {
        return jdbc.sql("SELECT coalesce(max(attempt), 0) + 1 FROM deletions_attempt WHERE deletion_id = :id")
                .param("id", id.code())
                .query(Integer.class)
                .single();
    }

    /** The row points to it from here on. */
    void give(DeletionId id, Permit permit) {
        jdbc.sql("""
                INSERT INTO deletions_attempt (deletion_id, attempt, act, entry_leaf, until)
                VALUES (:id, :attempt, :act, :leaf, :until)
                """)
                .param("id", id.code())
                .param("attempt", permit.attempt())
                .param("act", permit.act().name())
                .param("leaf", permit.entry().array())
                .param("until", Timestamp.from(permit.until()))
                .update();
        jdbc.sql("UPDATE deletions_deletion SET attempt = :attempt WHERE deletion_id = :id")
                .param("attempt", permit.attempt())
                .param("id", id.code())
                .update();
    }

    Optional<Attempt> find(DeletionId id, int attempt) {
        return jdbc.sql("""
                SELECT attempt, act, entry_leaf, until, outcome FROM deletions_attempt
                WHERE deletion_id = :id AND attempt = :attempt
                """)
                .param("id", id.code())
                .param("attempt", attempt)
                .query((row, n) -> new Attempt(
                        new Permit(
                                row.getInt("attempt"),
                                Act.valueOf(row.getString("act")),
                                Digest.of(row.getBytes("entry_leaf")),
                                row.getTimestamp("until").toInstant()),
                        Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf)))
                .optional();
    }

    void reported(DeletionId id, int attempt, Outcome outcome) {
        jdbc.sql("UPDATE deletions_attempt SET outcome = :outcome WHERE deletion_id = :id AND attempt = :attempt")
                .param("outcome", outcome.name())
                .param("id", id.code())
                .param("attempt", attempt)
                .update();
    }
}
