// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.tree.NoteSigner;
import tools.jackson.databind.node.ObjectNode;

/** Writes the vectors; run by hand. What holds signatures is written once: they are random. */
final class RegistrationVectors {

    private static final RegistrationRecord VPS = Registrations.vps(1);

    private final Path directory;
    private final SigningKey key = TestKeys.p256();

    private RegistrationVectors(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        RegistrationVectors vectors = new RegistrationVectors(Path.of(arguments[0]));
        vectors.pseudonyms();
        vectors.commitments();
        vectors.lines();
        if (!Files.exists(Path.of(arguments[0], "good.ndjson"))) {
            vectors.batches();
        }
        if (!Files.exists(Path.of(arguments[0], "hand-overs.json"))) {
            vectors.handOvers();
        }
    }

    private void pseudonyms() throws IOException {
        List<Object> all = new ArrayList<>();
        for (String[] one : new String[][] {
            {"a customer's asset", "hoster", "customer-1", "2026-03-01T10:00:00.000Z", "vps-invented-00000001"},
            {
                "the last instant of the same UTC month",
                "hoster",
                "customer-1",
                "2026-03-31T23:59:59.999Z",
                "vps-invented-00000001"
            },
            {"the next UTC month", "hoster", "customer-1", "2026-04-01T00:00:00.000Z", "vps-invented-00000001"},
            {
                "another asset of the customer",
                "hoster",
                "customer-1",
                "2026-03-01T10:00:00.000Z",
                "vps-invented-00000002"
            },
            {"parts cut elsewhere", "hosterc", "ustomer-1", "2026-03-01T10:00:00.000Z", "vps-invented-00000001"},
            {"text outside ASCII", "höster", "kunde-é", "2026-03-01T10:00:00.000Z", "vps-invented-00000001"}
        }) {
            byte[] secret = Registrations.filled(1, 32);
            String pseudonym = Pseudonym.of(secret, one[1], one[2], java.time.Instant.parse(one[3]), one[4])
                    .base64url();
            all.add(object(
                    "name",
                    one[0],
                    "secret",
                    Bytes.of(secret).base64url(),
                    "hosterId",
                    one[1],
                    "customerId",
                    one[2],
                    "validFrom",
                    one[3],
                    "vpsRef",
                    one[4],
                    "pseudonym",
                    pseudonym));
        }
        write("pseudonyms.json", all);
    }

    private void commitments() throws IOException {
        List<Object> all = new ArrayList<>();
        for (Field field : Field.values()) {
            Bytes salt = Bytes.of(Registrations.filled(field.ordinal(), FieldCommitment.SALT_BYTES));
            for (String value : List.of("", "Bäckerei Erfunden")) {
                all.add(object(
                        "name",
                        field.label() + (value.isEmpty() ? ", absent" : ", present"),
                        "label",
                        field.label(),
                        "salt",
                        salt.base64url(),
                        "value",
                        value,
                        "commitment",
                        FieldCommitment.of(field, salt, value).base64url()));
            }
        }
        write("commitments.json", all);
    }

