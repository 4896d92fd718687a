// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RecordCheck;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which vpsRef ever held an address; who held it at an instant is decided from the statements themselves. */
final class AddressTable {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    AddressTable(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** @param released false for an address that is held from then on, true for one that is not any more */
    record Row(AssignedAddress address, String vpsRef, Instant validFrom, boolean released, Instant recordedAt) {}

    /**
     * Releases come last: where the same batch opens the address for another asset at the same instant, that row is the
     * whole move.
     */
    void insert(List<Row> rows) {
        batches.batchUpdate(
                """
                INSERT INTO registry_address
                    (routing_domain, ip, protocol, port_from, port_to, vps_ref, released, valid_from, recorded_at)
                VALUES (?, CAST(? AS cidr), ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (routing_domain, ip, protocol, port_from, port_to, valid_from, recorded_at) DO NOTHING
                """,
                rows.stream()
                        .map(row -> new Object[] {
                            row.address().routingDomain(),
                            row.address().prefix(),
                            row.address().protocol().orElse(""),
                            row.address().portFrom().orElse(0),
                            row.address().portTo().orElse(AssignedAddress.MAX_PORT),
                            row.vpsRef(),
                            row.released(),
                            Timestamp.from(row.validFrom()),
                            Timestamp.from(row.recordedAt())
                        })
                        .toList());
    }

    /** The vpsRefs that held a prefix around the address at some time up to the instant. */
    List<String> holders(IpPrefix address, Instant upTo, Instant knownAt) {
        int shortest = address.isV4() ? RecordCheck.SHORTEST_V4 : RecordCheck.SHORTEST_V6;
        return jdbc.sql("""
                SELECT DISTINCT vps_ref FROM registry_address
                WHERE routing_domain = :domain AND ip = ANY (CAST(:probes AS cidr[]))
                    AND valid_from <= :upTo AND recorded_at <= :known AND NOT released
                """)
                .param("domain", AssignedAddress.PUBLIC)
                .param(
                        "probes",
                        address.probes(shortest).stream().map(IpPrefix::text).toArray(String[]::new))
                .param("upTo", Timestamp.from(upTo))
                .param("known", Timestamp.from(knownAt))
                .query(String.class)
                .list();
    }
}
