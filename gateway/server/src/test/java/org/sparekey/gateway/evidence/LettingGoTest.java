// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.OrdersStage;
import org.sparekey.gateway.parties.Revocations;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.testkit.world.Cast;

/** What was sealed while everything stood, and does not go when it stands no more; each test has a world of its own. */
class LettingGoTest {

    private final OrdersStage stage = OrdersStage.breakable();
    private final EvidenceFixture fixture = new EvidenceFixture(stage);
    private final Cast cast = stage.world().cast();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_prosecutor_revoked_after_the_sealing_gets_neither_release_nor_open_door() {
        OrderId sealed = releasable();
        OrderId released = released();
        stage.revoke(cast.policeCa(), cast.prosecutor());

        steps(sealed);
        steps(released);

        stopped(sealed, "secured");
        stopped(released, "released");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.release-stopping", "evidence.release-stopped"})
    void a_crash_while_a_release_is_stopped_lets_nothing_go_and_says_so_once(String place) {
        OrderId sealed = releasable();
        OrderId released = released();
        stage.revoke(cast.policeCa(), cast.prosecutor());
        for (OrderId id : List.of(sealed, released)) {
            stage.pass(EvidenceFixture.LEASE_OVER);
            assertThatThrownBy(() -> fixture.open(Crash.at(place)).step(id)).isInstanceOf(Crash.class);
        }

        steps(sealed);
        steps(released);

        stopped(sealed, "secured");
        stopped(released, "released");
    }

    @Test
    void a_judge_revoked_after_the_sealing_authorises_no_release() {
        OrderId id = releasable();
        stage.revoke(cast.courtCa(), cast.judge());

        steps(id);

        stopped(id, "secured");
    }

    @Test
    void a_robbed_officers_release_counts_no_more_at_the_release_nor_at_the_door() {
        OrderId sealed = releasable();
        OrderId released = released();
        stage.bean(Revocations.class)
                .revoke(stage.officer(1), cast.officer2().document().keyId());
        stage.pass(Duration.ofSeconds(1));

        steps(sealed);
        steps(released);

        stopped(sealed, "secured");
        stopped(released, "released");
    }

    @Test
    void without_a_revocation_list_nothing_goes_and_with_it_it_goes() throws IOException {
        OrderId id = releasable();
        Files.delete(Path.of(cast.policeCa().crlLocation()));
        steps(id);
        assertThat(fixture.state(id)).isEqualTo("secured");
        assertThat(stage.entries(id)).doesNotContain("order.release-stopped");

        stage.world().publishRevocations();

        fixture.until(id, "available");
    }

    /** One has announced its attempt, one has sealed and one has released when the switch is pulled. */
    @Test
    void a_suspension_stops_what_is_leased_already_wherever_it_is() {
        Guest guest = fixture.guest();
        OrderId announced = fixture.approved(guest);
        OrderId sealed = fixture.approved(fixture.guest());
        OrderId released = fixture.approved(fixture.guest());
        Evidence third = fixture.open(then("evidence.released", () -> stage.suspend(Cast.AUTHORITY)));
        Evidence second = fixture.open(then("evidence.secured", () -> third.step(released)));
        fixture.open(then("evidence.announced", () -> second.step(sealed))).step(announced);

        steps(announced);
        steps(sealed);
        steps(released);

        assertThat(fixture.state(announced)).isEqualTo("executing");
        assertThat(fixture.hypervisor.captures(guest)).isZero();
        assertThat(fixture.state(sealed)).isEqualTo("secured");
        assertThat(fixture.state(released)).isEqualTo("released");
        stage.pass(Duration.ofHours(1));
        fixture.open().step(announced);
        assertThat(fixture.state(announced)).isEqualTo("approved");
        assertThat(stage.orders().claim(announced)).isEmpty();
    }

    /** Sealed on two officers' word to secure, and both have said release since. */
    private OrderId releasable() {
        OrderId id = stage.review(stage.machine(fixture.guest()));
        stage.approve(1, id, Decision.SECURE);
        stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        stage.approve(1, id, Decision.RELEASE);
        stage.approve(2, id, Decision.RELEASE);
        return id;
    }

    private OrderId released() {
        OrderId id = fixture.approved(fixture.guest());
        assertThatThrownBy(() -> fixture.open(Crash.at("evidence.released")).step(id))
                .isInstanceOf(Crash.class);
        assertThat(fixture.state(id)).isEqualTo("released");
        return id;
    }

    private static Failpoint then(String place, Runnable act) {
        return name -> {
            if (name.equals(place)) {
                act.run();
            }
        };
    }

    private void steps(OrderId id) {
        for (int i = 0; i < 3; i++) {
            stage.pass(EvidenceFixture.LEASE_OVER);
            fixture.open().step(id);
        }
    }

    private void stopped(OrderId id, String state) {
        assertThat(fixture.state(id)).isEqualTo(state);
        assertThat(stage.entries(id)).containsOnlyOnce("order.release-stopped").endsWith("order.release-stopped");
    }
}
