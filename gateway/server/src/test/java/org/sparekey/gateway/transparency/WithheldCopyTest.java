// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.evidence.EvidenceFixture;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Topic;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A freezing that is carried out by a copy, and the one later order that gets that very copy. */
class WithheldCopyTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final BundleDesk desk = BundleDeskTest.desk(fixture);

    private record Frozen(Guest guest, String address, OrderId id) {}

    private Frozen frozen() {
        return frozen(fixture);
    }

    private static Frozen frozen(EvidenceFixture fixture) {
        Guest guest = fixture.guest();
        String address = fixture.stage.machine(guest);
        OrderId id = fixture.stage.frozen(address);
        assertThat(fixture.state(id)).isEqualTo("review");
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "preserved");
        return new Frozen(guest, address, id);
    }

    @Test
    void a_frozen_copy_is_sealed_and_withheld_and_its_bundle_says_so() throws Exception {
        Frozen frozen = frozen();

        assertThat(fixture.captures(frozen.guest())).isEqualTo(1);
        assertThat(fixture.open().manifest(frozen.id())).isPresent();
        assertThat(fixture.delivered(frozen.id())).isFalse();
        fixture.stage.pass(Duration.ofMinutes(5));
        assertThat(fixture.open().step(frozen.id())).isFalse();
        assertThat(fixture.state(frozen.id())).isEqualTo("preserved");
        Verification verification = verify(bundle(frozen.id(), Optional.empty()));
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.checks()).extracting(Check::topic).contains(Topic.WITHHELD_COPY, Topic.MANIFEST);
    }

    @Test
    void officers_who_say_release_for_a_freezing_are_refused() {
        OrderId id = fixture.stage.frozen(fixture.stage.machine(fixture.guest()));

        assertThatThrownBy(() -> fixture.stage.approve(1, id, Decision.RELEASE))
                .hasMessageContaining("NOTHING_TO_RELEASE");
        fixture.stage.approve(1, id, Decision.SECURE);
        assertThat(fixture.state(id)).isEqualTo("review");
    }

    @Test
    void a_later_order_gets_that_very_copy_though_the_machine_is_gone_and_its_bundle_encloses_the_freezings()
            throws Exception {
        Frozen frozen = frozen();
        fixture.remove(frozen.guest());
        OrderId later = fixture.stage.producing(frozen.address(), frozen.id());
        assertThat(fixture.state(frozen.id())).isEqualTo("linked");
        fixture.stage.approve(1, later, Decision.RELEASE);
        assertThat(fixture.state(later)).isEqualTo("review");
        fixture.stage.approve(2, later, Decision.RELEASE);
        fixture.until(later, "available");

        assertThat(fixture.captures(frozen.guest())).isEqualTo(1);
        assertThat(fixture.delivered(later)).isTrue();
        assertThat(fixture.delivered(frozen.id())).isFalse();
        assertThat(manifest(later)).isEqualTo(manifest(frozen.id()));
        assertThat(fixture.stage.entries(later))
                .doesNotContain("order.executing")
                .contains("order.secured");

        byte[] first = bundle(frozen.id(), Optional.empty());
        byte[] whole = bundle(later, Optional.of(first));
        Verification verification = verify(whole);
        assertThat(faults(verification)).isEmpty();
        assertThat(verification.checks()).extracting(Check::topic).contains(Topic.WITHHELD_COPY);
        assertThat(verify(bundle(later, Optional.empty())).overall()).isEqualTo(Verification.INCOMPLETE);
        byte[] other = bundle(frozen().id(), Optional.empty());
        assertThat(verify(bundle(later, Optional.of(other))).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        byte[] flipped = first.clone();
        flipped[flipped.length / 2] ^= 1;
        assertThat(verify(bundle(later, Optional.of(flipped))).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    @Test
    void the_copy_enclosed_is_the_one_that_the_log_says_was_taken_over() throws Exception {
        byte[] live = bundle(fixture.available(), Optional.of(bundle(frozen().id(), Optional.empty())));

        assertThat(verify(live).overall()).isEqualTo(Verification.NOT_AUTHENTIC);
    }

    @Test
    void secured_by_two_a_copy_stays_withheld_from_the_later_order_until_two_say_release() {
        Frozen frozen = frozen();
        OrderId later = fixture.stage.producing(frozen.address(), frozen.id());
        fixture.stage.approve(1, later, Decision.SECURE);
        fixture.stage.approve(2, later, Decision.SECURE);
        fixture.until(later, "secured");
        assertThat(fixture.delivered(later)).isFalse();
        fixture.stage.approve(1, later, Decision.RELEASE);
        fixture.stage.pass(Duration.ofMinutes(5));
        fixture.open().step(later);
        assertThat(fixture.state(later)).isEqualTo("secured");
        fixture.stage.approve(2, later, Decision.RELEASE);
        fixture.until(later, "available");
        assertThat(fixture.captures(frozen.guest())).isEqualTo(1);
    }

    @Test
    void when_a_freezing_has_ended_its_copy_is_nobodys_and_the_machine_is_read_anew() {
        try (EvidenceFixture later = new EvidenceFixture()) {
            Frozen frozen = frozen(later);
            // Its days pass, and the revocation lists stay young.
            later.stage
                    .bean(JdbcClient.class)
                    .sql(
                            "UPDATE orders_clock SET target_at = :now, due_at = :now, next_at = :now WHERE order_id = :order")
                    .param("now", Timestamp.from(later.stage.now()))
                    .param("order", frozen.id().code())
                    .update();
            later.stage.orders().step();
            assertThat(later.state(frozen.id())).isEqualTo("released-hold");

            OrderId order = later.stage.producing(frozen.address(), frozen.id());
            later.stage.approve(1, order, Decision.RELEASE);
            later.stage.approve(2, order, Decision.RELEASE);
            later.until(order, "available");
            assertThat(later.captures(frozen.guest())).isEqualTo(2);
        }
    }

    private Digest manifest(OrderId id) {
        return fixture.open().manifest(id).orElseThrow().digest();
    }

    private byte[] bundle(OrderId id, Optional<byte[]> freezing) {
        OrderFile file = fixture.stage.orders().file(id).orElseThrow();
        Digest asked = fixture.stage.orders().record(id, CaseEntry.BUNDLE_ASKED, Actor.GATEWAY, Map.of(), new byte[0]);
        assertThat(fixture.log.await(asked, Duration.ofSeconds(30))).isPresent();
        return desk.bundle(file, asked, freezing).orElseThrow();
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
}
