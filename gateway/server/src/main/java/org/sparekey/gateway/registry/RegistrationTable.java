// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.RecordCheck;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accepted lines, as they were signed, and whose each vpsRef is. */
final class RegistrationTable {

    private final JdbcClient jdbc;

    RegistrationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One accepted line. */
    record Row(RegistrationRecord record, Bytes raw, int line) {}

    /** Whose the vpsRefs are; an unknown one is absent. */
    Map<String, PartyId> owners(Collection<String> vpsRefs) {
        return jdbc
                .sql("SELECT vps_ref, reseller FROM registry_vps WHERE vps_ref = ANY (CAST(:refs AS text[]))")
                .param("refs", vpsRefs.toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString("vps_ref"), new PartyId(row.getString("reseller"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * First come: where another transaction names one of them at the same time, this waits for it.
     *
     * @return those that nobody had named before
     */
    Set<String> claim(Collection<String> vpsRefs, PartyId reseller) {
        return new HashSet<>(jdbc.sql("""
                INSERT INTO registry_vps (vps_ref, reseller) SELECT unnest(CAST(:refs AS text[])), :reseller
                ON CONFLICT (vps_ref) DO NOTHING RETURNING vps_ref
                """)
                // sorted, so that two resellers who name the same ones do not wait for each other in a ring
                .param("refs", vpsRefs.stream().sorted().toArray(String[]::new))
                .param("reseller", reseller.value())
                .query(String.class)
                .list());
    }

    /** Rows of one batch, in one statement. */
    void insert(List<Row> rows, PartyId reseller, UUID batchId, Instant recordedAt) {
        jdbc.sql("""
                INSERT INTO registry_registration
                    (vps_ref, valid_from, recorded_at, reseller, batch_id, line, record)
                SELECT ref, valid_from, :recorded, :reseller, :batch, line, record
                FROM unnest(CAST(:refs AS text[]), CAST(:froms AS timestamptz[]), CAST(:lines AS int[]),
                    CAST(:records AS bytea[])) AS rows (ref, valid_from, line, record)
                """)
                .param("recorded", Timestamp.from(recordedAt))
                .param("reseller", reseller.value())
                .param("batch", batchId)
                .param("refs", rows.stream().map(row -> row.record().vpsRef()).toArray(String[]::new))
                .param(
                        "froms",
                        rows.stream()
                                .map(row -> row.record().validFrom().toString())
                                .toArray(String[]::new))
                .param("lines", rows.stream().map(Row::line).toArray(Integer[]::new))
                .param("records", rows.stream().map(row -> row.raw().array()).toArray(byte[][]::new))
                .update();
    }

    /** Every statement about these assets that was recorded up to the instant. */
    List<Registered> of(Collection<String> vpsRefs, Instant knownAt) {
        return jdbc.sql("""
            SELECT vps_ref, record, reseller, recorded_at FROM registry_registration
            WHERE vps_ref = ANY (CAST(:refs AS text[])) AND recorded_at <= :known
            """)
                .param("refs", vpsRefs.toArray(String[]::new))
                .param("known", Timestamp.from(knownAt))
                .query(RegistrationTable::registered)
                .list();
    }

    /** Every statement about these assets. */
    List<Registered> of(Collection<String> vpsRefs) {
        return jdbc.sql("""
            SELECT vps_ref, record, reseller, recorded_at FROM registry_registration
            WHERE vps_ref = ANY (CAST(:refs AS text[]))
            """)
                .param("refs", vpsRefs.toArray(String[]::new))
                .query(RegistrationTable::registered)
                .list();
    }

    /** The latest statement about each of these assets. */
    List<Registered> latest(Collection<String> vpsRefs) {
        return jdbc.sql("""
            SELECT DISTINCT ON (vps_ref) vps_ref, record, reseller, recorded_at FROM registry_registration
            WHERE vps_ref = ANY (CAST(:refs AS text[]))
            ORDER BY vps_ref, valid_from DESC, recorded_at DESC
            """)
                .param("refs", vpsRefs.toArray(String[]::new))
                .query(RegistrationTable::registered)
                .list();
    }

    /** The statement in force about every asset at the instant; an ended one is among them. */
    List<Registered> inForce(Instant at) {
        return jdbc.sql("""
            SELECT DISTINCT ON (vps_ref) vps_ref, record, reseller, recorded_at FROM registry_registration
            WHERE valid_from <= :at AND recorded_at <= :at
            ORDER BY vps_ref, valid_from DESC, recorded_at DESC
            """)
                .param("at", Timestamp.from(at))
                .query(RegistrationTable::registered)
                .list();
    }

    /** When anything was last said about each asset. */
    Map<String, Instant> attested() {
        return jdbc
                .sql("SELECT vps_ref, max(recorded_at) AS attested FROM registry_registration GROUP BY vps_ref")
                .query((row, number) -> Map.entry(
                        row.getString("vps_ref"), row.getTimestamp("attested").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Everything a reseller ever registered, oldest first. */
    List<HeldRegistration> held(PartyId reseller) {
        return jdbc.sql("""
            SELECT vps_ref, record, batch_id, line, recorded_at FROM registry_registration
            WHERE reseller = :reseller ORDER BY recorded_at, line
            """)
                .param("reseller", reseller.value())
                .query((row, number) -> new HeldRegistration(
                        parse(row),
                        row.getObject("batch_id", UUID.class),
                        row.getInt("line"),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
    }

    private static Registered registered(ResultSet row, int number) throws SQLException {
        return new Registered(
                parse(row),
                new PartyId(row.getString("reseller")),
                row.getTimestamp("recorded_at").toInstant());
    }

    /** Of a line that tells two states, this asset's. */
    private static RegistrationRecord parse(ResultSet row) throws SQLException {
        String vpsRef = row.getString("vps_ref");
        try {
            return RecordCheck.parse(row.getBytes("record")).records().stream()
                    .filter(record -> record.vpsRef().equals(vpsRef))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a stored line does not tell of its asset"));
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored registration does not read: " + e.reason(), e);
        }
    }
}
