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
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OfficerRecord.What;

/** One guest goes off the net because two officers approved an order that says so, and comes back as it was. */
class TakeDownHandTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final Guest guest = fixture.guest();
    private final Guest neighbour = fixture.guest();
    private final String address = fixture.stage.machine(guest);

    @Test
    void a_guest_is_taken_off_the_net_under_a_numbered_attempt_and_comes_back_by_order() {
        OrderId id = due();

        fixture.until(id, "isolated");
        assertThat(fixture.cut(guest)).isTrue();
        assertThat(fixture.cut(neighbour)).isFalse();
        assertThat(fixture.stage.entries(id))
                .containsSubsequence("order.approved", "order.executing", "order.isolated");

        fixture.stage.restore(id, address);
        assertThat(fixture.cut(guest)).as("ordered is not done").isTrue();
        fixture.until(id, "restored");
        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.stage.entries(id)).containsSubsequence("order.restoring", "order.undoing", "order.restored");
        assertThat(fixture.isolations.touched()).noneMatch(left -> left.order().equals(id));
    }

    @Test
    void nothing_is_cut_before_the_lesser_means_were_tried() {
        OrderId id = fixture.stage.takeDown(address);
        untouched(id, "approved");
        fixture.stage.record(id, What.TAKE_DOWN_NOTICE, Means.NOTICE_TO_RESELLER);
        untouched(id, "approved");
    }

    @Test
    void without_a_hand_officers_do_it_and_report_and_undo_it() {
        OrderId id = due();
        assertThat(fixture.handless().step(id)).isFalse();

        fixture.stage.record(id, What.TAKE_DOWN_DONE, Means.ISOLATE_GUEST);
        fixture.stage.restore(id, address);

        untouched(id, "restoring");
        fixture.stage.record(id, What.RESTORE_DONE, Means.ISOLATE_GUEST);
        assertThat(fixture.state(id)).isEqualTo("restored");
    }

    @Test
    void without_a_checkpoint_that_holds_the_intent_nothing_is_cut() {
        OrderId id = due();
        fixture.logStands(true);
        try {
            fixture.impatient().step(id);
            fixture.stage.pass(EvidenceFixture.LEASE_OVER);
            fixture.impatient().step(id);
            assertThat(fixture.cut(guest)).isFalse();
        } finally {
            fixture.logStands(false);
        }
        fixture.until(id, "isolated");
        assertThat(fixture.hypervisor.isolations(guest)).isEqualTo(1);
    }

    @Test
    void a_machine_that_has_other_tenants_by_now_is_not_taken_off_the_net_with_them() {
        OrderId id = due();
        fixture.stage.share(address, guest);

        untouched(id, "approved");
        assertThat(fixture.stage.entries(id)).contains("order.hand-stopped");
        assertThatThrownBy(() -> fixture.stage.record(id, What.TAKE_DOWN_DONE, Means.ISOLATE_GUEST))
                .as("by an officer's hand no more than by ours")
                .hasMessageContaining("SHARED_OR_PRIVILEGED");
        assertThat(fixture.open().step(id)).as("nor tried again").isFalse();
    }

    @Test
    void a_machine_that_becomes_shared_while_the_intent_waits_for_its_proof_stays_on_the_net() {
        OrderId id = due();
        Failpoint meanwhile = at("evidence.isolation-announced", () -> fixture.stage.share(address, guest));
        fixture.open(meanwhile).step(id);

        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.stage.entries(id)).contains("order.executing", "order.attempt-lost");
    }

    @Test
    void an_address_that_moved_after_the_approval_takes_nobody_down() {
        OrderId id = due();
        fixture.stage.move(address, neighbour);
        fixture.stage.show(neighbour);

        untouched(id, "review");
        assertThat(fixture.cut(neighbour)).isFalse();
    }

    @Test
    void a_guest_that_is_gone_goes_back_to_the_officers() {
        OrderId id = due();
        fixture.remove(guest);

        fixture.open().step(id);

        assertThat(fixture.state(id)).isEqualTo("review");
    }

    @Test
    void a_guest_that_is_gone_when_it_is_to_be_restored_is_left_to_the_officers() {
        OrderId id = due();
        fixture.until(id, "isolated");
        fixture.stage.restore(id, address);
        fixture.remove(guest);

        fixture.open().step(id);

        assertThat(fixture.state(id)).isEqualTo("restoring");
        assertThat(fixture.stage.entries(id)).contains("order.hand-stopped");
        fixture.stage.record(id, What.RESTORE_DONE, Means.ISOLATE_GUEST);
        fixture.open().step(id);
        assertThat(fixture.isolations.touched()).noneMatch(left -> left.order().equals(id));
    }

    @Test
    void a_withdrawal_while_the_hand_is_at_it_leaves_nobody_off_the_net() {
        OrderId id = due();
        fixture.open(at("evidence.cut", () -> fixture.stage.withdraw(id, address)))
                .step(id);
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);

        fixture.open().step(id);

        assertThat(fixture.state(id)).isEqualTo("withdrawn");
        assertThat(fixture.cut(guest)).isFalse();
        assertThat(Collections.frequency(fixture.stage.entries(id), "evidence.links-given-back"))
                .isEqualTo(1);
        assertThat(fixture.stage.entries(id)).doesNotContain("order.isolated");
    }

    @Test
    void what_an_officer_reports_as_restored_while_our_hand_still_holds_it_is_given_back() {
        OrderId id = due();
        fixture.until(id, "isolated");
        fixture.stage.restore(id, address);
        fixture.stage.record(id, What.RESTORE_DONE, Means.ISOLATE_GUEST);

        fixture.open().step(id);

        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.stage.entries(id)).endsWith("evidence.links-given-back");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidence.isolation-announcing",
                "evidence.isolation-announced",
                "evidence.isolation-entered",
                "evidence.undoing-announcing",
                "evidence.undoing-announced",
                "evidence.undone",
                "evidence.undone-entering",
                "evidence.undone-entered"
            })
    void a_crash_where_nothing_or_everything_was_done_cuts_once(String place) {
        OrderId id = due();
        died(id, place);

        assertThat(fixture.hypervisor.isolations(guest)).isEqualTo(1);
        everyActOnceAndLogged(id, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.isolating", "evidence.cut", "evidence.isolation-entering"})
    void a_crash_around_the_cut_gives_the_links_back_before_the_next_attempt(String place) {
        OrderId id = due();
        crash(id, place);
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        fixture.open().step(id);
        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.stage.entries(id)).endsWith("order.attempt-lost");

        died(id, "nowhere");

        everyActOnceAndLogged(id, 2);
    }

    @Test
    void a_crash_while_a_lost_attempt_is_given_back_gives_back_once_more() {
        OrderId id = due();
        crash(id, "evidence.cut");
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        crash(id, "evidence.given-back");
        assertThat(fixture.cut(guest)).isFalse();
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);

        died(id, "nowhere");

        everyActOnceAndLogged(id, 2);
    }

    @Test
    void a_crash_while_a_stray_is_given_back_gives_back_once_more() {
        OrderId id = due();
        crash(id, "evidence.cut");
        fixture.stage.withdraw(id, address);
        crash(id, "evidence.stray-given-back");
        assertThat(fixture.cut(guest)).isFalse();

        fixture.open().step(id);

        assertThat(fixture.stage.entries(id)).endsWith("evidence.links-given-back");
        assertThat(fixture.open().step(id)).isFalse();
    }

    @Test
    void three_attempts_that_died_end_the_order_and_nobody_is_off_the_net() {
        OrderId id = due();
        for (int i = 0; i < 3; i++) {
            crash(id, "evidence.cut");
            fixture.stage.pass(EvidenceFixture.LEASE_OVER);
            fixture.open().step(id);
            fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        }
        assertThat(fixture.state(id)).isEqualTo("failed");
        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.open().step(id)).isFalse();
    }

    /** The whole story, and the process dies at this place of it, where there is one. */
    private void died(OrderId id, String place) {
        Failpoint deadly = Crash.at(place);
        take(id, "isolated", deadly);
        fixture.stage.restore(id, address);
        take(id, "restored", deadly);
    }

    private void take(OrderId id, String state, Failpoint deadly) {
        for (int i = 0; i < 6 && !fixture.state(id).equals(state); i++) {
            try {
                fixture.open(deadly).step(id);
            } catch (Crash died) {
                fixture.stage.pass(EvidenceFixture.LEASE_OVER);
            }
        }
        assertThat(fixture.state(id)).isEqualTo(state);
    }

    private void crash(OrderId id, String place) {
        assertThatThrownBy(() -> fixture.open(Crash.at(place)).step(id))
                .isInstanceOf(Crash.class)
                .hasMessage(place);
    }

    private static Failpoint at(String place, Runnable meanwhile) {
        return name -> {
            if (name.equals(place)) {
                meanwhile.run();
            }
        };
    }

    private OrderId due() {
        OrderId id = fixture.stage.takeDown(address);
        fixture.stage.lesserMeansFailed(id);
        return id;
    }

    private void untouched(OrderId id, String state) {
        fixture.open().step(id);
        fixture.stage.pass(EvidenceFixture.LEASE_OVER);
        fixture.open().step(id);
        assertThat(fixture.cut(guest)).isFalse();
        assertThat(fixture.state(id)).isEqualTo(state);
    }

    private void everyActOnceAndLogged(OrderId id, int begun) {
        List<String> entries = fixture.stage.entries(id);
        assertThat(Collections.frequency(entries, "order.executing")).isEqualTo(begun);
        assertThat(Collections.frequency(entries, "order.attempt-lost")).isEqualTo(begun - 1);
        assertThat(Collections.frequency(entries, "order.isolated")).isEqualTo(1);
        assertThat(Collections.frequency(entries, "order.undoing")).isEqualTo(1);
        assertThat(Collections.frequency(entries, "order.restored")).isEqualTo(1);
        assertThat(entries).doesNotContain("order.illegal");
        assertThat(fixture.cut(guest)).isFalse();
    }
}
