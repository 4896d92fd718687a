// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sparekey.gateway.auditlog.LogName;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The minute that runs for each party and reason; shared by all replicas, and level with the log after a crash. */
final class RefusalTable {

    private final JdbcClient jdbc;

    RefusalTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One party's refusals for one reason.
     *
     * @param leftOut refused since {@code beganAt} and not entered
     */
    record Window(Instant beganAt, int entered, int leftOut) {

        static final Duration LENGTH = Duration.ofMinutes(1);

        /** The same, or the one that begins now and still owes the count of the one before. */
        Window at(Instant now) {
            boolean runs = !now.isBefore(beganAt) && now.isBefore(beganAt.plus(LENGTH));
            return runs ? this : new Window(now, 0, leftOut);
        }

        Window entered(boolean admitted) {
            return admitted ? new Window(beganAt, entered + 1, 0) : new Window(beganAt, entered, leftOut + 1);
        }
    }

    /** A window that is over, with its count still to be entered. */
    record Owed(PartyId party, String reason, LogName log, int leftOut) {}

    /** Whoever else refuses this party for this reason waits here for the transaction to end. */
    Window lock(PartyId party, String reason, LogName log, Instant now) {
        jdbc.sql("""
                INSERT INTO parties_refusal (party, reason, log, began_at, entered, left_out)
                VALUES (:party, :reason, :log, :now, 0, 0) ON CONFLICT (party, reason) DO NOTHING
                """)
                .param("party", party.value())
                .param("reason", reason)
                .param("log", log.name())
                .param("now", Timestamp.from(now))
                .update();
        return jdbc.sql("""
                SELECT began_at, entered, left_out FROM parties_refusal
                WHERE party = :party AND reason = :reason FOR UPDATE
                """)
                .param("party", party.value())
                .param("reason", reason)
                .query((row, n) -> new Window(
                        row.getTimestamp("began_at").toInstant(), row.getInt("entered"), row.getInt("left_out")))
                .single();
    }

    void store(PartyId party, String reason, Window window) {
        jdbc.sql("""
                UPDATE parties_refusal SET began_at = :began, entered = :entered, left_out = :leftOut
                WHERE party = :party AND reason = :reason
                """)
                .param("party", party.value())
                .param("reason", reason)
                .param("began", Timestamp.from(window.beganAt()))
                .param("entered", window.entered())
                .param("leftOut", window.leftOut())
                .update();
    }

    List<Owed> owed(Instant now, int atMost) {
        return jdbc.sql("""
                SELECT party, reason, log, left_out FROM parties_refusal
                WHERE left_out > 0 AND began_at <= :before LIMIT :atMost FOR UPDATE SKIP LOCKED
                """)
                .param("before", Timestamp.from(now.minus(Window.LENGTH)))
                .param("atMost", atMost)
                .query(RefusalTable::owed)
                .list();
    }

    private static Owed owed(ResultSet row, int number) throws SQLException {
        return new Owed(
                new PartyId(row.getString("party")),
                row.getString("reason"),
                LogName.valueOf(row.getString("log")),
                row.getInt("left_out"));
    }
}
