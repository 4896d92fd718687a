// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** Invented registrations, batches and receipts. */
final class Registrations {

    static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    static final NoteSigner LOG = new NoteSigner("demo.sparekey.invalid/log/registry/2026", new byte[32]);

    private static final byte[] SECRET = filled(1, 32);
    private static final Bytes OPENING = Bytes.of(filled(9, 32));

    private Registrations() {}

    static byte[] filled(int value, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static RegistrationRecord vps(int number) {
        String vpsRef = "vps-invented-%08d".formatted(number);
        Map<Field, Bytes> salts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            salts.put(field, Bytes.of(filled(number + field.ordinal(), FieldCommitment.SALT_BYTES)));
        }
        Map<Field, String> values = Map.of(Field.CUSTOMER_ID, "customer-" + number, Field.COUNTRY, "NL");
        return new RegistrationRecord(
                1,
                RegistrationRecord.TYPE,
                Event.AMEND,
                AssetKind.VM,
                CaptureMeans.HOSTER,
                "cluster-a",
                Optional.of("node-1"),
                Optional.of("1" + number),
                Optional.of("00000000-0000-4000-8000-%012d".formatted(number)),
                List.of("52:54:00:00:00:%02x".formatted(number % 256)),
                List.of("/dev/vg0/vm-%d".formatted(number)),
                List.of(AssignedAddress.ofPublic("192.0.2." + number % 256)),
                "RUNNING",
                AT,
                Tenancy.SINGLE,
                Optional.empty(),
                false,
                vpsRef,
                "tenancy-invented-%04d".formatted(number),
                AssuranceLevel.L1,
                Optional.empty(),
                Optional.of(Pseudonym.of(SECRET, "hoster", "customer-" + number, AT, vpsRef)),
                Optional.of(FieldCommitment.all(values, salts)),
                Bytes.of(filled(number, 32)));
    }

    /** 192.0.2.1 goes from the first to the second, an hour later. */
    static AddressMove move() {
        Instant at = AT.plusSeconds(3_600);
        AssignedAddress address = vps(1).addresses().get(0);
        return AddressMove.of(
                address,
                vps(1).holding(List.of(), at),
                vps(2).holding(List.of(address, vps(2).addresses().get(0)), at),
                Bytes.of(filled(3, 32)));
    }

    static HandOver handOver(SigningKey giver, RegistrationRecord record, Instant at) {
        return HandOver.of(
                record,
                HandOverRelease.sign("giver-invented", "receiver-invented", record, at, giver, Bytes.of(filled(4, 32))),
                Bytes.of(filled(5, 32)));
    }

    static RegistrationBatch batch(SigningKey key, int records) {
        List<RegistrationRecord> list = new ArrayList<>();
        for (int i = 1; i <= records; i++) {
            list.add(vps(i));
        }
        return RegistrationBatch.sign("reseller-invented", 1, list, key, AT, Bytes.of(filled(7, 32)));
    }

    /** The receipt an honest gateway gives: the second of two records refused. */
    static BatchReceipt receipt(RegistrationBatch batch) {
        LineTree tree = LineTree.of(
                batch.lines().stream().map(line -> TreeHash.leaf(line.array())).toList());
        List<LineVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < batch.lines().size(); i++) {
            verdicts.add(
                    i == 1
                            ? LineVerdict.refused(i + 2, LineRefusal.FOREIGN_ASSET, "/uuid", tree.path(i))
                            : LineVerdict.accepted(i + 2, tree.path(i)));
        }
        byte[] entry = new LogEntry(
                        1,
                        LOG.key().name(),
                        ReceiptCheck.ENTRY_TYPE,
                        new UUID(0, 1),
                        AT,
                        new LogActor("reseller", Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(
                                ReceiptCheck.CLEAR_VERDICTS,
                                ReceiptCheck.verdictsDigest(verdicts).base64url()),
                        Commitment.to(OPENING, batch.header().compact().getBytes(StandardCharsets.US_ASCII)))
                .bytes();
        return receipt(batch, verdicts, entry);
    }

    private static BatchReceipt receipt(RegistrationBatch batch, List<LineVerdict> verdicts, byte[] entry) {
        Digest leaf = TreeHash.leaf(entry);
        Digest before = TreeHash.leaf(new byte[] {1});
        String text = new Checkpoint(LOG.key().name(), 2, TreeHash.node(before, leaf)).text();
        LogProof proof =
                new LogProof(new InclusionProof(1, 2, List.of(before)), new SignedNote(text, List.of(LOG.sign(text))));
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                new UUID(0, 2),
                "reseller-invented",
                1,
                batch.digest(),
                verdicts,
                leaf,
                Optional.of(1L),
                Optional.of(Bytes.of(entry)),
                OPENING,
                Optional.of(new String(proof.bytes(), StandardCharsets.UTF_8)));
    }

    static byte[] line(RegistrationRecord record) {
        return Wire.write(record);
    }
}
