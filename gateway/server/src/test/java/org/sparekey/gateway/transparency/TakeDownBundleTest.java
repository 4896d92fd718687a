// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.evidence.EvidenceFixture;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Topic;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Digest;

/** A take-down that the gateway's own hand did and undid, in the eyes of the offline verifier. */
class TakeDownBundleTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();

    @Test
    void the_bundle_of_a_guest_that_was_cut_and_given_back_holds() throws Exception {
        Guest guest = fixture.guest();
        String address = fixture.stage.machine(guest);
        OrderId id = fixture.stage.takeDown(address);
        fixture.stage.lesserMeansFailed(id);
        fixture.until(id, "isolated");
        authentic(id);

        fixture.stage.restore(id, address);
        fixture.until(id, "restored");
        assertThat(fixture.cut(guest)).isFalse();
        authentic(id);
    }

    private void authentic(OrderId id) throws Exception {
        OrderFile file = fixture.stage.orders().file(id).orElseThrow();
        Digest asked = fixture.stage.orders().record(id, CaseEntry.BUNDLE_ASKED, Actor.GATEWAY, Map.of(), new byte[0]);
        assertThat(fixture.log.await(asked, Duration.ofSeconds(30))).isPresent();
        byte[] bundle = BundleDeskTest.desk(fixture)
                .bundle(file, asked, Optional.empty())
                .orElseThrow();
        Verification verification = BundleVerifier.verify(
                bundle, Optional.of(Files.readAllBytes(fixture.stage.world().trustFile())));
        assertThat(verification.checks())
                .filteredOn(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .isEmpty();
        assertThat(verification.checks())
                .filteredOn(check -> check.topic() == Topic.LINKS)
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Check.Status.PASS));
    }
}
