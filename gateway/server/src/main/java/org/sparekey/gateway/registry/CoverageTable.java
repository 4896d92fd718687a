// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.ReconciliationView.HeldCertificate;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.coverage.StateCounts;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The latest picture of each reseller, his days, and their certificates. */
final class CoverageTable {

    private static final String DAY_COLUMNS = "reseller, day, until, assets_covered, assets, addresses_covered,"
            + " addresses, seconds_covered, seconds, counts, onward, complete";

    private final JdbcClient jdbc;

    CoverageTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One reseller's day. */
    record Day(
            PartyId reseller,
            LocalDate day,
            Instant until,
            Share assets,
            Share addresses,
            Share seconds,
            StateCounts counts,
            int onward,
            boolean complete) {}

    /** The stored picture. */
    record Picture(Instant comparedAt, StateCounts counts, List<Finding> findings) {}

    /** When the last comparison was; others wait here until this transaction ends. */
    Instant lock() {
        return jdbc.sql("""
            SELECT GREATEST(compared_at, '1970-01-01T00:00:00Z') AS compared_at
            FROM registry_comparison FOR UPDATE
            """)
                .query((row, number) -> row.getTimestamp("compared_at").toInstant())
                .single();
    }

    void compared(Instant now) {
        jdbc.sql("UPDATE registry_comparison SET compared_at = :now")
                .param("now", Timestamp.from(now))
                .update();
    }

    void keep(String reseller, Picture picture) {
        jdbc.sql("""
            INSERT INTO registry_picture (reseller, compared_at, counts, findings)
            VALUES (:reseller, :at, :counts, :findings)
            ON CONFLICT (reseller) DO UPDATE SET compared_at = excluded.compared_at, counts = excluded.counts,
                findings = excluded.findings
            """)
                .param("reseller", reseller)
                .param("at", Timestamp.from(picture.comparedAt()))
                .param("counts", Wire.write(picture.counts()))
                .param("findings", Wire.write(picture.findings()))
                .update();
    }

    Optional<Picture> picture(String reseller) {
        return jdbc.sql("SELECT compared_at, counts, findings FROM registry_picture WHERE reseller = :reseller")
                .param("reseller", reseller)
                .query((row, number) -> new Picture(
                        row.getTimestamp("compared_at").toInstant(),
                        read(row.getBytes("counts"), StateCounts.class),
                        List.of(read(row.getBytes("findings"), Finding[].class))))
                .optional();
    }

    List<String> pictured() {
        return jdbc.sql("SELECT reseller FROM registry_picture ORDER BY reseller")
                .query(String.class)
                .list();
    }

    /** A complete day has been complete at each of its comparisons; seconds add up. */
    void add(Day day) {
        jdbc.sql("INSERT INTO registry_coverage (" + DAY_COLUMNS + """
            ) VALUES (:reseller, :day, :until, :assetsCovered, :assets, :addressesCovered, :addresses,
                :secondsCovered, :seconds, :counts, :onward, :complete)
            ON CONFLICT (reseller, day) DO UPDATE SET until = excluded.until,
                assets_covered = excluded.assets_covered, assets = excluded.assets,
                addresses_covered = excluded.addresses_covered, addresses = excluded.addresses,
                seconds_covered = registry_coverage.seconds_covered + excluded.seconds_covered,
                seconds = registry_coverage.seconds + excluded.seconds,
                counts = excluded.counts, onward = excluded.onward,
                complete = registry_coverage.complete AND excluded.complete
            WHERE registry_coverage.certificate IS NULL
            """)
                .param("reseller", day.reseller().value())
                .param("day", day.day())
                .param("until", Timestamp.from(day.until()))
                .param("assetsCovered", day.assets().covered())
                .param("assets", day.assets().total())
                .param("addressesCovered", day.addresses().covered())
                .param("addresses", day.addresses().total())
                .param("secondsCovered", day.seconds().covered())
                .param("seconds", day.seconds().total())
                .param("counts", Wire.write(day.counts()))
                .param("onward", day.onward())
                .param("complete", day.complete())
                .update();
    }

    /** Days that are over and not signed, oldest first. */
    List<Day> unsigned(LocalDate before) {
        return jdbc.sql("SELECT " + DAY_COLUMNS + """
             FROM registry_coverage WHERE certificate IS NULL AND day < :before ORDER BY day, reseller
            """)
                .param("before", before)
                .query(CoverageTable::day)
                .list();
    }

    void signed(Day day, String certificate, Digest leafHash) {
        jdbc.sql("""
            UPDATE registry_coverage SET certificate = :certificate, leaf_hash = :leaf
            WHERE reseller = :reseller AND day = :day
            """)
                .param("certificate", certificate)
                .param("leaf", leafHash.array())
                .param("reseller", day.reseller().value())
                .param("day", day.day())
                .update();
    }

    /** The last signed day before another one. */
    Optional<Day> signedBefore(PartyId reseller, LocalDate day) {
        return jdbc.sql("SELECT " + DAY_COLUMNS + """
             FROM registry_coverage
            WHERE reseller = :reseller AND day < :day AND certificate IS NOT NULL ORDER BY day DESC LIMIT 1
            """)
                .param("reseller", reseller.value())
                .param("day", day)
                .query(CoverageTable::day)
                .optional();
    }

    /** Newest first. */
    List<HeldCertificate> certificates(PartyId reseller, int atMost) {
        return jdbc.sql("""
            SELECT day, certificate, leaf_hash FROM registry_coverage
            WHERE reseller = :reseller AND certificate IS NOT NULL ORDER BY day DESC LIMIT :most
            """)
                .param("reseller", reseller.value())
                .param("most", atMost)
                .query((row, number) -> new HeldCertificate(
                        row.getObject("day", LocalDate.class).toString(),
                        row.getString("certificate"),
                        Digest.of(row.getBytes("leaf_hash"))))
                .list();
    }

    private static Day day(ResultSet row, int number) throws SQLException {
        return new Day(
                new PartyId(row.getString("reseller")),
                row.getObject("day", LocalDate.class),
                row.getTimestamp("until").toInstant(),
                new Share(row.getLong("assets_covered"), row.getLong("assets")),
                new Share(row.getLong("addresses_covered"), row.getLong("addresses")),
                new Share(row.getLong("seconds_covered"), row.getLong("seconds")),
                read(row.getBytes("counts"), StateCounts.class),
                row.getInt("onward"),
                row.getBoolean("complete"));
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Wire.read(json, type);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored comparison does not read: " + e.reason(), e);
        }
    }
}
