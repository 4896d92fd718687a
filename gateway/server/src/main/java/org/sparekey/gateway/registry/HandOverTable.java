// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.HandOver;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which assets went from one reseller to another, with the giver's signature. */
final class HandOverTable {

    private final JdbcClient jdbc;

    HandOverTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(HandOver line, PartyId giver, PartyId receiver, UUID batchId, int number, Instant recordedAt) {
        jdbc.sql("""
                INSERT INTO registry_hand_over
                    (vps_ref, valid_from, giver, receiver, release, batch_id, line, recorded_at)
                VALUES (:ref, :from, :giver, :receiver, :release, :batch, :line, :recorded)
                """)
                .param("ref", line.record().vpsRef())
                .param("from", Timestamp.from(line.validFrom()))
                .param("giver", giver.value())
                .param("receiver", receiver.value())
                .param("release", line.release())
                .param("batch", batchId)
                .param("line", number)
                .param("recorded", Timestamp.from(recordedAt))
                .update();
    }

    /** Every hand-over of these assets, earliest first. */
    Map<String, List<Ownership.Change>> of(Collection<String> vpsRefs) {
        return jdbc
                .sql("""
                SELECT vps_ref, giver, receiver, valid_from FROM registry_hand_over
                WHERE vps_ref = ANY (CAST(:refs AS text[])) ORDER BY valid_from
                """)
                .param("refs", vpsRefs.toArray(String[]::new))
                .query((row, number) -> new Ownership.Change(
                        row.getString("vps_ref"),
                        new PartyId(row.getString("giver")),
                        new PartyId(row.getString("receiver")),
                        row.getTimestamp("valid_from").toInstant()))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Ownership.Change::vpsRef));
    }
}
