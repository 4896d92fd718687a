// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.LineVerdict;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accepted batches with their verdicts, and each reseller's numbering. */
final class BatchTable {

    private static final String COLUMNS =
            "batch_id, reseller, seq, digest, header, line_hashes, verdicts, leaf_hash, recorded_at";

    private final JdbcClient jdbc;

    BatchTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An accepted batch.
     *
     * @param header the reseller's signed header, compact
     * @param verdicts without paths, which follow from the line hashes
     */
    record Batch(
            UUID id,
            PartyId reseller,
            long seq,
            Digest digest,
            String header,
            List<Digest> lineHashes,
            List<LineVerdict> verdicts,
            Digest leafHash,
            Instant recordedAt) {}

    /**
     * What a reseller's next batch follows.
     *
     * @param others how many batches the other resellers had sent, by the latest when this was asked
     */
    record Last(long seq, Instant recordedAt, long others) {}

    /** The reseller's last batch; his others wait here until this transaction ends. */
    Last lock(PartyId reseller) {
        return lockKnown(reseller).orElseGet(() -> {
            jdbc.sql("""
                    INSERT INTO registry_reseller (reseller, last_seq, recorded_at) VALUES (:reseller, 0, '-infinity')
                    ON CONFLICT (reseller) DO NOTHING
                    """).param("reseller", reseller.value()).update();
            return lockKnown(reseller).orElseThrow();
        });
    }

    private Optional<Last> lockKnown(PartyId reseller) {
        return jdbc.sql("""
                SELECT last_seq, GREATEST(recorded_at, '1970-01-01T00:00:00Z') AS recorded_at,
                    (SELECT coalesce(sum(last_seq), 0) FROM registry_reseller WHERE reseller <> :reseller) AS others
                FROM registry_reseller WHERE reseller = :reseller FOR UPDATE
                """)
                .param("reseller", reseller.value())
                .query((row, number) -> new Last(
                        row.getLong("last_seq"), row.getTimestamp("recorded_at").toInstant(), row.getLong("others")))
                .optional();
    }

    /** How many batches the other resellers have sent: where it stands still, they said nothing new. */
    long othersCount(PartyId reseller) {
        return jdbc.sql("SELECT coalesce(sum(last_seq), 0) FROM registry_reseller WHERE reseller <> :reseller")
                .param("reseller", reseller.value())
                .query(Long.class)
                .single();
    }

    /** From here to their commit batches go one by one; taken last, so that nobody who holds it waits for another. */
    void turn() {
        jdbc.sql("SELECT true FROM registry_turn FOR UPDATE")
                .query(Boolean.class)
                .single();
    }

    Optional<Batch> find(Digest digest) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM registry_batch WHERE digest = :digest")
                .param("digest", digest.array())
                .query(BatchTable::row)
                .optional();
    }

    Optional<Batch> find(UUID id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM registry_batch WHERE batch_id = :id")
                .param("id", id)
                .query(BatchTable::row)
                .optional();
    }

    Optional<Batch> last(PartyId reseller) {
        return jdbc.sql("SELECT " + COLUMNS + """
                 FROM registry_batch WHERE reseller = :reseller ORDER BY seq DESC LIMIT 1
                """)
                .param("reseller", reseller.value())
                .query(BatchTable::row)
                .optional();
    }

    List<Batch> of(PartyId reseller) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM registry_batch WHERE reseller = :reseller ORDER BY seq")
                .param("reseller", reseller.value())
                .query(BatchTable::row)
                .list();
    }

    void insert(Batch batch) {
        jdbc.sql("WITH batch AS (INSERT INTO registry_batch (" + COLUMNS + """
                ) VALUES (:id, :reseller, :seq, :digest, :header, :hashes, :verdicts, :leaf, :recorded))
                UPDATE registry_reseller SET last_seq = :seq, recorded_at = :recorded WHERE reseller = :reseller
                """)
                .param("id", batch.id())
                .param("reseller", batch.reseller().value())
                .param("seq", batch.seq())
                .param("digest", batch.digest().array())
                .param("header", batch.header())
                .param("hashes", concatenated(batch.lineHashes()))
                .param("verdicts", Wire.write(batch.verdicts()))
                .param("leaf", batch.leafHash().array())
                .param("recorded", Timestamp.from(batch.recordedAt()))
                .update();
    }

    private static Batch row(ResultSet row, int number) throws SQLException {
        try {
            return new Batch(
                    row.getObject("batch_id", UUID.class),
                    new PartyId(row.getString("reseller")),
                    row.getLong("seq"),
                    Digest.of(row.getBytes("digest")),
                    row.getString("header"),
                    split(row.getBytes("line_hashes")),
                    List.of(Wire.read(row.getBytes("verdicts"), LineVerdict[].class)),
                    Digest.of(row.getBytes("leaf_hash")),
                    row.getTimestamp("recorded_at").toInstant());
        } catch (MalformedException e) {
            throw new IllegalStateException("stored verdicts do not read: " + e.reason(), e);
        }
    }

    private static byte[] concatenated(List<Digest> hashes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        hashes.forEach(hash -> out.writeBytes(hash.array()));
        return out.toByteArray();
    }

    private static List<Digest> split(byte[] hashes) {
        List<Digest> all = new ArrayList<>();
        for (int at = 0; at < hashes.length; at += Digest.LENGTH_BYTES) {
            all.add(Digest.of(Arrays.copyOfRange(hashes, at, at + Digest.LENGTH_BYTES)));
        }
        return all;
    }
}