    private void lines() throws IOException {
        List<Object> all = new ArrayList<>();
        line(all, "a good record", Registrations.line(VPS), "GOOD ");
        line(all, "IPv6 prefix", address("2001:db8:1::/48"), "GOOD ");
        line(all, "a shared address with ports", ports("tcp", 1024, 2047), "GOOD ");
        line(all, "an unknown field", Lines.json(VPS, "price", "9.95"), "MALFORMED /price");
        line(all, "an absent vpsRef", Lines.without(VPS, "vpsRef"), "MALFORMED /vpsRef");
        line(all, "a number for text", Lines.json(VPS, "cluster", 7), "MALFORMED /cluster");
        line(all, "another version", Lines.json(VPS, "v", 2), "MALFORMED /v");
        line(all, "level L1 without a pseudonym", Lines.without(VPS, "pseudonym"), "MALFORMED /pseudonym");
        line(all, "level L2, which is reserved", Lines.json(VPS, "assuranceLevel", "L2"), "MALFORMED /assuranceLevel");
        line(all, "a local time", Lines.json(VPS, "validFrom", "2026-03-01T10:00:00.000"), "MALFORMED /validFrom");
        line(all, "a short salt", Lines.json(VPS, "salt", "AAAA"), "MALFORMED /salt");
        line(all, "a space that JCS would not write", spaced(), "NOT_CANONICAL ");
        line(all, "not JSON", "vps-1,192.0.2.7".getBytes(StandardCharsets.UTF_8), "MALFORMED ");
        line(all, "a name twice", "{\"v\":1,\"v\":1}".getBytes(StandardCharsets.UTF_8), "MALFORMED ");
        line(all, "a cluster with a space", Lines.json(VPS, "cluster", "a b"), "BAD_IDENTIFIER /cluster");
        line(
                all,
                "an upper-case UUID",
                Lines.json(VPS, "uuid", "AAAAAAAA-0000-4000-8000-000000000001"),
                "BAD_IDENTIFIER /uuid");
        line(all, "an upper-case MAC", Lines.json(VPS, "macs", List.of("52:54:00:AA:00:01")), "BAD_IDENTIFIER /macs/0");
        line(all, "a guessable vpsRef", Lines.json(VPS, "vpsRef", "7"), "BAD_IDENTIFIER /vpsRef");
        line(all, "an unknown state", Lines.json(VPS, "state", "SLEEPING"), "BAD_IDENTIFIER /state");
        line(all, "the same disk twice", Lines.json(VPS, "diskIds", List.of("/d", "/d")), "REPEATED /diskIds/1");
        line(all, "a host name for an address", address("www.example.nl"), "BAD_ADDRESS /addresses/0");
        line(all, "an address with leading zeros", address("192.000.2.7"), "BAD_ADDRESS /addresses/0");
        line(all, "an IPv6 address in capitals", address("2001:DB8::1"), "BAD_ADDRESS /addresses/0");
        line(all, "host bits behind the prefix", address("192.0.2.7/28"), "BAD_ADDRESS /addresses/0");
        line(all, "a prefix too short for one asset", address("192.0.0.0/15"), "BAD_ADDRESS /addresses/0");
        line(all, "a port range upside down", ports("tcp", 2047, 1024), "BAD_PORTS /addresses/0");
        line(all, "ports of an unknown protocol", ports("icmp", 1, 2), "BAD_PORTS /addresses/0");
        kinds(all);
        moves(all);
        write("lines.json", all);
    }

    private void kinds(List<Object> all) {
        line(all, "a container", Lines.json(VPS, "assetKind", "CONTAINER"), "GOOD ");
        line(all, "a dedicated server", kind("DEDICATED", "vmId"), "GOOD ");
        line(all, "a machine in colocation", kind("COLO", "vmId"), "GOOD ");
        line(all, "a server without any name", kind("DEDICATED", "vmId", "uuid", "node"), "BAD_KIND /node");
        line(all, "a container without a name", kind("CONTAINER", "vmId", "uuid"), "BAD_IDENTIFIER /vmId");
        line(all, "an unknown kind", Lines.json(VPS, "assetKind", "MAINFRAME"), "MALFORMED /assetKind");
        line(all, "a customer who sells on", Lines.json(VPS, "customerRole", "ONWARD_SELLER"), "GOOD ");
        line(all, "an unknown role", Lines.json(VPS, "customerRole", "RESELLER"), "MALFORMED /customerRole");
        line(all, "a range of addresses", range("192.0.2.10", "192.0.2.20"), "GOOD ");
        line(all, "commitments at L0", level0("commitments"), "MALFORMED /commitments");
        line(all, "a null", nullNode(), "MALFORMED /node");
        line(all, "another type", Lines.json(VPS, "type", "registrations"), "MALFORMED /type");
        line(all, "half a port range", halfPorts(), "BAD_PORTS /addresses/0");
        line(all, "port 0", ports("udp", 0, 5), "BAD_PORTS /addresses/0");
        line(all, "a port above the last", ports("udp", 5, 65_536), "BAD_PORTS /addresses/0");
        line(all, "257 disks", Lines.json(VPS, "diskIds", disks(257)), "MALFORMED /diskIds");
        line(all, "a stopped machine", Lines.json(VPS, "state", "STOPPED"), "GOOD ");
        line(all, "a copy that somebody is to look at first", Lines.json(VPS, "reviewBeforeCapture", true), "GOOD ");
        line(all, "a routing domain in capitals", domain("LAN"), "BAD_IDENTIFIER /addresses/0");
        line(all, "a routing domain of its own", domain("lan-2"), "GOOD ");
        EndVectors.add(all, VPS);
    }

