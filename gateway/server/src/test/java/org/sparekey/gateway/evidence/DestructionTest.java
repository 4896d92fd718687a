// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.OrdersStage;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What nobody has a use for goes, and nothing else; on files, a database and a log of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DestructionTest {

    private static final Failpoint NOWHERE = _ -> {};
    private static final Actor INVESTIGATOR = new Actor("INVESTIGATOR", Optional.empty());
    private static final Duration DELIVERED = EvidenceFixture.KEPT_DELIVERED;
    private static final Duration WITHHELD = EvidenceFixture.KEPT_WITHHELD;

    private final EvidenceFixture fixture = new EvidenceFixture(new OrdersStage());

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void a_delivered_copy_is_kept_its_time_and_then_goes_and_the_log_says_what_went() throws IOException {
        OrderId id = closed();
        rounds();
        fixture.stage.pass(DELIVERED.minusMinutes(10));
        rounds();
        assertThat(fixture.files(id)).contains(EvidenceFolder.KEY, EvidenceFolder.SUMS);

        fixture.stage.pass(Duration.ofMinutes(10));
        rounds();

        assertThat(fixture.files(id)).isEmpty();
        assertThat(fixture.stage.entries(id))
                .containsSubsequence("order.closed", "evidence.destruction", "evidence.destroyed")
                .containsOnlyOnce("evidence.destruction", "evidence.destroyed");
    }

    @Test
    void who_asks_for_what_is_destroyed_is_told_so_and_its_manifest_still_stands() {
        OrderId id = closed();
        over(DELIVERED);

        assertThatThrownBy(() -> fixture.delivery().list(fixture.stage.investigator(), id.code()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EVIDENCE_DESTROYED));
        assertThat(fixture.open().manifest(id)).isPresent();
    }

    @Test
    void a_copy_that_nobody_has_fetched_yet_stays() throws IOException {
        OrderId id = fixture.available();
        over(DELIVERED.multipliedBy(3));
        assertThat(fixture.files(id)).contains(EvidenceFolder.KEY);
        assertThat(fixture.delivered(id)).isTrue();
    }

    @Test
    void the_copy_of_a_withdrawn_order_goes_sooner_and_no_release_brings_it_back() throws IOException {
        String address = fixture.stage.machine(fixture.guest());
        OrderId id = fixture.stage.review(address);
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        fixture.stage.withdraw(id, address);
        assertThat(fixture.state(id)).isEqualTo("withdrawn");

        over(WITHHELD);

        assertThat(fixture.files(id)).isEmpty();
        assertThat(fixture.delivered(id)).isFalse();
    }

    @Test
    void what_a_lost_attempt_left_goes_and_the_sealed_copy_beside_it_stays() throws IOException {
        OrderId id = fixture.availableAfterLoss();
        int before = fixture.files(id).size();
        over(WITHHELD);
        assertThat(fixture.files(id)).hasSizeLessThan(before).contains(EvidenceFolder.KEY, EvidenceFolder.SUMS);
        assertThat(fixture.delivered(id)).isTrue();
        assertThat(fixture.stage.entries(id)).containsOnlyOnce("evidence.destroyed");
    }

    @Test
    void a_copy_that_two_orders_share_stays_until_both_are_through_with_it() throws IOException {
        String address = fixture.stage.machine(fixture.guest());
        OrderId frozen = fixture.stage.frozen(address);
        fixture.stage.approve(1, frozen, Decision.SECURE);
        fixture.stage.approve(2, frozen, Decision.SECURE);
        fixture.until(frozen, "preserved");
        OrderId id = fixture.stage.producing(address, frozen);
        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);
        fixture.until(id, "available");
        fixture.stage.withdraw(frozen, address);
        assertThat(fixture.state(frozen)).isEqualTo("withdrawn");
        over(WITHHELD);
        assertThat(fixture.files(id)).contains(EvidenceFolder.KEY);

        close(id);
        over(DELIVERED);

        assertThat(fixture.files(id)).isEmpty();
        assertThat(fixture.stage.entries(id)).contains("evidence.destroyed");
        assertThat(fixture.stage.entries(frozen)).contains("evidence.destroyed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence.destruction",
                "evidence.destruction-entered",
                "evidence.copy-destroyed",
                "evidence.destroyed"
            })
    void a_crash_on_the_way_out_is_gone_on_from_and_said_once(String place) throws IOException {
        OrderId id = closed();
        rounds();
        fixture.stage.pass(DELIVERED);
        Destruction dies = fixture.destruction(Crash.at(place));
        assertThatThrownBy(() -> rounds(dies)).isInstanceOf(Crash.class);
        fixture.stage.pass(Duration.ofMinutes(1));

        rounds();

        assertThat(fixture.files(id)).isEmpty();
        assertThat(fixture.stage.entries(id)).containsOnlyOnce("evidence.destruction", "evidence.destroyed");
    }

    @Test
    void what_cannot_be_logged_is_not_destroyed() throws IOException {
        OrderId id = closed();
        rounds();
        fixture.stage.pass(DELIVERED);
        fixture.logStands(true);
        try {
            rounds();
            assertThat(fixture.files(id)).contains(EvidenceFolder.KEY);
        } finally {
            fixture.logStands(false);
        }

        fixture.stage.pass(Duration.ofMinutes(1));
        rounds();

        assertThat(fixture.files(id)).isEmpty();
    }

    @Test
    void two_workers_at_once_say_it_once() {
        OrderId id = closed();
        rounds();
        fixture.stage.pass(DELIVERED);
        Destruction second = fixture.destruction(NOWHERE);
        Destruction first = fixture.destruction(place -> {
            if (place.equals("evidence.destruction-entered")) {
                rounds(second);
            }
        });

        rounds(first);

        assertThat(fixture.stage.entries(id)).containsOnlyOnce("evidence.destruction", "evidence.destroyed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "evidence.left-recovered", "evidence.attempt-left"})
    void an_order_withdrawn_while_its_guest_is_read_leaves_no_copy_behind(String dies) throws IOException {
        String address = fixture.stage.machine(fixture.guest());
        OrderId id = fixture.stage.approved(address);
        Evidence evidence = fixture.open(place -> {
            if (place.equals("evidence.captured")) {
                fixture.stage.withdraw(id, address);
            }
        });
        evidence.step(id);
        assertThat(fixture.state(id)).isEqualTo("withdrawn");
        assertThat(fixture.files(id)).isNotEmpty();
        if (!dies.equals("nowhere")) {
            Destruction dying = fixture.destruction(Crash.at(dies));
            assertThatThrownBy(() -> rounds(dying)).isInstanceOf(Crash.class);
        }

        over(WITHHELD);

        assertThat(fixture.files(id)).isEmpty();
        assertThat(fixture.stage.entries(id))
                .containsSubsequence("order.withdrawn", "evidence.attempt-left", "evidence.destroyed")
                .containsOnlyOnce("evidence.attempt-left", "evidence.destroyed");
    }

    @Test
    void a_copy_that_cannot_go_keeps_no_other() throws IOException {
        OrderId one = closed();
        OrderId two = closed();
        rounds();
        fixture.stage.pass(DELIVERED);
        frozen(one, true);
        rounds();
        assertThat(fixture.files(one)).contains(EvidenceFolder.KEY);
        assertThat(fixture.files(two)).isEmpty();

        frozen(one, false);
        frozen(two, true);
        fixture.stage.pass(Duration.ofMinutes(1));
        rounds();
        assertThat(fixture.files(one)).isEmpty();
    }

    private void frozen(OrderId id, boolean frozen) {
        fixture.stage
                .bean(JdbcClient.class)
                .sql("UPDATE orders_order SET frozen = :frozen WHERE order_id = :id")
                .param("frozen", frozen)
                .param("id", id.code())
                .update();
    }

    private OrderId closed() {
        OrderId id = fixture.available();
        close(id);
        return id;
    }

    private void close(OrderId id) {
        fixture.stage.orders().acknowledged(id, INVESTIGATOR, new byte[] {1});
        fixture.stage.orders().closed(id);
        assertThat(fixture.state(id)).isEqualTo("closed");
    }

    /** It is seen that nobody needs it, and its time passes. */
    private void over(Duration time) {
        for (Duration next : List.of(Duration.ofHours(2), time)) {
            rounds();
            fixture.stage.pass(next);
        }
        rounds();
    }

    private void rounds() {
        rounds(fixture.destruction(NOWHERE));
    }

    /** Until a look finds nothing to do. */
    private static void rounds(Destruction destruction) {
        while (destruction.step()) {
            // each announces, or destroys
        }
    }
}
