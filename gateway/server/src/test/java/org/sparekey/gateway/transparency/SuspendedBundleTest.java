// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.evidence.EvidenceFixture;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Finding;
import org.sparekey.protocol.bundle.Topic;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.json.Digest;

/** The kill-switch, seen from the bundle of a case that it stopped. */
class SuspendedBundleTest {

    @Test
    void what_was_claimed_before_the_switch_is_not_begun_after_it_and_the_bundle_says_so() throws Exception {
        try (EvidenceFixture fixture = new EvidenceFixture()) {
            OrderId id = fixture.approved(fixture.guest());
            ApprovedOrder claimed = fixture.stage.orders().claim(id).orElseThrow();
            fixture.stage.suspend();
            assertThat(fixture.stage.orders().started(claimed, new byte[] {1}))
                    .isInstanceOf(Transition.LeaseLost.class);
            assertThat(fixture.state(id)).isEqualTo("approved");

            Verification held = verify(fixture, id);
            assertThat(finding(held)).isEqualTo(Finding.SUSPENDED_SINCE);
            assertThat(held.checks()).extracting(Check::status).doesNotContain(Check.Status.FAIL, Check.Status.MISSING);

            // Whoever has the gateway in his hands and goes on all the same, shows it.
            fixture.stage.orders().record(id, "order.released", Actor.GATEWAY, Map.of(), new byte[] {1});
            Verification wentOn = verify(fixture, id);
            assertThat(finding(wentOn)).isEqualTo(Finding.WENT_ON_WHILE_SUSPENDED);
            assertThat(wentOn.overall()).isEqualTo(Verification.NOT_AUTHENTIC);
        }
    }

    private static Finding finding(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.topic() == Topic.SUSPENSION)
                .findFirst()
                .orElseThrow()
                .detail()
                .finding();
    }

    private static Verification verify(EvidenceFixture fixture, OrderId id) throws Exception {
        OrderFile file = fixture.stage.orders().file(id).orElseThrow();
        Digest asked = fixture.stage.orders().record(id, CaseEntry.BUNDLE_ASKED, Actor.GATEWAY, Map.of(), new byte[0]);
        assertThat(fixture.log.await(asked, Duration.ofSeconds(30))).isPresent();
        byte[] bundle = BundleDeskTest.desk(fixture)
                .bundle(file, asked, Optional.empty())
                .orElseThrow();
        byte[] trust = Files.readAllBytes(fixture.stage.world().trustFile());
        return BundleVerifier.verify(bundle, Optional.of(trust));
    }
}
