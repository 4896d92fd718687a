// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.evidence.EvidenceFixture;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CanonicalZip;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/**
 * The published samples are made by the library with keys of their own. Here the same is done to the bundle of a running
 * gateway, and the same is found: exit code and first check that does not hold are read from the samples' own list.
 */
class LiveTamperTest {

    private static final List<String> PARTS = List.of("/entry", "/proof", "/opening", "/payload");

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final byte[] live = bundle();

    @Test
    void what_is_done_to_the_samples_is_found_alike_in_a_bundle_of_a_running_gateway() throws Exception {
        alike("good", live);
        byte[] flipped = live.clone();
        flipped[live.length / 2] ^= 1;
        alike("tampered-bit-flipped", flipped);
        alike("tampered-trailing-byte", Arrays.copyOf(live, live.length + 1));
        alike("tampered-member-added", changed(members -> members.put("order/another.jws", new byte[] {'x'}), false));
        alike(
                "tampered-manifest-swapped",
                changed(members -> members.put(BundleMembers.MANIFEST, member(members, BundleMembers.TICKET)), false));
        alike("incomplete-member-missing", changed(members -> members.remove(BundleMembers.MANIFEST), false));
    }

    @Test
    void what_the_gateway_itself_signs_afterwards_is_found_alike_too() throws Exception {
        byte[] slipped = "%PDF-1.7 another annex".getBytes(StandardCharsets.US_ASCII);
        alike(
                "tampered-document-slipped-in",
                changed(
                        members -> members.put(
                                BundleMembers.DOCUMENTS + Digest.sha256(slipped).hex(), slipped),
                        true));
        alike("tampered-entry-altered", changed(LiveTamperTest::altered, true));
        alike("tampered-end-cut-off", changed(members -> cut(members, 2), true));
        alike("incomplete-end-not-shown", changed(members -> cut(members, 1), true));
        alike("incomplete-proof-missing", changed(members -> members.remove("log/0000/proof"), true));
        alike(
                "incomplete-key-entries-missing",
                changed(members -> members.keySet().removeIf(name -> name.startsWith("keys/")), true));
        alike(
                "incomplete-revocation-list-missing",
                changed(members -> members.remove(BundleMembers.REVOCATION + "0.crl"), true));
        alike(
                "tampered-revocation-otherwise",
                changed(
                        members ->
                                members.put(BundleMembers.REVOCATION + "9.crl", member(members, BundleMembers.ORDER)),
                        true));
    }

    private void alike(String sample, byte[] bundle) throws Exception {
        Verification found = BundleVerifier.verify(
                bundle, Optional.of(Files.readAllBytes(fixture.stage.world().trustFile())));
        JsonNode expected = expected(sample);
        assertThat(found.overall())
                .as(sample)
                .isEqualTo(expected.get("expected").intValue());
        Optional<String> first = found.checks().stream()
                .filter(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .map(check -> check.topic().code())
                .findFirst();
        assertThat(first)
                .as(sample)
                .isEqualTo(Optional.ofNullable(expected.get("failing")).map(JsonNode::stringValue));
    }

    private static JsonNode expected(String sample) throws Exception {
        Path list = Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "bundles", "bundles.json");
        for (JsonNode vector : Wire.tree(Files.readAllBytes(list)).get("vectors")) {
            if (vector.get("file").stringValue().equals(sample + ".zip")) {
                return vector;
            }
        }
        throw new AssertionError("no sample " + sample);
    }

    private static void altered(SortedMap<String, byte[]> members) {
        String held = members.keySet().stream()
                .filter(name -> name.matches("log/\\d+/entry")
                        && new String(member(members, name), StandardCharsets.US_ASCII).contains("\"order.held\""))
                .findFirst()
                .orElseThrow();
        String text = new String(member(members, held), StandardCharsets.US_ASCII);
        members.put(held, text.replace("order.held", "order.hide").getBytes(StandardCharsets.US_ASCII));
    }

    private static void cut(SortedMap<String, byte[]> members, int entries) {
        List<String> folders = members.keySet().stream()
                .filter(name -> name.matches("log/\\d+/entry"))
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .sorted()
                .toList();
        for (String folder : folders.subList(folders.size() - entries, folders.size())) {
            PARTS.forEach(part -> members.remove(folder + part));
        }
        members.keySet().removeIf(name -> name.startsWith(BundleMembers.STAMPS));
    }

    /** @param signed whether the gateway signs its list again */
    private byte[] changed(Consumer<SortedMap<String, byte[]>> change, boolean signed) throws MalformedException {
        SortedMap<String, byte[]> members = new TreeMap<>(CanonicalZip.read(live));
        byte[] list = member(members, BundleMembers.INDEX);
        members.remove(BundleMembers.INDEX);
        change.accept(members);
        members.put(BundleMembers.INDEX, signed ? index(list, members) : list);
        return CanonicalZip.write(members);
    }

    private byte[] index(byte[] list, SortedMap<String, byte[]> members) throws MalformedException {
        BundleIndex index = SignedDocument.parse(new String(list, StandardCharsets.US_ASCII))
                .read(BundleIndex.TYPE, BundleIndex.class);
        BundleIndex again = new BundleIndex(
                index.v(),
                index.type(),
                index.orderId(),
                index.gatewayOrigin(),
                index.state(),
                index.at(),
                index.calledBack(),
                BundleIndex.digests(members),
                index.salt());
        return SignedDocument.sign(
                        BundleIndex.TYPE,
                        Wire.write(again),
                        fixture.stage.bean(Keys.class).manifest(),
                        index.at())
                .compact()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] member(SortedMap<String, byte[]> members, String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private byte[] bundle() {
        OrderId id = fixture.available();
        OrderFile file = fixture.stage.orders().file(id).orElseThrow();
        Digest asked = fixture.stage.orders().record(id, CaseEntry.BUNDLE_ASKED, Actor.GATEWAY, Map.of(), new byte[0]);
        assertThat(fixture.log.await(asked, Duration.ofSeconds(30))).isPresent();
        return BundleDeskTest.desk(fixture)
                .bundle(file, asked, Optional.empty())
                .orElseThrow();
    }
}
