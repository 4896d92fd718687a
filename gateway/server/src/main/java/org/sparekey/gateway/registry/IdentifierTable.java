// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which vpsRef ever bore an identifier in a cluster. */
final class IdentifierTable {

    private final JdbcClient jdbc;

    IdentifierTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a registration names its asset inside a cluster. */
    enum Kind {
        UUID,
        VM_ID,
        DISK,
        MAC
    }

    record Identifier(String cluster, Kind kind, String value) {}

    static List<Identifier> of(RegistrationRecord record) {
        List<Identifier> all = new ArrayList<>();
        record.uuid().ifPresent(uuid -> all.add(new Identifier(record.cluster(), Kind.UUID, uuid)));
        record.vmId().ifPresent(vmId -> all.add(new Identifier(record.cluster(), Kind.VM_ID, vmId)));
        record.diskIds().forEach(disk -> all.add(new Identifier(record.cluster(), Kind.DISK, disk)));
        record.macs().forEach(mac -> all.add(new Identifier(record.cluster(), Kind.MAC, mac)));
        return all;
    }

    void insert(Collection<RegistrationRecord> records, PartyId reseller) {
        List<Identifier> all = new ArrayList<>();
        List<String> bearers = new ArrayList<>();
        for (RegistrationRecord record : records) {
            for (Identifier one : of(record)) {
                all.add(one);
                bearers.add(record.vpsRef());
            }
        }
        jdbc.sql("""
                INSERT INTO registry_identifier (cluster, kind, value, vps_ref, reseller)
                SELECT cluster, kind, value, ref, :reseller
                FROM unnest(CAST(:clusters AS text[]), CAST(:kinds AS text[]), CAST(:values AS text[]),
                    CAST(:refs AS text[])) AS rows (cluster, kind, value, ref)
                ON CONFLICT (cluster, kind, value, vps_ref) DO NOTHING
                """)
                .param("reseller", reseller.value())
                .param("clusters", all.stream().map(Identifier::cluster).toArray(String[]::new))
                .param("kinds", all.stream().map(one -> one.kind().name()).toArray(String[]::new))
                .param("values", all.stream().map(Identifier::value).toArray(String[]::new))
                .param("refs", bearers.toArray(String[]::new))
                .update();
    }

    /** The vpsRefs that ever bore it. */
    List<String> bearers(Identifier identifier) {
        return jdbc.sql("""
                SELECT vps_ref FROM registry_identifier
                WHERE cluster = :cluster AND kind = :kind AND value = :value
                """)
                .param("cluster", identifier.cluster())
                .param("kind", identifier.kind().name())
                .param("value", identifier.value())
                .query(String.class)
                .list();
    }

    /** The vpsRefs that ever bore one of these and are another reseller's, or were handed over. */
    Set<String> foreignBearers(Collection<Identifier> identifiers, PartyId reseller) {
        return new TreeSet<>(jdbc.sql("""
                SELECT DISTINCT known.vps_ref
                FROM unnest(CAST(:clusters AS text[]), CAST(:kinds AS text[]), CAST(:values AS text[]))
                    AS asked (cluster, kind, value)
                JOIN registry_identifier AS known USING (cluster, kind, value)
                WHERE known.reseller <> :reseller
                    OR EXISTS (SELECT 1 FROM registry_hand_over AS changed WHERE changed.vps_ref = known.vps_ref)
                """)
                .param("clusters", identifiers.stream().map(Identifier::cluster).toArray(String[]::new))
                .param(
                        "kinds",
                        identifiers.stream().map(one -> one.kind().name()).toArray(String[]::new))
                .param("values", identifiers.stream().map(Identifier::value).toArray(String[]::new))
                .param("reseller", reseller.value())
                .query(String.class)
                .list());
    }
}
