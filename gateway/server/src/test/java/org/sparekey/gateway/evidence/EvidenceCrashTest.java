// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.approval.Decision;

/**
 * The process dies at one place and comes up again on the same database, log and files: the path completes, no effect
 * happens twice, and none is unlogged.
 */
class EvidenceCrashTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence.announcing",
                "evidence.announced",
                "evidence.securing",
                "evidence.secured",
                "evidence.releasing",
                "evidence.released",
                "evidence.publishing",
                "evidence.available"
            })
    void a_crash_where_nothing_or_everything_was_done_costs_no_second_capture(String place) {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);

        crash(id, place);
        fixture.until(id, "available");

        boolean lost = place.equals("evidence.securing");
        assertThat(fixture.hypervisor.captures(guest)).isEqualTo(lost ? 2 : 1);
        everyEffectOnceAndLogged(id, lost ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.running", "evidence.reading", "evidence.captured", "evidence.signed"})
    void a_crash_around_the_capture_loses_the_attempt_and_never_delivers_its_volumes(String place) {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);

        crash(id, place);
        fixture.until(id, "available");

        everyEffectOnceAndLogged(id, 2);
        List<Attempt> attempts = fixture.attempts.of(id);
        assertThat(attempts).extracting(Attempt::state).containsExactly(Attempt.State.LOST, Attempt.State.SEALED);
        assertThat(fixture.delivery()
                        .list(fixture.stage.investigator(), id.code())
                        .attempt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.recovered", "evidence.reconciled"})
    void a_crash_while_a_lost_attempt_is_reconciled_repeats_the_reconciliation_and_nothing_else(String place) {
        OrderId id = fixture.approved(fixture.guest());
        crash(id, "evidence.running");
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);

        crash(id, place);
        fixture.until(id, "available");

        everyEffectOnceAndLogged(id, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.taking-over", "evidence.taken-over"})
    void a_crash_while_a_withheld_copy_is_taken_over_takes_it_over_once_and_reads_nothing(String place) {
        Guest guest = fixture.guest();
        String address = fixture.stage.machine(guest);
        OrderId frozen = fixture.stage.frozen(address);
        fixture.stage.approve(1, frozen, Decision.SECURE);
        fixture.stage.approve(2, frozen, Decision.SECURE);
        fixture.until(frozen, "preserved");
        OrderId id = fixture.stage.producing(address, frozen);
        fixture.stage.approve(1, id, Decision.RELEASE);
        fixture.stage.approve(2, id, Decision.RELEASE);

        crash(id, place);
        fixture.until(id, "available");

        assertThat(fixture.hypervisor.captures(guest)).isEqualTo(1);
        assertThat(fixture.attempts.of(id))
                .singleElement()
                .extracting(Attempt::state)
                .isEqualTo(Attempt.State.SEALED);
        List<String> entries = fixture.stage.entries(id);
        assertThat(entries).doesNotContain("order.executing", "order.illegal");
        assertThat(entries).containsOnlyOnce("order.secured", "order.released", "order.available");
    }

    @Test
    void three_lost_attempts_end_the_order_with_a_reason() {
        Guest guest = fixture.guest();
        OrderId id = fixture.approved(guest);
        for (int i = 0; i < 3; i++) {
            crash(id, "evidence.captured");
            fixture.stage.pass(EvidenceFixture.LEASE_OVER);
            fixture.open().step(id);
            fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        }
        assertThat(fixture.state(id)).isEqualTo("failed");
        assertThat(fixture.stage.orders().status(id).reason()).contains("ATTEMPTS_EXHAUSTED");
        assertThat(fixture.hypervisor.captures(guest)).isEqualTo(3);
        assertThat(fixture.open().step(id)).isFalse();
    }

    private void crash(OrderId id, String place) {
        assertThatThrownBy(() -> fixture.open(Crash.at(place)).step(id))
                .isInstanceOf(Crash.class)
                .hasMessage(place);
    }

    /** Each begun attempt has exactly one outcome, one copy is sealed, and release and door are entered once. */
    private void everyEffectOnceAndLogged(OrderId id, int begun) {
        List<String> entries = fixture.stage.entries(id);
        assertThat(Collections.frequency(entries, "order.executing")).isEqualTo(begun);
        assertThat(Collections.frequency(entries, "order.attempt-lost")).isEqualTo(begun - 1);
        assertThat(Collections.frequency(entries, "order.secured")).isEqualTo(1);
        assertThat(Collections.frequency(entries, "order.released")).isEqualTo(1);
        assertThat(Collections.frequency(entries, "order.available")).isEqualTo(1);
        assertThat(entries).doesNotContain("order.illegal");
        assertThat(entries.lastIndexOf("order.executing")).isLessThan(entries.indexOf("order.secured"));
        assertThat(entries.indexOf("order.secured")).isLessThan(entries.indexOf("order.released"));
    }
}
