// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.gateway.Rooms;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.BatchHeader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineTree;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.testkit.world.Actor;

/** A gateway's registry with two resellers who each rent a prefix. */
final class RegistryFixture implements AutoCloseable {

    static final String PREFIX = "192.0.2.0/24";
    static final String OTHERS_PREFIX = "198.51.100.0/24";

    private final Rooms rooms;

    RegistryFixture(Path directory) {
        this(directory, true);
    }

    RegistryFixture(Path directory, boolean runLog) {
        this.rooms = Rooms.start(directory, Assets.LONG_AGO, runLog);
    }

    /** Back to empty tables, long ago, with the prefixes rented. */
    void begin() {
        rooms.forget();
        at(Assets.LONG_AGO);
        imported(rent(PREFIX, Assets.RESELLER.value()), rent(OTHERS_PREFIX, Assets.OTHER.value()));
    }

    Rooms rooms() {
        return rooms;
    }

    Registry registry() {
        return rooms.bean(Registry.class);
    }

    Inventory inventory() {
        return rooms.bean(Inventory.class);
    }

    void at(Instant instant) {
        rooms.clock().set(instant);
    }

    Actor reseller() {
        return rooms.world().cast().reseller();
    }

    Actor otherReseller() {
        return rooms.world().cast().otherReseller();
    }

    static Caller caller(Actor actor) {
        return Rooms.reseller(actor);
    }

    static String rent(String prefix, String reseller) {
        return "PREFIX,%s,%s,%s,".formatted(prefix, reseller, Wire.text(Assets.LONG_AGO.minusSeconds(86_400)));
    }

    void imported(String... rows) {
        String csv = "kind,value,reseller,from,to\r\n" + String.join("\r\n", rows) + "\r\n";
        Imported imported = inventory().importAssignments(csv.getBytes(StandardCharsets.UTF_8));
        if (imported instanceof Imported.Refused refused) {
            throw new AssertionError(refused.faults());
        }
    }

    void planned(String address, int vps) {
        String csv = "prefix,cluster,vm,from,to\r\n%s,%s,10%d,%s,\r\n"
                .formatted(address, Assets.CLUSTER, vps, Wire.text(Assets.LONG_AGO.minusSeconds(86_400)));
        Imported imported = inventory().importAddressPlan(csv.getBytes(StandardCharsets.UTF_8));
        if (imported instanceof Imported.Refused refused) {
            throw new AssertionError(refused.faults());
        }
    }

    /** Lists these guests on the hypervisor and looks at it once. */
    void observed(int... vps) {
        rooms.guests(Arrays.stream(vps).mapToObj(RegistryFixture::guest).toList());
        inventory().observe();
    }

    static ImageDirectory.Entry guest(int vps) {
        return new ImageDirectory.Entry(
                "guest-" + vps,
                UUID.fromString(Assets.uuid(vps)),
                "10" + vps,
                Optional.of(true),
                List.of(new ImageDirectory.DiskEntry("vda", "raw", "disk-" + vps)),
                List.of("52:54:00:00:00:%02x".formatted(vps % 256)),
                List.of());
    }

    RegistrationBatch batch(Actor actor, long seq, RegistrationLine... records) {
        return RegistrationBatch.sign(
                actor.party(),
                seq,
                List.of(records),
                actor.document(),
                rooms.clock().instant(),
                Bytes.of(new byte[32]));
    }

    /** A properly signed batch over whatever lines. */
    RegistrationBatch raw(Actor actor, long seq, List<String> lines) {
        List<Bytes> raw = lines.stream()
                .map(line -> Bytes.of(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        LineTree tree = LineTree.of(
                raw.stream().map(line -> TreeHash.leaf(line.array())).toList());
        BatchHeader header = new BatchHeader(
                1, BatchHeader.TYPE, actor.party(), seq, lines.size(), tree.root(), Bytes.of(new byte[32]));
        Instant now = rooms.clock().instant();
        return new RegistrationBatch(
                SignedDocument.sign(BatchHeader.TYPE, Wire.write(header), actor.document(), now), raw);
    }

    static byte[] bytes(RegistrationBatch batch) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            batch.writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Registration send(Actor actor, byte[] batch) {
        return send(actor, batch, UUID.nameUUIDFromBytes(batch).toString());
    }

    Registration send(Actor actor, byte[] batch, String idempotencyKey) {
        try {
            return registry().register(caller(actor), new ByteArrayInputStream(batch), idempotencyKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Registers and demands a receipt. */
    BatchReceipt register(Actor actor, long seq, RegistrationLine... records) {
        Registration registration = send(actor, bytes(batch(actor, seq, records)));
        if (registration instanceof Registration.Receipted receipted) {
            return receipted.receipt();
        }
        throw new AssertionError(registration);
    }

    /** Registers and tells each verdict: {@code 2 accepted}, {@code 3 CODE /pointer}. */
    List<String> verdicts(Actor actor, long seq, RegistrationLine... records) {
        return register(actor, seq, records).verdicts().stream()
                .map(RegistryFixture::text)
                .toList();
    }

    static String text(LineVerdict verdict) {
        return verdict.line() + " "
                + verdict.code()
                        .map(code -> code + " " + verdict.pointer().orElseThrow())
                        .orElse("accepted");
    }

    long rows(String table) {
        return rooms.jdbc()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        rooms.close();
    }
}
