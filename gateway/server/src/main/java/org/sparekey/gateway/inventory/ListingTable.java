// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.Listing;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When each source was asked, and whether it said everything. */
final class ListingTable {

    /** More would not be read by anyone. */
    private static final int MAX_GAPS = 100;

    private final JdbcClient jdbc;

    ListingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One look at one source. */
    record Look(String source, String cluster, Instant at, boolean complete) {}

    void insert(String source, Listing listing, Instant at) {
        jdbc.sql("""
            INSERT INTO inventory_listing (source, cluster, listed_at, guests, gaps)
            VALUES (:source, :cluster, :at, :guests, CAST(:gaps AS text[]))
            """)
                .param("source", source)
                .param("cluster", listing.cluster())
                .param("at", Timestamp.from(at))
                .param("guests", listing.guests().size())
                .param(
                        "gaps",
                        listing.gaps().stream()
                                .limit(MAX_GAPS)
                                .map(Gap::toString)
                                .toArray(String[]::new))
                .update();
    }

    /** Every look since the instant, latest first. */
    List<Look> since(Instant from) {
        return jdbc.sql("""
            SELECT source, cluster, listed_at, cardinality(gaps) = 0 AS complete
            FROM inventory_listing WHERE listed_at >= :from ORDER BY listed_at DESC
            """)
                .param("from", Timestamp.from(from))
                .query((row, number) -> new Look(
                        row.getString("source"),
                        row.getString("cluster"),
                        row.getTimestamp("listed_at").toInstant(),
                        row.getBoolean("complete")))
                .list();
    }
}
