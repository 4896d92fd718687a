// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.tree.TreeHash;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows that a batch of these machines leaves in the registry's tables, ready to be inserted as they are: nothing is
 * asked, checked, hashed or signed, and nothing of a log is written.
 */
final class PlainRows {

    /** Of a statement; more are not faster. */
    private static final int MACHINES = 1_000;

    private static final int FIRST_LINE = 2;

    private final UUID batch;
    private final String reseller;
    private final Timestamp recordedAt;
    private final List<Columns> all = new ArrayList<>();
    private final byte[] hashes;
    private final byte[] verdicts;

    PlainRows(String reseller, List<RegistrationRecord> records, Instant recordedAt) {
        this.batch = UUID.nameUUIDFromBytes(records.getFirst().vpsRef().getBytes(StandardCharsets.US_ASCII));
        this.reseller = reseller;
        this.recordedAt = Timestamp.from(recordedAt);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        List<LineVerdict> judged = new ArrayList<>();
        for (int from = 0; from < records.size(); from += MACHINES) {
            all.add(new Columns(records.subList(from, Math.min(from + MACHINES, records.size())), FIRST_LINE + from));
        }
        for (RegistrationRecord record : records) {
            lines.writeBytes(TreeHash.leaf(Wire.write(record)).array());
            judged.add(LineVerdict.accepted(FIRST_LINE + judged.size(), List.of()));
        }
        this.hashes = lines.toByteArray();
        this.verdicts = Wire.write(judged);
    }

    /** The columns of one statement for each table. */
    private static final class Columns {

        private final String[] refs;
        private final String[] froms;
        private final Integer[] lines;
        private final byte[][] records;
        private final String[] clusters;
        private final String[] kinds;
        private final String[] values;
        private final String[] bearers;
        private final String[] addresses;
        private final String[] holders;
        private final String[] holderFroms;

        Columns(List<RegistrationRecord> machines, int firstLine) {
            List<String[]> names = new ArrayList<>();
            List<String[]> held = new ArrayList<>();
            refs = new String[machines.size()];
            froms = new String[machines.size()];
            lines = new Integer[machines.size()];
            records = new byte[machines.size()][];
            for (int i = 0; i < refs.length; i++) {
                RegistrationRecord record = machines.get(i);
                refs[i] = record.vpsRef();
                froms[i] = Wire.text(record.validFrom());
                lines[i] = firstLine + i;
                records[i] = Wire.write(record);
                name(names, record, "UUID", record.uuid().stream().toList());
                name(names, record, "VM_ID", record.vmId().stream().toList());
                name(names, record, "DISK", record.diskIds());
                name(names, record, "MAC", record.macs());
                for (AssignedAddress address : record.addresses()) {
                    held.add(new String[] {address.prefix(), refs[i], froms[i]});
                }
            }
            clusters = column(names, 0);
            kinds = column(names, 1);
            values = column(names, 2);
            bearers = column(names, 3);
            addresses = column(held, 0);
            holders = column(held, 1);
            holderFroms = column(held, 2);
        }

        private static void name(List<String[]> names, RegistrationRecord record, String kind, List<String> values) {
            values.forEach(value -> names.add(new String[] {record.cluster(), kind, value, record.vpsRef()}));
        }

        private static String[] column(List<String[]> rows, int column) {
            return rows.stream().map(row -> row[column]).toArray(String[]::new);
        }
    }

    /** Inside a transaction of the caller's. */
    void insert(JdbcClient database) {
        database.sql("""
                INSERT INTO registry_batch
                    (batch_id, reseller, seq, digest, header, line_hashes, verdicts, leaf_hash, recorded_at)
                VALUES (:id, :reseller, nextval('bench_seq'), uuid_send(:id), '', :hashes, :verdicts, '', :recorded)
                """)
                .param("id", batch)
                .param("reseller", reseller)
                .param("hashes", hashes)
                .param("verdicts", verdicts)
                .param("recorded", recordedAt)
                .update();
        for (Columns columns : all) {
            machines(database, columns);
            identifiers(database, columns);
            addresses(database, columns);
        }
    }

    private void machines(JdbcClient database, Columns columns) {
        database.sql("INSERT INTO registry_vps (vps_ref, reseller) SELECT unnest(CAST(:refs AS text[])), :reseller")
                .param("refs", columns.refs)
                .param("reseller", reseller)
                .update();
        database.sql("""
                INSERT INTO registry_registration (vps_ref, valid_from, recorded_at, reseller, batch_id, line, record)
                SELECT ref, valid_from, :recorded, :reseller, :batch, line, record
                FROM unnest(CAST(:refs AS text[]), CAST(:froms AS timestamptz[]), CAST(:lines AS int[]),
                    CAST(:records AS bytea[])) AS rows (ref, valid_from, line, record)
                """)
                .param("recorded", recordedAt)
                .param("reseller", reseller)
                .param("batch", batch)
                .param("refs", columns.refs)
                .param("froms", columns.froms)
                .param("lines", columns.lines)
                .param("records", columns.records)
                .update();
    }

    private void identifiers(JdbcClient database, Columns columns) {
        database.sql("""
                INSERT INTO registry_identifier (cluster, kind, value, vps_ref, reseller)
                SELECT cluster, kind, value, ref, :reseller
                FROM unnest(CAST(:clusters AS text[]), CAST(:kinds AS text[]), CAST(:values AS text[]),
                    CAST(:refs AS text[])) AS rows (cluster, kind, value, ref)
                """)
                .param("reseller", reseller)
                .param("clusters", columns.clusters)
                .param("kinds", columns.kinds)
                .param("values", columns.values)
                .param("refs", columns.bearers)
                .update();
    }

    private void addresses(JdbcClient database, Columns columns) {
        database.sql("""
                INSERT INTO registry_address
                    (routing_domain, ip, protocol, port_from, port_to, vps_ref, released, valid_from, recorded_at)
                SELECT :domain, CAST(ip AS cidr), '', 0, :most, ref, false, valid_from, :recorded
                FROM unnest(CAST(:ips AS text[]), CAST(:refs AS text[]), CAST(:froms AS timestamptz[]))
                    AS rows (ip, ref, valid_from)
                """)
                .param("domain", AssignedAddress.PUBLIC)
                .param("most", AssignedAddress.MAX_PORT)
                .param("recorded", recordedAt)
                .param("ips", columns.addresses)
                .param("refs", columns.holders)
                .param("froms", columns.holderFroms)
                .update();
    }
}
