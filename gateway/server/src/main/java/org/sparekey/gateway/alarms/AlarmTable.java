// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sparekey.gateway.auditlog.LogName;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The open conditions, the notices that are due, and how far each log has been read. */
final class AlarmTable {

    private final JdbcClient jdbc;

    AlarmTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Two replicas see the same condition; the second waits here and then finds it open. */
    void lock() {
        jdbc.sql("SELECT one FROM alarms_lock FOR UPDATE").query(Integer.class).single();
    }

    Set<Condition> open() {
        return new LinkedHashSet<>(jdbc.sql("SELECT kind, subject FROM alarms_alarm WHERE closed_at IS NULL")
                .query((row, n) ->
                        Condition.lasting(AlarmKind.valueOf(row.getString("kind")), row.getString("subject")))
                .list());
    }

    /** @return false where one of this kind and subject is open, or has happened, already */
    boolean open(UUID id, Condition condition, Instant now) {
        return jdbc.sql("""
                        INSERT INTO alarms_alarm (id, kind, subject, opened_at, closed_at)
                        SELECT :id, :kind, :subject, :now, CASE WHEN :lasting THEN NULL ELSE CAST(:now AS timestamptz) END
                        WHERE :lasting OR NOT EXISTS
                            (SELECT FROM alarms_alarm WHERE kind = :kind AND subject = :subject)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("id", id)
                        .param("kind", condition.kind().name())
                        .param("subject", condition.subject())
                        .param("now", Timestamp.from(now))
                        .param("lasting", condition.lasting())
                        .update()
                == 1;
    }

    Optional<UUID> close(Condition condition, Instant now) {
        return jdbc.sql("""
                        UPDATE alarms_alarm SET closed_at = :now
                        WHERE kind = :kind AND subject = :subject AND closed_at IS NULL RETURNING id
                        """)
                .param("now", Timestamp.from(now))
                .param("kind", condition.kind().name())
                .param("subject", condition.subject())
                .query(UUID.class)
                .optional();
    }

    void due(Notice notice, String channel, Instant now) {
        jdbc.sql("""
                        INSERT INTO alarms_notice (alarm_id, change, channel, kind, subject, at, due_at, attempts)
                        VALUES (:alarm, :change, :channel, :kind, :subject, :at, :now, 0) ON CONFLICT DO NOTHING
                        """)
                .param("alarm", notice.alarm())
                .param("change", notice.change().name())
                .param("channel", channel)
                .param("kind", notice.kind().name())
                .param("subject", notice.subject())
                .param("at", Timestamp.from(notice.at()))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Takes one due notice and puts it off, so that a sender who dies is followed by another one after that time. */
    Optional<Letter> claim(Instant now, Duration lease) {
        return jdbc.sql("""
                        UPDATE alarms_notice SET attempts = attempts + 1, due_at = :later
                        WHERE (alarm_id, change, channel) = (
                            SELECT alarm_id, change, channel FROM alarms_notice
                            WHERE sent_at IS NULL AND due_at <= :now ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING alarm_id, change, channel, kind, subject, at, attempts
                        """)
                .param("now", Timestamp.from(now))
                .param("later", Timestamp.from(now.plus(lease)))
                .query(AlarmTable::letter)
                .optional();
    }

    private static Letter letter(ResultSet row, int n) throws SQLException {
        Notice notice = new Notice(
                row.getObject("alarm_id", UUID.class),
                Notice.Change.valueOf(row.getString("change")),
                AlarmKind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getTimestamp("at").toInstant());
        return new Letter(notice, row.getString("channel"), row.getInt("attempts"));
    }

    void sent(Letter letter, Instant now) {
        jdbc.sql(
                        "UPDATE alarms_notice SET sent_at = :now WHERE (alarm_id, change, channel) = (:alarm, :change, :channel)")
                .param("now", Timestamp.from(now))
                .param("alarm", letter.notice().alarm())
                .param("change", letter.notice().change().name())
                .param("channel", letter.channel())
                .update();
    }

    void again(Letter letter, Instant due) {
        jdbc.sql(
                        "UPDATE alarms_notice SET due_at = :due WHERE (alarm_id, change, channel) = (:alarm, :change, :channel)")
                .param("due", Timestamp.from(due))
                .param("alarm", letter.notice().alarm())
                .param("change", letter.notice().change().name())
                .param("channel", letter.channel())
                .update();
    }

    /** The origin and the index of the next entry to judge; empty before the first. */
    Optional<Position> position(LogName log) {
        return jdbc.sql("SELECT origin, next_index FROM alarms_position WHERE log = :log")
                .param("log", log.text())
                .query((row, n) -> new Position(row.getString("origin"), row.getLong("next_index")))
                .optional();
    }

    void judged(LogName log, Position next) {
        jdbc.sql("""
                        INSERT INTO alarms_position (log, origin, next_index) VALUES (:log, :origin, :next)
                        ON CONFLICT (log) DO UPDATE SET origin = excluded.origin, next_index = excluded.next_index
                        """)
                .param("log", log.text())
                .param("origin", next.origin())
                .param("next", next.index())
                .update();
    }

    /** Counts one more and answers how many that makes. */
    int count(String subject) {
        return jdbc.sql("""
                        INSERT INTO alarms_tally (subject, tally) VALUES (:subject, 1)
                        ON CONFLICT (subject) DO UPDATE SET tally = alarms_tally.tally + 1 RETURNING tally
                        """).param("subject", subject).query(Integer.class).single();
    }

    record Position(String origin, long index) {}

    /** A notice on its way through one channel. */
    record Letter(Notice notice, String channel, int attempts) {}
}
