// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a reseller signed and what he was answered, row by row and as it is kept. */
final class DumpTable {

    private final JdbcClient jdbc;

    DumpTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param verdicts as JSON, as they were answered */
    record KeptBatch(UUID batchId, long seq, String header, String verdicts, Digest leafHash, Instant recordedAt) {}

    /** @param line the exact bytes that were signed */
    record KeptLine(UUID batchId, int number, String vpsRef, Bytes line, Instant recordedAt) {}

    /** @param release the giver's signed document */
    record KeptHandOver(
            String vpsRef, Instant validFrom, String giver, String receiver, String release, Instant recordedAt) {}

    void batches(PartyId reseller, Consumer<KeptBatch> to) {
        jdbc.sql("""
            SELECT batch_id, seq, header, verdicts, leaf_hash, recorded_at FROM registry_batch
            WHERE reseller = :reseller ORDER BY seq
            """).param("reseller", reseller.value()).query(row -> {
            to.accept(new KeptBatch(
                    row.getObject("batch_id", UUID.class),
                    row.getLong("seq"),
                    row.getString("header"),
                    new String(row.getBytes("verdicts"), StandardCharsets.UTF_8),
                    Digest.of(row.getBytes("leaf_hash")),
                    row.getTimestamp("recorded_at").toInstant()));
        });
    }

    void lines(PartyId reseller, Consumer<KeptLine> to) {
        jdbc.sql("""
            SELECT batch_id, line, vps_ref, record, recorded_at FROM registry_registration
            WHERE reseller = :reseller ORDER BY recorded_at, line, vps_ref
            """).param("reseller", reseller.value()).query(row -> {
            to.accept(new KeptLine(
                    row.getObject("batch_id", UUID.class),
                    row.getInt("line"),
                    row.getString("vps_ref"),
                    Bytes.of(row.getBytes("record")),
                    row.getTimestamp("recorded_at").toInstant()));
        });
    }

    /** Given away and taken over. */
    List<KeptHandOver> handOvers(PartyId reseller) {
        return jdbc.sql("""
            SELECT vps_ref, valid_from, giver, receiver, release, recorded_at FROM registry_hand_over
            WHERE giver = :reseller OR receiver = :reseller ORDER BY recorded_at, vps_ref
            """)
                .param("reseller", reseller.value())
                .query((row, number) -> new KeptHandOver(
                        row.getString("vps_ref"),
                        row.getTimestamp("valid_from").toInstant(),
                        row.getString("giver"),
                        row.getString("receiver"),
                        row.getString("release"),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
    }
}
