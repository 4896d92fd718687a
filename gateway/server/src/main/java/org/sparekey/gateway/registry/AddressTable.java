// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RecordCheck;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which vpsRef ever held an address; who held it at an instant is decided from the statements themselves. */
final class AddressTable {

    private final JdbcClient jdbc;

    AddressTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param released false for an address that is held from then on, true for one that is not any more */
    record Row(AssignedAddress address, String vpsRef, Instant validFrom, boolean released) {}

    /**
     * Releases come last: where the same batch opens the address for another asset at the same instant, that row is the
     * whole move.
     */
    void insert(List<Row> rows, Instant recordedAt) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql("""
                INSERT INTO registry_address
                    (routing_domain, ip, protocol, port_from, port_to, vps_ref, released, valid_from, recorded_at)
                SELECT domain, CAST(ip AS cidr), protocol, port_from, port_to, ref, released, valid_from, :recorded
                FROM unnest(CAST(:domains AS text[]), CAST(:ips AS text[]), CAST(:protocols AS text[]),
                    CAST(:portsFrom AS int[]), CAST(:portsTo AS int[]), CAST(:refs AS text[]),
                    CAST(:released AS boolean[]), CAST(:froms AS timestamptz[]))
                    AS rows (domain, ip, protocol, port_from, port_to, ref, released, valid_from)
                ON CONFLICT (routing_domain, ip, protocol, port_from, port_to, valid_from, recorded_at) DO NOTHING
                """)
                .param("recorded", Timestamp.from(recordedAt))
                .param("domains", column(rows, row -> row.address().routingDomain(), String[]::new))
                .param("ips", column(rows, row -> row.address().prefix(), String[]::new))
                .param("protocols", column(rows, row -> row.address().protocol().orElse(""), String[]::new))
                .param("portsFrom", column(rows, row -> row.address().portFrom().orElse(0), Integer[]::new))
                .param(
                        "portsTo",
                        column(rows, row -> row.address().portTo().orElse(AssignedAddress.MAX_PORT), Integer[]::new))
                .param("refs", column(rows, Row::vpsRef, String[]::new))
                .param("released", column(rows, Row::released, Boolean[]::new))
                .param("froms", column(rows, row -> row.validFrom().toString(), String[]::new))
                .update();
    }

    private static <T> T[] column(List<Row> rows, Function<Row, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
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
