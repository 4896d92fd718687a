// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.sparekey.protocol.registration.IpPrefix;
import org.springframework.jdbc.core.simple.JdbcClient;

/** To which guest an address is routed; of several rows for one prefix and begin the latest recorded one speaks. */
final class AddressPlanTable {

    private final JdbcClient jdbc;

    AddressPlanTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(PlannedAddress row) {
        jdbc.sql("""
                INSERT INTO inventory_address_plan (prefix, cluster, vm_id, valid_from, valid_to, recorded_at)
                VALUES (CAST(:prefix AS cidr), :cluster, :vm, :from, :to, :recorded)
                """)
                .param("prefix", row.prefix().text())
                .param("cluster", row.cluster())
                .param("vm", row.vmId())
                .param("from", Timestamp.from(row.from()))
                .param("to", row.to().map(Timestamp::from).orElse(null))
                .param("recorded", Timestamp.from(row.recordedAt()))
                .update();
    }

    List<PlannedAddress> all(Instant knownAt) {
        return jdbc.sql("""
                SELECT DISTINCT ON (prefix, valid_from) prefix, cluster, vm_id, valid_from, valid_to, recorded_at
                FROM inventory_address_plan WHERE recorded_at <= :known
                ORDER BY prefix, valid_from, recorded_at DESC
                """)
                .param("known", Timestamp.from(knownAt))
                .query(AddressPlanTable::row)
                .list();
    }

    /** Every row ever recorded inside one of these prefixes, replaced ones too. */
    List<PlannedAddress> within(Collection<IpPrefix> prefixes) {
        return jdbc.sql("""
                SELECT prefix, cluster, vm_id, valid_from, valid_to, recorded_at FROM inventory_address_plan
                WHERE prefix <<= ANY (CAST(:prefixes AS cidr[])) ORDER BY prefix, valid_from, recorded_at
                """)
                .param("prefixes", prefixes.stream().map(IpPrefix::text).toArray(String[]::new))
                .query(AddressPlanTable::row)
                .list();
    }

    List<PlannedAddress> around(IpPrefix address, Instant knownAt) {
        return jdbc.sql("""
                SELECT DISTINCT ON (prefix, valid_from) prefix, cluster, vm_id, valid_from, valid_to, recorded_at
                FROM inventory_address_plan
                WHERE prefix = ANY (CAST(:probes AS cidr[])) AND recorded_at <= :known
                ORDER BY prefix, valid_from, recorded_at DESC
                """)
                .param("probes", AssignmentTable.probes(address))
                .param("known", Timestamp.from(knownAt))
                .query(AddressPlanTable::row)
                .list();
    }

    private static PlannedAddress row(ResultSet row, int number) throws SQLException {
        return new PlannedAddress(
                IpPrefix.parse(row.getString("prefix")),
                row.getString("cluster"),
                row.getString("vm_id"),
                row.getTimestamp("valid_from").toInstant(),
                AssignmentTable.optional(row.getTimestamp("valid_to")),
                row.getTimestamp("recorded_at").toInstant());
    }
}
