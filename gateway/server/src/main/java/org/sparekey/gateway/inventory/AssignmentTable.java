// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose prefix and server it is; of several rows for one thing and begin the latest recorded one speaks. */
final class AssignmentTable {

    private final JdbcClient jdbc;

    AssignmentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Assignment row) {
        jdbc.sql("""
            INSERT INTO inventory_assignment
                (kind, value, prefix, reseller, via, valid_from, valid_to, recorded_at)
            VALUES (:kind, :value, CAST(:prefix AS cidr), :reseller, :via, :from, :to, :recorded)
            """)
                .param("kind", row.kind().name())
                .param("value", row.value())
                .param("prefix", row.kind() == Assignment.Kind.PREFIX ? row.value() : null)
                .param("reseller", row.reseller().value())
                .param("via", row.via().map(PartyId::value).orElse(""))
                .param("from", Timestamp.from(row.from()))
                .param("to", row.to().map(Timestamp::from).orElse(null))
                .param("recorded", Timestamp.from(row.recordedAt()))
                .update();
    }

    /** All that was recorded up to the instant, whenever it holds. */
    List<Assignment> all(Instant knownAt) {
        return jdbc.sql("""
            SELECT DISTINCT ON (kind, value, via, valid_from)
                kind, value, reseller, via, valid_from, valid_to, recorded_at
            FROM inventory_assignment WHERE recorded_at <= :known
            ORDER BY kind, value, via, valid_from, recorded_at DESC
            """)
                .param("known", Timestamp.from(knownAt))
                .query(AssignmentTable::row)
                .list();
    }

    /** Every assignment, past and present, of a prefix that contains the address. */
    List<Assignment> around(IpPrefix address, Instant knownAt) {
        return jdbc.sql("""
            SELECT DISTINCT ON (kind, value, via, valid_from)
                kind, value, reseller, via, valid_from, valid_to, recorded_at
            FROM inventory_assignment
            WHERE prefix = ANY (CAST(:probes AS cidr[])) AND recorded_at <= :known
            ORDER BY kind, value, via, valid_from, recorded_at DESC
            """)
                .param("probes", probes(address))
                .param("known", Timestamp.from(knownAt))
                .query(AssignmentTable::row)
                .list();
    }

    /** Every row in which the reseller has or passes on something, replaced ones too. */
    List<Assignment> recorded(PartyId reseller) {
        return jdbc.sql("""
            SELECT kind, value, reseller, via, valid_from, valid_to, recorded_at FROM inventory_assignment
            WHERE reseller = :reseller OR via = :reseller ORDER BY kind, value, via, valid_from, recorded_at
            """)
                .param("reseller", reseller.value())
                .query(AssignmentTable::row)
                .list();
    }

    /** The past and present of everything that the reseller ever had or passed on, also where it is another's now. */
    List<Assignment> touching(PartyId reseller, Instant knownAt) {
        return jdbc.sql("""
            SELECT DISTINCT ON (kind, value, via, valid_from)
                kind, value, reseller, via, valid_from, valid_to, recorded_at
            FROM inventory_assignment
            WHERE recorded_at <= :known AND (kind, value) IN (
                SELECT kind, value FROM inventory_assignment WHERE reseller = :reseller OR via = :reseller AND via <> '')
            ORDER BY kind, value, via, valid_from, recorded_at DESC
            """)
                .param("known", Timestamp.from(knownAt))
                .param("reseller", reseller.value())
                .query(AssignmentTable::row)
                .list();
    }

    /** The past and present of each of these servers and ports, in one question. */
    List<Assignment> places(Collection<String> values, Instant knownAt) {
        return jdbc.sql("""
            SELECT DISTINCT ON (kind, value, via, valid_from)
                kind, value, reseller, via, valid_from, valid_to, recorded_at
            FROM inventory_assignment
            WHERE kind IN ('SERVER', 'PORT') AND value = ANY (CAST(:values AS text[])) AND recorded_at <= :known
            ORDER BY kind, value, via, valid_from, recorded_at DESC
            """)
                .param("values", values.toArray(String[]::new))
                .param("known", Timestamp.from(knownAt))
                .query(AssignmentTable::row)
                .list();
    }

    static String[] probes(IpPrefix address) {
        return address.probes(0).stream().map(IpPrefix::text).toArray(String[]::new);
    }

    private static Assignment row(ResultSet row, int number) throws SQLException {
        return new Assignment(
                Assignment.Kind.valueOf(row.getString("kind")),
                row.getString("value"),
                new PartyId(row.getString("reseller")),
                row.getTimestamp("valid_from").toInstant(),
                optional(row.getTimestamp("valid_to")),
                row.getTimestamp("recorded_at").toInstant(),
                Optional.of(row.getString("via")).filter(via -> !via.isEmpty()).map(PartyId::new));
    }

    static Optional<Instant> optional(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
    }
}
