// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.IpPrefix;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the hypervisors ran, as intervals between complete listings that said the same. */
final class ObservationTable {

    private static final String COLUMNS =
            "cluster, uuid, vm_id, disk_ids, macs, addresses, configuration_hash, running, seen_from, seen_to, node";

    private final JdbcClient jdbc;

    ObservationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every interval of the cluster that reaches to the instant or beyond. */
    List<Observation> since(String cluster, Instant from) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM inventory_observation WHERE cluster = :cluster AND seen_to >= :from")
                .param("cluster", cluster)
                .param("from", Timestamp.from(from))
                .query(ObservationTable::row)
                .list();
    }

    /** Since when each guest that ran after the instant has been seen to run; the key is cluster, UUID and number. */
    Map<List<String>, Instant> firstSeen(Instant ranAfter) {
        return jdbc
                .sql("""
                    SELECT cluster, uuid, vm_id, min(seen_from) AS first FROM inventory_observation
                    WHERE seen_to >= :after AND running GROUP BY cluster, uuid, vm_id
                    """)
                .param("after", Timestamp.from(ranAfter))
                .query((row, number) -> Map.entry(
                        List.of(row.getString("cluster"), row.getString("uuid"), row.getString("vm_id")),
                        row.getTimestamp("first").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Every interval of what ever bore this UUID or VM id in the cluster. */
    List<Observation> of(String cluster, String uuid, String vmId) {
        return jdbc.sql("SELECT " + COLUMNS + """
             FROM inventory_observation
            WHERE cluster = :cluster AND (uuid = :uuid OR vm_id = :vm)
            """)
                .param("cluster", cluster)
                .param("uuid", uuid)
                .param("vm", vmId)
                .query(ObservationTable::row)
                .list();
    }

    /** The same of many at once: each has a UUID or a number, or both. */
    List<Observation> of(List<Bearer> bearers) {
        String columns = "SELECT " + COLUMNS + " FROM inventory_observation WHERE ";
        return jdbc.sql(columns + """
                    (cluster, uuid) IN (SELECT cluster, uuid
                        FROM unnest(CAST(:clusters AS text[]), CAST(:uuids AS text[])) AS asked (cluster, uuid)
                        WHERE uuid <> '')
                UNION
                """ + columns + """
                    (cluster, vm_id) IN (SELECT cluster, vm_id
                        FROM unnest(CAST(:clusters AS text[]), CAST(:vms AS text[])) AS asked (cluster, vm_id)
                        WHERE vm_id <> '')
                """)
                .param("clusters", bearers.stream().map(Bearer::cluster).toArray(String[]::new))
                .param(
                        "uuids",
                        bearers.stream().map(one -> one.uuid().orElse("")).toArray(String[]::new))
                .param("vms", bearers.stream().map(one -> one.vmId().orElse("")).toArray(String[]::new))
                .query(ObservationTable::row)
                .list();
    }

    /** Every interval in which a guest was seen with this address, or with a network that holds it. */
    List<Observation> with(IpPrefix address) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM inventory_observation WHERE addresses && CAST(:probes AS text[])")
                .param("probes", AssignmentTable.probes(address))
                .query(ObservationTable::row)
                .list();
    }

    void open(Observation seen) {
        jdbc.sql("INSERT INTO inventory_observation (" + COLUMNS + """
            ) VALUES (:cluster, :uuid, :vm, CAST(:disks AS text[]), CAST(:macs AS text[]),
                CAST(:addresses AS text[]), :hash, :running, :from, :to, :node)
            """)
                .param("cluster", seen.cluster())
                .param("uuid", seen.uuid())
                .param("vm", seen.vmId())
                .param("disks", seen.diskIds().toArray(String[]::new))
                .param("macs", seen.macs().toArray(String[]::new))
                .param("addresses", seen.addresses().toArray(String[]::new))
                .param("hash", seen.configurationHash().array())
                .param("running", seen.running())
                .param("from", Timestamp.from(seen.seenFrom()))
                .param("to", Timestamp.from(seen.seenTo()))
                .param("node", seen.node().orElse(""))
                .update();
    }

    /** One statement for however many guests did not change. */
    void extend(String cluster, List<Observation> unchanged, Instant until, Instant at) {
        jdbc.sql("""
            UPDATE inventory_observation SET seen_to = :at
            WHERE cluster = :cluster AND seen_to = :until AND (uuid, vm_id) IN
                (SELECT * FROM unnest(CAST(:uuids AS text[]), CAST(:vms AS text[])))
            """)
                .param("at", Timestamp.from(at))
                .param("cluster", cluster)
                .param("until", Timestamp.from(until))
                .param("uuids", unchanged.stream().map(Observation::uuid).toArray(String[]::new))
                .param("vms", unchanged.stream().map(Observation::vmId).toArray(String[]::new))
                .update();
    }

    private static Observation row(ResultSet row, int number) throws SQLException {
        return new Observation(
                row.getString("cluster"),
                row.getString("uuid"),
                row.getString("vm_id"),
                texts(row.getArray("disk_ids")),
                texts(row.getArray("macs")),
                texts(row.getArray("addresses")),
                Digest.of(row.getBytes("configuration_hash")),
                row.getBoolean("running"),
                row.getTimestamp("seen_from").toInstant(),
                row.getTimestamp("seen_to").toInstant(),
                Optional.of(row.getString("node")).filter(node -> !node.isEmpty()));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
