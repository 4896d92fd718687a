// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.evidence.EvidenceFixture;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CanonicalZip;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Language;
import org.sparekey.protocol.bundle.Topic;
import org.sparekey.protocol.bundle.Verdict;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.timestamp.TimeStampVerdict;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.tree.LogProof;

/** Bundles of real cases, judged by the verifier under the trust file that the world wrote and the gateway never saw. */
class BundleDeskTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final BundleDesk desk = desk(fixture);

    @Test
    void the_bundle_of_a_delivered_order_is_authentic() throws Exception {
        OrderId id = fixture.available();
        Verification verification = verify(bundle(id));
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.overall()).isEqualTo(Verification.AUTHENTIC);
        assertThat(verification.checks())
                .extracting(Check::topic)
                .contains(
                        Topic.APPROVALS,
                        Topic.EXECUTION_TICKET,
                        Topic.MANIFEST,
                        Topic.LEGAL_BASIS,
                        Topic.VALIDATOR_SIGNATURE,
                        Topic.CASE_END);
        assertThat(notes(verification)).contains("not witnessed", "not time-stamped", "not called back");
    }

    @Test
    void the_bundle_of_an_answered_identity_order_is_authentic() throws Exception {
        OrderId id = fixture.stage.identity(fixture.stage.machine(fixture.guest()));
        Verification verification = verify(bundle(id));
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.checks()).extracting(Check::topic).contains(Topic.ANSWER);
    }

    @Test
    void the_bundle_of_an_order_on_pdf_is_authentic_and_holds_the_files_that_were_signed() throws Exception {
        OrderId id = fixture.stage.reviewOnPdf(fixture.stage.machine(fixture.guest()));
        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);
        fixture.until(id, "available");
        byte[] bundle = bundle(id);

        assertThat(faults(verify(bundle))).isEmpty();
        SortedMap<String, byte[]> members = CanonicalZip.read(bundle);
        assertThat(members.get(BundleMembers.ORDER_PDF)).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
        assertThat(members).containsKey(BundleMembers.VALIDATOR_PDF);
        Manifest manifest = SignedDocument.parse(
                        new String(members.get(BundleMembers.MANIFEST), StandardCharsets.US_ASCII))
                .read(Manifest.TYPE, Manifest.class);
        assertThat(manifest.assurance()).contains(new Assurance(Assurance.SIGNED, Optional.of(Assurance.SIGNED_DOC)));
        byte[] other = resigned(
                bundle,
                changed -> changed.put(
                        BundleMembers.ORDER_PDF, Objects.requireNonNull(changed.get(BundleMembers.VALIDATOR_PDF))));
        assertThat(verify(other).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    @Test
    void without_the_worlds_trust_file_the_same_bundle_is_only_consistent() throws Exception {
        byte[] bundle = bundle(fixture.available());
        Verification verification = BundleVerifier.verify(bundle, Optional.empty());
        assertThat(verification.verdict()).isEqualTo(Verdict.KEYS_NOT_CONFIRMED);
        assertThat(verification.overall()).isEqualTo(Verification.INCOMPLETE);
    }

    @Test
    void a_bundle_with_one_byte_changed_is_never_authentic() throws Exception {
        byte[] bundle = bundle(fixture.available());
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20; i++) {
            byte[] altered = bundle.clone();
            altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(verify(altered).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        }
    }

    @Test
    void of_an_order_whose_first_attempt_was_lost_the_bundle_holds_the_ticket_of_the_one_that_succeeded()
            throws Exception {
        OrderId id = fixture.availableAfterLoss();
        assertThat(faults(verify(bundle(id)))).isEmpty();
    }

    @Test
    void other_authorities_and_resellers_are_not_named_in_a_bundle() throws Exception {
        String text = new String(bundle(fixture.available()), StandardCharsets.ISO_8859_1);
        assertThat(text)
                .doesNotContain("politie-elders")
                .doesNotContain("duinrand")
                .doesNotContain("palmstrand");
    }

    @Test
    void once_the_authority_has_answered_the_bundle_holds_its_tokens_and_is_time_stamped() throws Exception {
        OrderId id = fixture.available();
        fixture.stage.pass(Duration.ofHours(1));
        stamp();
        byte[] bundle = bundle(id);
        SortedMap<String, byte[]> members = CanonicalZip.read(bundle);
        assertThat(members)
                .containsKeys(
                        BundleMembers.MANIFEST_STAMP,
                        "time/0000/checkpoint",
                        "time/0000/checkpoint.tsr",
                        "time/0000/proof");

        Verification verification = stamped(bundle);
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.checks())
                .filteredOn(check -> check.topic() == Topic.TIME)
                .extracting(Check::status)
                .containsOnly(Check.Status.PASS);

        TimeStampVerdict ofTheManifest = new CmsTimeStamps()
                .check(
                        Objects.requireNonNull(members.get(BundleMembers.MANIFEST_STAMP)),
                        Digest.sha256(Objects.requireNonNull(members.get(BundleMembers.MANIFEST))),
                        fixture.time.roots());
        assertThat(ofTheManifest).isInstanceOf(TimeStampVerdict.Stamped.class);
    }

    private void stamp() {
        while (fixture.time.step()) {
            // until nothing is due
        }
    }

    private Verification stamped(byte[] bundle) throws IOException, MalformedException {
        return BundleVerifier.verify(
                bundle, Optional.of(Files.readAllBytes(fixture.stage.world().trustFile())), new CmsTimeStamps());
    }

    @Test
    void a_copy_secured_first_and_released_later_is_in_a_bundle_that_is_authentic() throws Exception {
        OrderId id = fixture.stage.review(fixture.stage.machine(fixture.guest()));
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        assertThat(faults(verify(bundle(id)))).isEmpty();
        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);
        fixture.until(id, "available");
        byte[] bundle = bundle(id);
        assertThat(faults(verify(bundle))).isEmpty();
        assertThat(CanonicalZip.read(bundle)).containsKeys("approvals/1.json", "approvals/4.json");
    }

    @Test
    void once_the_public_log_has_anchored_the_case_the_bundle_opens_the_anchor() throws Exception {
        OrderId id = fixture.available();
        anchor();
        byte[] bundle = bundle(id);
        Verification verification = verify(bundle);
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.checks())
                .filteredOn(check -> check.topic() == Topic.ANCHOR)
                .extracting(Check::status)
                .containsExactly(Check.Status.PASS);
    }

    @Test
    void an_anchor_opened_to_another_checkpoint_is_refused() throws Exception {
        OrderId id = fixture.available();
        anchor();
        byte[] resigned = resigned(bundle(id), members -> {
            String opened = new String(members.get(BundleMembers.ANCHOR_OPENED), StandardCharsets.UTF_8);
            members.put(
                    BundleMembers.ANCHOR_OPENED,
                    opened.replace("\"salt\":\"", "\"salt\":\"A").getBytes(StandardCharsets.UTF_8));
        });
        assertThat(verify(resigned).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        assertThat(faults(verify(resigned))).extracting(Check::topic).containsExactly(Topic.ANCHOR);
    }

    /** The anchors of two minutes: what was published in the first is in the second. */
    private void anchor() {
        for (int i = 0; i < 2; i++) {
            fixture.stage.pass(Duration.ofMinutes(2));
            fixture.log.stepper().anchor();
            while (fixture.log.stepper().step()) {
                // until the anchors are recorded
            }
        }
    }

    /** Somebody who holds the gateway's manifest key changes a bundle and signs it again. */
    private byte[] resigned(byte[] bundle, Consumer<SortedMap<String, byte[]>> change) throws MalformedException {
        SortedMap<String, byte[]> members = new TreeMap<>(CanonicalZip.read(bundle));
        SignedDocument signed =
                SignedDocument.parse(new String(members.remove(BundleMembers.INDEX), StandardCharsets.US_ASCII));
        BundleIndex index = signed.read(BundleIndex.TYPE, BundleIndex.class);
        change.accept(members);
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
        members.put(
                BundleMembers.INDEX,
                SignedDocument.sign(
                                BundleIndex.TYPE,
                                Wire.write(again),
                                fixture.stage.bean(Keys.class).manifest(),
                                index.at())
                        .compact()
                        .getBytes(StandardCharsets.US_ASCII));
        return CanonicalZip.write(members);
    }

    @Test
    void all_proofs_of_a_bundle_are_under_one_checkpoint() throws Exception {
        Set<String> heads = new HashSet<>();
        for (var member : CanonicalZip.read(bundle(fixture.available())).entrySet()) {
            if (member.getKey().matches("(log|keys)/\\d+/proof")) {
                heads.add(LogProof.parse(member.getValue()).checkpoint().text());
            }
        }
        assertThat(heads).hasSize(1);
    }

    private byte[] bundle(OrderId id) {
        OrderFile file = fixture.stage.orders().file(id).orElseThrow();
        Digest asked = fixture.stage.orders().record(id, CaseEntry.BUNDLE_ASKED, Actor.GATEWAY, Map.of(), new byte[0]);
        assertThat(fixture.log.await(asked, Duration.ofSeconds(30))).isPresent();
        byte[] bundle = desk.bundle(file, asked, Optional.empty()).orElseThrow();
        try {
            assertThat(CanonicalZip.write(CanonicalZip.read(bundle))).isEqualTo(bundle);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        return bundle;
    }

    private Verification verify(byte[] bundle) throws IOException, MalformedException {
        return BundleVerifier.verify(
                bundle, Optional.of(Files.readAllBytes(fixture.stage.world().trustFile())));
    }

    private static List<Check> faults(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .toList();
    }

    private static String notes(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.status() == Check.Status.NOTE)
                .map(check -> Wording.in(Language.EN).finding(check.detail()))
                .reduce("", (a, b) -> a + " " + b);
    }

    static BundleDesk desk(EvidenceFixture fixture) {
        Keys keys = fixture.stage.bean(Keys.class);
        return new BundleDesk(
                fixture.log,
                new KeyLeaves(fixture.log),
                new ClaimedTrust(fixture.stage.bean(Parties.class), keys, fixture.log, fixture.time.roots()),
                new CaseStamps(fixture.time),
                new CaseAnchors(fixture.log),
                keys.manifest(),
                fixture.stage::now,
                new SecureRandom());
    }
}