    private void moves(List<Object> all) {
        AddressMove good = Registrations.move();
        line(all, "an address that moves", Wire.write(good), "GOOD ");
        line(all, "a move to the same asset", move(good, good.from(), good.from()), "BAD_MOVE /to/vpsRef");
        line(
                all,
                "a move at two instants",
                move(good, good.from(), good.to().holding(good.to().addresses(), Registrations.AT)),
                "BAD_MOVE /to/validFrom");
        line(
                all,
                "a move that leaves the address behind",
                move(good, good.from().holding(good.to().addresses(), good.validFrom()), good.to()),
                "BAD_MOVE /from/addresses");
        line(
                all,
                "a move to nowhere",
                move(good, good.from(), good.to().holding(List.of(), good.validFrom())),
                "BAD_MOVE /to/addresses");
        line(
                all,
                "a move from what ends",
                move(good, Lines.with(good.from(), "event", "END"), good.to()),
                "BAD_MOVE /from/event");
        line(
                all,
                "a move with a bad record in it",
                move(good, good.from(), Lines.with(good.to(), "state", "SLEEPING")),
                "BAD_IDENTIFIER /to/state");
    }

    private void handOvers() throws IOException {
        RegistrationRecord vps = VPS.holding(VPS.addresses(), Registrations.AT.plusSeconds(3_600));
        HandOver good = Registrations.handOver(key, vps, vps.validFrom());
        String release = good.release();
        String other = Registrations.handOver(key, vps, Registrations.AT).release();
        String forged = release.substring(0, release.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        List<Object> all = new ArrayList<>();
        line(all, "an asset that goes to another reseller", Wire.write(good), "GOOD ");
        line(all, "another signature", handOver(good, vps, forged), "BAD_RELEASE /release");
        line(all, "no signature", handOver(good, vps, "a.b.c"), "BAD_RELEASE /release");
        line(all, "released at another instant", handOver(good, vps, other), "BAD_RELEASE /record/validFrom");
        line(
                all,
                "another asset than released",
                handOver(good, Lines.with(vps, "vpsRef", "vps-invented-other-one"), release),
                "BAD_RELEASE /record/vpsRef");
        line(
                all,
                "an end",
                handOver(good, Lines.with(vps.holding(List.of(), vps.validFrom()), "event", "END"), release),
                "BAD_RELEASE /record/event");
        write("hand-overs.json", all);
    }

    private static byte[] move(AddressMove good, RegistrationRecord from, RegistrationRecord to) {
        return Wire.write(AddressMove.of(good.address(), from, to, good.salt()));
    }

    private static byte[] handOver(HandOver good, RegistrationRecord record, String release) {
        return Wire.write(new HandOver(1, HandOver.TYPE, record, release, good.salt()));
    }

    private static byte[] kind(String kind, String... absent) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) VPS);
        tree.put("assetKind", kind).remove(List.of(absent));
        return Wire.write(tree);
    }

    private static byte[] level0(String kept) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) VPS);
        tree.put("assuranceLevel", "L0").remove(kept.equals("commitments") ? "pseudonym" : "commitments");
        return Wire.write(tree);
    }

    private static byte[] range(String first, String last) {
        return Lines.json(VPS, "addresses", AssignedAddress.ofPublicRange(first, last));
    }

    private static byte[] nullNode() {
        String line = new String(Registrations.line(VPS), StandardCharsets.UTF_8);
        return line.replace("\"node-1\"", "null").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] halfPorts() {
        AssignedAddress half = new AssignedAddress(
                AssignedAddress.PUBLIC, "192.0.2.7", Optional.of("tcp"), Optional.of(7), Optional.empty());
        return Lines.json(VPS, "addresses", List.of(half));
    }

    private static byte[] domain(String name) {
        AssignedAddress address =
                new AssignedAddress(name, "192.0.2.7", Optional.empty(), Optional.empty(), Optional.empty());
        return Lines.json(VPS, "addresses", List.of(address));
    }

    private static List<String> disks(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "/dev/vg0/disk-" + i)
                .toList();
    }

    private void batches() throws IOException {
        RegistrationBatch good = Registrations.batch(key, 3);
        List<Bytes> swapped = new ArrayList<>(good.lines());
        java.util.Collections.swap(swapped, 0, 1);
        byte[] whole = bytes(good);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int header = text.indexOf('\n');
        List<Object> all = new ArrayList<>();
        batch(all, "good", whole, "GOOD");
        batch(all, "lines-swapped", bytes(new RegistrationBatch(good.header(), swapped)), "ROOT_MISMATCH");
        batch(all, "value-altered", latin(text.replaceFirst("192\\.0\\.2\\.2", "192.0.2.9")), "ROOT_MISMATCH");
        batch(
                all,
                "line-missing",
                latin(text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1)),
                "MALFORMED");
        batch(
                all,
                "line-too-many",
                latin(text + text.substring(text.lastIndexOf('\n', text.length() - 2) + 1)),
                "MALFORMED");
        batch(all, "no-last-lf", latin(text.substring(0, text.length() - 1)), "MALFORMED");
        batch(all, "crlf", latin(text.replace("\n", "\r\n")), "MALFORMED");
        batch(all, "empty-line", latin(text.substring(0, header + 1) + "\n" + text.substring(header + 1)), "MALFORMED");
        batch(all, "header-not-signed-by-its-certificate", otherSignature(good), "SIGNATURE_INVALID");
        batch(all, "no-header", latin(text.substring(header + 1)), "MALFORMED");
        write("batches.json", all);
        receipts(good);
    }

    private void receipts(RegistrationBatch batch) throws IOException {
        BatchReceipt good = Registrations.receipt(batch);
        List<LineVerdict> turned = new ArrayList<>(good.verdicts());
        turned.set(1, LineVerdict.accepted(3, turned.get(1).path()));
        String log = Registrations.LOG.key().vkey();
        String foreign = new NoteSigner(Registrations.LOG.key().name(), Registrations.filled(5, 32))
                .key()
                .vkey();
        List<Object> all = new ArrayList<>();
        receipt(all, "honest", good, log, "PROVEN");
        receipt(all, "proof not there yet", with(good, "proof", Optional.empty()), log, "PENDING");
        receipt(all, "under a foreign key", good, foreign, "NOT_IN_THE_LOG");
        receipt(all, "a refusal turned into an acceptance", with(good, "verdicts", turned), log, "VERDICTS_DIFFER");
        receipt(all, "another number", with(good, "seq", 2), log, "OTHER_BATCH");
        receipt(all, "another leaf hash", with(good, "leafHash", batch.digest()), log, "OTHER_ENTRY");
        receipt(all, "another opening", with(good, "opening", Bytes.of(new byte[32])), log, "COMMITMENT_DOES_NOT_OPEN");
        write("receipts.json", all);
    }

    private static Object with(BatchReceipt receipt, String member, Object value) {
        var tree = (tools.jackson.databind.node.ObjectNode) Wire.tree((Object) receipt);
        if (value instanceof Optional<?>) {
            tree.remove(member);
        } else {
            tree.set(member, Wire.tree(value));
        }
        return tree;
    }

    private static void receipt(List<Object> all, String name, Object receipt, String log, String expected) {
        all.add(object("name", name, "batch", "good.ndjson", "log", log, "receipt", receipt, "expected", expected));
    }

    private byte[] otherSignature(RegistrationBatch good) throws IOException {
        String compact = good.header().compact();
        String other = Registrations.batch(key, 2).header().compact();
        String forged = compact.substring(0, compact.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        return latin(new String(bytes(good), StandardCharsets.ISO_8859_1).replace(compact, forged));
    }

    private static byte[] address(String prefix) {
        return Lines.json(VPS, "addresses", List.of(AssignedAddress.ofPublic(prefix)));
    }

    private static byte[] ports(String protocol, int from, int to) {
        return Lines.json(
                VPS,
                "addresses",
                List.of(new AssignedAddress(
                        AssignedAddress.PUBLIC,
                        "192.0.2.7",
                        Optional.of(protocol),
                        Optional.of(from),
                        Optional.of(to))));
    }

    private static byte[] spaced() {
        String line = new String(Registrations.line(VPS), StandardCharsets.UTF_8);
        return line.replaceFirst(",", ", ").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(RegistrationBatch batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        batch.writeTo(out);
        return out.toByteArray();
    }

    static void line(List<Object> all, String name, byte[] line, String expected) {
        String outcome = expected.equals("GOOD ") ? "GOOD" : expected;
        all.add(object("name", name, "line", new String(line, StandardCharsets.UTF_8), "expected", outcome));
    }

    private void batch(List<Object> all, String name, byte[] bytes, String expected) throws IOException {
        Files.write(directory.resolve(name + ".ndjson"), bytes);
        all.add(object("name", name, "file", name + ".ndjson", "expected", expected));
    }

    private static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    /** One vector a line, so that a change shows as one. */
    private void write(String name, List<Object> vectors) throws IOException {
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(name))) {
            String separator = "[\n";
            for (Object vector : vectors) {
                out.write(separator.getBytes(StandardCharsets.US_ASCII));
                out.write(Wire.write(vector));
                separator = ",\n";
            }
            out.write("\n]\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
