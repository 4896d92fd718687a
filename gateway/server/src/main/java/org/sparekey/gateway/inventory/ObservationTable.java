// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.IpPrefix;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the hypervisors ran, as intervals between complete listings that said the same. */
final class ObservationTable {

    private static final String COLUMNS =
            "cluster, uuid, vm_id, disk_ids, macs, addresses, configuration_hash, running, seen_from, seen_to";

    private final JdbcClient jdbc;

    ObservationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Instant> lastPoll() {
        return jdbc.sql("SELECT polled_at FROM inventory_poll ORDER BY polled_at DESC LIMIT 1")
                .query((row, number) -> row.getTimestamp("polled_at").toInstant())
                .optional();
    }

    void polled(Instant at, int guests) {
        jdbc.sql("INSERT INTO inventory_poll (polled_at, guests) VALUES (:at, :guests)")
                .param("at", Timestamp.from(at))
                .param("guests", guests)
                .update();
    }

    /** What a listing said. */
    List<Observation> seenAt(Instant poll) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM inventory_observation WHERE seen_to = :poll")
                .param("poll", Timestamp.from(poll))
                .query(ObservationTable::row)
                .list();
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

    /** Every interval in which a guest was seen with exactly this address. */
    List<Observation> with(IpPrefix address) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM inventory_observation WHERE addresses @> CAST(:address AS text[])")
                .param("address", new String[] {address.text()})
                .query(ObservationTable::row)
                .list();
    }

    void open(Observation seen) {
        jdbc.sql("INSERT INTO inventory_observation (" + COLUMNS + """
                ) VALUES (:cluster, :uuid, :vm, CAST(:disks AS text[]), CAST(:macs AS text[]),
                    CAST(:addresses AS text[]), :hash, :running, :from, :to)
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
                .update();
    }

    void extend(Observation seen, Instant poll) {
        jdbc.sql("""
                UPDATE inventory_observation SET seen_to = :poll
                WHERE cluster = :cluster AND uuid = :uuid AND vm_id = :vm AND seen_to = :until
                """)
                .param("poll", Timestamp.from(poll))
                .param("cluster", seen.cluster())
                .param("uuid", seen.uuid())
                .param("vm", seen.vmId())
                .param("until", Timestamp.from(seen.seenTo()))
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
                row.getTimestamp("seen_to").toInstant());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
