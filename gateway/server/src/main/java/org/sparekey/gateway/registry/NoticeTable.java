// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Rung;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each reseller was told; one open ladder at a time. */
final class NoticeTable {

    private final JdbcClient jdbc;

    NoticeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CoverageNotice> open(PartyId reseller) {
        return jdbc.sql("""
            SELECT id, rung, opened_at, rung_at, closed_at FROM registry_notice
            WHERE reseller = :reseller AND closed_at IS NULL
            """)
                .param("reseller", reseller.value())
                .query(NoticeTable::row)
                .optional();
    }

    /** Latest first. */
    List<CoverageNotice> since(PartyId reseller, Instant from) {
        return jdbc.sql("""
            SELECT id, rung, opened_at, rung_at, closed_at FROM registry_notice
            WHERE reseller = :reseller AND (closed_at IS NULL OR closed_at >= :from) ORDER BY opened_at DESC
            """)
                .param("reseller", reseller.value())
                .param("from", Timestamp.from(from))
                .query(NoticeTable::row)
                .list();
    }

    void write(PartyId reseller, CoverageNotice notice, Digest leafHash) {
        jdbc.sql("""
            INSERT INTO registry_notice (id, reseller, rung, opened_at, rung_at, closed_at, leaf_hash)
            VALUES (:id, :reseller, :rung, :opened, :at, :closed, :leaf)
            ON CONFLICT (id) DO UPDATE SET rung = excluded.rung, rung_at = excluded.rung_at,
                closed_at = excluded.closed_at, leaf_hash = excluded.leaf_hash
            """)
                .param("id", notice.id())
                .param("reseller", reseller.value())
                .param("rung", notice.rung().name())
                .param("opened", Timestamp.from(notice.openedAt()))
                .param("at", Timestamp.from(notice.at()))
                .param("closed", notice.closedAt().map(Timestamp::from).orElse(null))
                .param("leaf", leafHash.array())
                .update();
    }

    private static CoverageNotice row(ResultSet row, int number) throws SQLException {
        Rung rung = Rung.valueOf(row.getString("rung"));
        Instant at = row.getTimestamp("rung_at").toInstant();
        @Nullable Timestamp closed = row.getTimestamp("closed_at");
        return NoticeDecisions.notice(
                row.getObject("id", UUID.class),
                rung,
                row.getTimestamp("opened_at").toInstant(),
                at,
                Optional.ofNullable(closed).map(Timestamp::toInstant));
    }
}
