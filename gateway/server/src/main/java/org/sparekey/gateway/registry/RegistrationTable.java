// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.RecordCheck;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accepted lines, as they were signed, and whose each vpsRef is. */
final class RegistrationTable {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    RegistrationTable(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** One accepted line. */
    record Row(RegistrationRecord record, Bytes raw, PartyId reseller, UUID batchId, int line, Instant recordedAt) {}

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

    /** First come: where another transaction names one of them at the same time, this waits for it. */
    void claim(Collection<String> vpsRefs, PartyId reseller) {
        batches.batchUpdate(
                "INSERT INTO registry_vps (vps_ref, reseller) VALUES (?, ?) ON CONFLICT (vps_ref) DO NOTHING",
                // sorted, so that two resellers who name the same ones do not wait for each other in a ring
                vpsRefs.stream()
                        .sorted()
                        .map(vpsRef -> new Object[] {vpsRef, reseller.value()})
                        .toList());
    }

    void insert(List<Row> rows) {
        batches.batchUpdate(
                """
                INSERT INTO registry_registration
                    (vps_ref, valid_from, recorded_at, reseller, batch_id, line, record)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                rows.stream()
                        .map(row -> new Object[] {
                            row.record().vpsRef(),
                            Timestamp.from(row.record().validFrom()),
                            Timestamp.from(row.recordedAt()),
                            row.reseller().value(),
                            row.batchId(),
                            row.line(),
                            row.raw().array()
                        })
                        .toList());
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
