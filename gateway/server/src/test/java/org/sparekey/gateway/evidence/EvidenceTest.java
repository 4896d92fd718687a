// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.Guest;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

class EvidenceTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final Caller investigator = fixture.stage.investigator();

    @Test
    void an_approved_order_ends_in_a_folder_whose_sums_and_manifest_fit_the_disk() throws Exception {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        fixture.until(id, "available");

        DigestList sums = DigestList.parse(read(id, EvidenceFolder.SUMS));
        for (String name : sums.digests().keySet()) {
            assertThat(Digest.sha256(read(id, name)))
                    .as(name)
                    .isEqualTo(sums.digests().get(name));
        }
        assertThat(sums.digests())
                .containsKeys(EvidenceFolder.KEY, EvidenceFolder.MANIFEST, EvidenceFolder.IMAGES)
                .doesNotContainKeys(EvidenceFolder.SUMS, EvidenceFolder.SUMS_SIGNATURE);
        Manifest manifest =
                SignedDocument.parse(ascii(read(id, EvidenceFolder.MANIFEST))).read(Manifest.TYPE, Manifest.class);
        assertThat(manifest.disks()).singleElement().satisfies(disk -> {
            assertThat(disk.image()).isEqualTo(Digest.sha256(Files.readAllBytes(fixture.image(guest))));
            assertThat(disk.volumes()).hasSize(3);
        });
        assertThat(manifest.approvals()).hasSize(2);
    }

    @Test
    void no_guest_is_opened_before_the_announcement_is_in_a_signed_checkpoint() {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        List<Boolean> announced = new ArrayList<>();
        fixture.hypervisor.before(() -> fixture.attempts
                .find(id, 1)
                .ifPresent(attempt ->
                        announced.add(fixture.log.find(attempt.intentLeaf()).isPresent())));
        fixture.until(id, "available");
        assertThat(announced).contains(true).doesNotContain(false);
    }

    @Test
    void a_disk_that_grew_after_the_approval_is_not_read_and_the_officers_look_again() throws IOException {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        Files.write(fixture.image(guest), new byte[EvidenceFixture.DISK_BYTES + (1 << 20)]);

        fixture.open().step(id);

        assertThat(fixture.state(id)).isEqualTo("review");
        assertThat(fixture.hypervisor.captures(guest)).isZero();
    }

    @Test
    void a_guest_that_is_gone_is_not_captured() {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        fixture.remove(guest);

        fixture.open().step(id);

        assertThat(fixture.state(id)).isEqualTo("review");
        assertThat(fixture.hypervisor.captures(guest)).isZero();
    }

    @Test
    void a_copy_that_two_officers_only_secured_is_withheld_until_both_release_it() {
        String address = fixture.stage.machine(fixture.guest());
        OrderId id = fixture.stage.review(address);
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        assertThatThrownBy(() -> fixture.delivery().list(investigator, id.code()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EVIDENCE_WITHHELD));

        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);
        fixture.until(id, "available");
        assertThat(fixture.delivery().list(investigator, id.code()).files()).isNotEmpty();
    }

    @Test
    void another_authority_and_an_officer_find_nothing() {
        OrderId id = fixture.available();
        for (Caller caller : List.of(fixture.stage.stranger(), fixture.stage.officer(1))) {
            assertThatThrownBy(() -> fixture.delivery().list(caller, id.code()))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
            assertThatThrownBy(() -> fixture.delivery().file(caller, id.code(), EvidenceFolder.KEY))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void evidence_asked_for_by_another_or_before_its_release_is_an_entry_and_changes_nothing_else() {
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        OrderId open = fixture.available();
        OrderId withheld = fixture.approved(fixture.guest());
        OrderStatus before = fixture.stage.orders().status(open);
        OrderStatus sealed = fixture.stage.orders().status(withheld);
        long unread = fixture.count("order.read-refused");
        long refused = fixture.count("evidence.refused");

        for (String reference : List.of(open.code(), "ORD-2222-2222")) {
            assertThatThrownBy(() -> fixture.delivery().list(fixture.stage.stranger(), reference))
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(fixture.count("order.read-refused")).isEqualTo(unread + 2);
        assertThatThrownBy(() -> fixture.delivery().file(fixture.stage.officer(2), open.code(), EvidenceFolder.KEY))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.delivery().list(investigator, withheld.code()))
                .isInstanceOf(ProblemException.class);
        assertThat(fixture.count("evidence.refused")).isEqualTo(refused + 2);

        // Its last entry may get its index meanwhile.
        assertThat(fixture.stage.orders().status(open))
                .usingRecursiveComparison()
                .ignoringFields("entry")
                .isEqualTo(before);
        assertThat(fixture.stage.orders().status(withheld).version()).isEqualTo(sealed.version());
        assertThat(fixture.stage.entries(withheld)).noneMatch(type -> type.contains("refused"));
    }

    @Test
    void no_byte_of_a_volume_leaves_before_its_fetch_can_be_proven_and_a_retry_is_no_second_fetch() throws IOException {
        OrderId id = fixture.available();
        String volume = EvidenceFolder.volume(1, 1);
        fixture.logStands(true);
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> read(id, volume))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem()).isEqualTo(Problem.LOG_UNAVAILABLE));
            }
        } finally {
            fixture.logStands(false);
        }
        assertThat(read(id, volume)).isNotEmpty();
        assertThat(fixture.stage.entries(id)).containsOnlyOnce("evidence.fetched");
        read(id, volume);
        assertThat(fixture.stage.entries(id).stream().filter("evidence.fetched"::equals))
                .hasSize(2);
    }

    @Test
    void a_name_that_leads_out_of_the_folder_is_not_found() {
        OrderId id = fixture.available();
        for (String name : List.of("../key.cms", "key.cms/../manifest.jws", "nothing", "")) {
            assertThatThrownBy(() -> fixture.delivery().file(investigator, id.code(), name))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
        }
    }

    @Test
    void every_fetch_is_entered_before_its_first_byte() throws IOException {
        OrderId id = fixture.available();
        read(id, EvidenceFolder.KEY);
        assertThat(fixture.stage.entries(id)).contains("evidence.fetched");
    }

    @Test
    void an_acknowledgement_closes_the_order_and_a_repeated_one_changes_nothing() {
        OrderId id = fixture.available();
        byte[] receipt = receipt(id, fixture.stage.world().cast().investigator().document());

        Acknowledgements.Taken first = take(id, receipt, "one");
        Acknowledgements.Taken again = take(id, receipt, "one");

        assertThat(again.entry()).isEqualTo(first.entry());
        assertThat(fixture.state(id)).isEqualTo("closed");
        assertThat(fixture.stage.entries(id))
                .containsSubsequence("order.acknowledged", "order.closed", "hold.released");
    }

    @Test
    void a_crash_before_the_receipt_is_committed_leaves_no_receipt() {
        OrderId id = fixture.available();
        byte[] receipt = receipt(id, fixture.stage.world().cast().investigator().document());
        assertThatThrownBy(() -> fixture.acknowledgements(Crash.at("evidence.acknowledging"))
                        .take(investigator, id.code(), receipt, "two"))
                .isInstanceOf(Crash.class);
        assertThat(fixture.state(id)).isEqualTo("available");
        take(id, receipt, "two");
        assertThat(fixture.state(id)).isEqualTo("closed");
    }

    @Test
    void an_acknowledgement_signed_by_somebody_else_or_with_the_channels_key_is_refused() {
        OrderId id = fixture.available();
        var cast = fixture.stage.world().cast();
        for (SigningKey key : List.of(
                cast.prosecutor().document(),
                cast.officer1().document(),
                cast.investigator().message())) {
            assertThatThrownBy(() -> take(id, receipt(id, key), "three"))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED));
        }
        assertThat(fixture.state(id)).isEqualTo("available");
    }

    @Test
    void an_acknowledgement_of_another_manifest_is_refused() {
        OrderId id = fixture.available();
        OrderId other = fixture.available();
        byte[] receipt =
                receipt(other, fixture.stage.world().cast().investigator().document());
        assertThatThrownBy(() -> take(id, receipt, "four")).isInstanceOf(ProblemException.class);
        assertThat(fixture.state(id)).isEqualTo("available");
    }

    @Test
    void a_refused_acknowledgement_sent_again_is_refused_again_with_the_same_problem() {
        OrderId id = fixture.available();
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        long before = fixture.count("evidence.refused");
        byte[] receipt = receipt(id, fixture.stage.world().cast().prosecutor().document());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> take(id, receipt, "five"))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED));
        }
        assertThat(fixture.state(id)).isEqualTo("available");
        assertThat(fixture.count("evidence.refused")).isEqualTo(before + 2);
    }

    private Acknowledgements.Taken take(OrderId id, byte[] receipt, String key) {
        return fixture.acknowledgements(_ -> {}).take(investigator, id.code(), receipt, id.code() + key);
    }

    private byte[] receipt(OrderId id, SigningKey key) {
        UUID document = fixture.stage.orders().status(id).id();
        Digest manifest = fixture.open().manifest(id).orElseThrow().digest();
        Acknowledgement receipt = new Acknowledgement(
                1,
                Acknowledgement.TYPE,
                document,
                manifest,
                fixture.stage.now(),
                Bytes.of(new byte[Acknowledgement.SALT_BYTES]));
        return SignedDocument.sign(Acknowledgement.TYPE, Wire.write(receipt), key, fixture.stage.now())
                .compact()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] read(OrderId id, String name) throws IOException {
        StoredFile file = fixture.delivery().file(investigator, id.code(), name);
        try (SeekableByteChannel channel = fixture.delivery().open(investigator, id.code(), file, 0)) {
            ByteBuffer content = ByteBuffer.allocate((int) file.length());
            Channels.newInputStream(channel).readNBytes(content.array(), 0, content.capacity());
            return content.array();
        }
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
