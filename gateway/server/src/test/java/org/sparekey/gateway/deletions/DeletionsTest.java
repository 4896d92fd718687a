// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.gateway.registry.RegisteredMachines;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** From a termination to the destruction of a disk, on a real database and a real log. */
class DeletionsTest {

    private static final Duration LONG = Duration.ofDays(60);

    @TempDir
    private static Path directory;

    private static DeletionsStage stage;
    private static int vps;

    @BeforeAll
    static void open() {
        stage = new DeletionsStage(directory);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    /** A new machine on a new day, so that no test's bulk is another's. */
    private static DeletedAsset machine() {
        stage.pass(Duration.ofDays(1));
        vps++;
        return stage.machines.machine(vps);
    }

    @Test
    void an_unheld_disk_may_go_after_the_grace_and_each_step_stands_in_the_log_before_it_has_effect() {
        DeletedAsset asset = machine();
        Instant told = stage.now();
        DeletionAnswer answer = stage.terminate(asset);
        assertThat(answer.deletedOn()).isEqualTo(DeletionDecisions.deletedOn(told, DeletionsStage.GRACE));
        assertThat(answer.asset()).isEqualTo(asset);
        assertThat(stage.log().payload(answer.entry())).isPresent();

        DeletionPermit early = stage.ask(answer);
        assertThat(early.act()).isEqualTo(Act.NOT_YET);
        assertThat(early.until()).isEqualTo(answer.deletedOn());
        stage.graceEnds(answer);
        DeletionPermit permit = stage.ask(answer);
        assertThat(permit.act()).isEqualTo(Act.DELETE);
        assertThat(permit.asset()).isEqualTo(asset);
        assertThat(permit.until()).isEqualTo(stage.now().plus(DeletionsStage.PERMIT));
        assertThat(stage.entries(answer)).as("recorded before it is handed out").containsExactly("deletion.permitted");
        assertThat(stage.ask(answer).attempt()).as("the same permit again").isEqualTo(1);

        stage.report(answer, 1, Outcome.DESTROYED);
        stage.report(answer, 1, Outcome.DESTROYED);
        refused(Problem.CONFLICT, () -> stage.ask(answer));
        stage.log().await(last(answer), Duration.ofSeconds(30));
        assertThat(stage.entries(answer)).containsExactly("deletion.permitted", "deletion.destroyed");
    }

    @Test
    void a_held_disk_goes_to_quarantine_and_is_destroyed_when_nothing_holds_it_any_more() {
        DeletedAsset asset = machine();
        hold("ORD-0000-0001", Category.CONTENT, asset);
        DeletionAnswer answer = stage.terminate(asset);
        assertThat(stage.ask(answer).until())
                .as("the panel too is told only the date")
                .isEqualTo(answer.deletedOn());
        stage.graceEnds(answer);

        DeletionPermit move = stage.ask(answer);
        assertThat(move.act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
        stage.report(answer, move.attempt(), Outcome.QUARANTINED);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.NOT_YET);
        refused(Problem.CONFLICT, () -> stage.report(answer, move.attempt(), Outcome.DESTROYED));

        stage.held.release("ORD-0000-0001");
        DeletionPermit delete = stage.ask(answer);
        assertThat(delete.act()).isEqualTo(Act.DELETE);
        assertThat(delete.attempt()).isEqualTo(2);
        stage.report(answer, 2, Outcome.DESTROYED);
        stage.log().await(last(answer), Duration.ofSeconds(30));
        assertThat(stage.entries(answer))
                .containsExactly(
                        "deletion.permitted",
                        "deletion.quarantined",
                        "deletion.unpermitted",
                        "deletion.permitted",
                        "deletion.destroyed");
    }

    @Test
    void a_hold_that_ends_by_itself_lets_the_disk_go() {
        DeletedAsset asset = machine();
        DeletionAnswer answer = stage.terminate(asset);
        stage.graceEnds(answer);
        stage.held.wide(
                "ORD-0000-0002",
                Category.CONTENT,
                asset.vpsRef().orElseThrow(),
                stage.now().plusSeconds(60));
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
        stage.pass(Duration.ofSeconds(60));
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
    }

    @Test
    void an_identity_order_holds_no_disk() {
        DeletedAsset asset = machine();
        hold("ORD-0000-0003", Category.SUBSCRIBER, asset);
        DeletionAnswer answer = stage.terminate(asset);
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
    }

    @Test
    void a_hold_on_an_address_that_is_not_located_yet_keeps_whoever_ever_had_it() {
        DeletedAsset asset = machine();
        DeletionAnswer answer = stage.terminate(asset);
        stage.machines.ends(vps, stage.now());
        stage.graceEnds(answer);
        stage.held.wide(
                "ORD-0000-0004",
                Category.CONTENT,
                RegisteredMachines.address(vps),
                stage.now().plus(LONG));
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
        stage.held.release("ORD-0000-0004");
        stage.held.wide(
                "ORD-0000-0005", Category.CONTENT, "192.0.2.250", stage.now().plus(LONG));
        assertThat(stage.ask(answer).act()).as("another's address").isEqualTo(Act.DELETE);
    }

    @Test
    void a_permit_with_half_of_its_time_gone_is_not_handed_out_again() {
        DeletionAnswer answer = stage.terminate(machine());
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).attempt()).isEqualTo(1);
        stage.pass(DeletionsStage.PERMIT.dividedBy(2).minusSeconds(1));
        assertThat(stage.ask(answer).attempt()).isEqualTo(1);
        stage.pass(Duration.ofSeconds(1));
        DeletionPermit second = stage.ask(answer);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.until()).isEqualTo(stage.now().plus(DeletionsStage.PERMIT));
    }

    @Test
    void a_hold_that_comes_while_the_permit_waits_for_its_checkpoint_is_not_too_late() {
        DeletedAsset asset = machine();
        DeletionAnswer answer = stage.terminate(asset);
        stage.graceEnds(answer);
        Deletions slow = stage.open(place -> {
            if (place.equals("deletions.decided")) {
                hold("ORD-0000-0007", Category.CONTENT, asset);
            }
        });
        Deletions usual = stage.room;
        stage.room = slow;
        assertThat(stage.ask(answer).act())
                .as("the permit is in the log, and in nobody's hands")
                .isEqualTo(Act.NOT_YET);
        stage.room = usual;
        assertThat(stage.ask(answer).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
    }

    @Test
    void a_machine_that_runs_is_not_deleted() {
        DeletedAsset asset = machine();
        DeletionAnswer answer = stage.terminate(asset);
        stage.graceEnds(answer);
        stage.machines.running(vps);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.NOT_YET);
        stage.machines.running();
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
    }

    @Test
    void an_unknown_machine_anothers_and_one_named_by_two_are_refused_alike() {
        DeletedAsset own = machine();
        stage.pass(Duration.ofDays(1));
        DeletedAsset foreign = stage.machines.anothers(100 + vps);
        DeletedAsset mixed = new DeletedAsset(own.cluster(), own.uuid(), foreign.vmId(), Optional.empty());
        DeletedAsset unknown =
                new DeletedAsset(own.cluster(), Optional.empty(), Optional.of("no-such-number"), Optional.empty());
        List<String> details = new ArrayList<>();
        for (DeletedAsset asset : List.of(foreign, mixed, unknown)) {
            assertThatThrownBy(() -> stage.terminate(asset)).isInstanceOfSatisfying(ProblemException.class, problem -> {
                assertThat(problem.problem()).isEqualTo(Problem.NOT_FOUND);
                details.add(problem.detail());
            });
        }
        assertThat(details).hasSize(3).containsOnly(details.getFirst());
    }

    @Test
    void the_panel_terminates_anybodys_machine_and_the_reseller_gets_the_same_date_afterwards() {
        DeletedAsset asset = machine();
        DeletionAnswer panels = stage.room.request(
                stage.panelCaller(), stage.request(stage.panel, "hoster", asset, stage.now()), DeletionsStage.key());
        stage.pass(Duration.ofDays(3));
        assertThat(stage.terminate(asset)).isEqualTo(panels);
        assertThat(stage.room
                        .list(DeletionsStage.caller(stage.reseller(), Role.RESELLER))
                        .deletions())
                .contains(panels);
        assertThat(stage.room.list(stage.panelCaller()).deletions()).doesNotContain(panels);
        stage.graceEnds(panels);
        assertThat(stage.room.list(stage.panelCaller()).deletions()).contains(panels);
    }

    @Test
    void the_same_request_is_answered_the_same_for_ever_and_entered_once() {
        DeletedAsset asset = machine();
        long before = stage.rooms.entries("deletion.requested");
        byte[] request = stage.request(stage.reseller(), asset);
        Caller caller = DeletionsStage.caller(stage.reseller(), Role.RESELLER);
        String key = DeletionsStage.key();
        DeletionAnswer first = stage.room.request(caller, request, key);
        assertThat(stage.room.request(caller, request, key)).isEqualTo(first);
        stage.pass(Duration.ofDays(20));
        assertThat(stage.room.request(caller, request, DeletionsStage.key())).isEqualTo(first);
        assertThat(stage.rooms.entries("deletion.requested")).isEqualTo(before + 1);
        refused(
                Problem.IDEMPOTENCY_KEY_REUSED,
                () -> stage.room.request(caller, stage.request(stage.reseller(), asset), key));
    }

    @Test
    void two_at_once_terminate_one_machine_once() throws Exception {
        DeletedAsset asset = machine();
        long before = stage.rooms.entries("deletion.requested");
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<DeletionAnswer> one = both.submit(() -> stage.terminate(asset));
            Future<DeletionAnswer> two = both.submit(() -> stage.room.request(
                    stage.panelCaller(),
                    stage.request(stage.panel, "hoster", asset, stage.now()),
                    DeletionsStage.key()));
            assertThat(one.get()).isEqualTo(two.get());
        }
        assertThat(stage.rooms.entries("deletion.requested")).isEqualTo(before + 1);
    }

    @Test
    void two_who_ask_at_once_get_one_permit_of_one_entry() throws Exception {
        DeletionAnswer answer = stage.terminate(machine());
        stage.graceEnds(answer);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<DeletionPermit> one = both.submit(() -> stage.ask(answer));
            Future<DeletionPermit> two = both.submit(() -> stage.ask(answer));
            assertThat(one.get().attempt()).isEqualTo(1);
            assertThat(two.get().attempt()).isEqualTo(1);
        }
        assertThat(stage.entries(answer)).containsExactly("deletion.permitted");
    }

    @Test
    void a_request_that_another_signed_or_that_was_altered_is_refused_and_entered() {
        DeletedAsset asset = machine();
        Actor other = stage.rooms.world().cast().otherReseller();
        Caller caller = DeletionsStage.caller(stage.reseller(), Role.RESELLER);
        long before = stage.rooms.entries(Terminations.REFUSED);
        byte[] forged = stage.request(other, stage.reseller().party(), asset, stage.now());
        refused(Problem.DOCUMENT_REFUSED, () -> stage.room.request(caller, forged, DeletionsStage.key()));
        byte[] namesAnother = stage.request(stage.reseller(), other.party(), asset, stage.now());
        refused(Problem.DOCUMENT_REFUSED, () -> stage.room.request(caller, namesAnother, DeletionsStage.key()));
        byte[] flipped = stage.request(stage.reseller(), asset);
        flipped[flipped.length - 3] = flipped[flipped.length - 3] == 'A' ? (byte) 'B' : (byte) 'A';
        refused(Problem.DOCUMENT_REFUSED, () -> stage.room.request(caller, flipped, DeletionsStage.key()));
        byte[] ahead = stage.request(
                stage.reseller(), stage.reseller().party(), asset, stage.now().plus(Duration.ofHours(1)));
        refused(Problem.MALFORMED_REQUEST, () -> stage.room.request(caller, ahead, DeletionsStage.key()));
        for (String garbage : List.of("", "{}", "a.b.c", "\u0000")) {
            refused(
                    Problem.MALFORMED_REQUEST,
                    () -> stage.room.request(caller, garbage.getBytes(StandardCharsets.UTF_8), DeletionsStage.key()));
        }
        assertThat(stage.rooms.entries(Terminations.REFUSED)).isEqualTo(before + 4);
    }

    @Test
    void nobody_but_the_hosters_own_delete_path_asks_or_reports() {
        DeletionAnswer answer = stage.terminate(machine());
        stage.graceEnds(answer);
        for (Role role : Role.values()) {
            if (role != Role.OPERATOR) {
                Caller caller = DeletionsStage.caller(stage.reseller(), role);
                refused(Problem.FORBIDDEN, () -> stage.room.ask(caller, answer.deletionId(), new byte[0]));
                refused(Problem.FORBIDDEN, () -> stage.room.report(caller, answer.deletionId(), new byte[0]));
            }
        }
        refused(Problem.NOT_FOUND, () -> stage.ask("DEL-0000-0000"));
        refused(Problem.NOT_FOUND, () -> stage.ask("' OR 1=1"));
    }

    @Test
    void what_nobody_permitted_is_entered_and_changes_nothing() {
        DeletedAsset asset = machine();
        hold("ORD-0000-0008", Category.CONTENT, asset);
        DeletionAnswer answer = stage.terminate(asset);
        refused(Problem.NOT_FOUND, () -> stage.report(answer, 1, Outcome.DESTROYED));
        stage.graceEnds(answer);
        DeletionPermit move = stage.ask(answer);
        refused(Problem.CONFLICT, () -> stage.report(answer, move.attempt(), Outcome.DESTROYED));
        assertThat(stage.ask(answer).attempt()).isEqualTo(move.attempt());
        stage.log().await(last(answer), Duration.ofSeconds(30));
        assertThat(stage.entries(answer)).containsExactly("deletion.permitted", "deletion.unpermitted");
        DeletionAnswer other = stage.terminate(machine());
        refused(
                Problem.DOCUMENT_REFUSED,
                () -> stage.room.report(
                        stage.panelCaller(), other.deletionId(), stage.reported(answer, 1, Outcome.QUARANTINED)));
    }

    @Test
    void a_permit_that_ran_out_has_a_new_number_and_a_late_report_of_the_old_one_counts() {
        DeletionAnswer answer = stage.terminate(machine());
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).attempt()).isEqualTo(1);
        stage.pass(DeletionsStage.PERMIT);
        assertThat(stage.ask(answer).attempt()).isEqualTo(2);
        stage.report(answer, 2, Outcome.FAILED);
        assertThat(stage.ask(answer).attempt()).isEqualTo(2);
        stage.report(answer, 1, Outcome.DESTROYED);
        refused(Problem.CONFLICT, () -> stage.ask(answer));
    }

    @Test
    void a_row_that_is_behind_its_log_permits_nothing() {
        DeletionAnswer answer = stage.terminate(machine());
        stage.graceEnds(answer);
        assertThat(stage.ask(answer).act()).isEqualTo(Act.DELETE);
        stage.rooms.jdbc().sql("""
                UPDATE deletions_deletion SET state = 'waiting', attempt = 0, case_seq = NULL, last_leaf = NULL
                WHERE deletion_id = :id
                """).param("id", answer.deletionId()).update();
        assertThatThrownBy(() -> stage.ask(answer)).hasMessageContaining("restored-behind-log");
    }

    private static void hold(String order, Category category, DeletedAsset asset) {
        stage.held.wide(order, category, "192.0.2.251", stage.now().plus(LONG));
        stage.held.narrow(order, DeletionsStage.located(asset));
    }

    private static org.sparekey.protocol.json.Digest last(DeletionAnswer answer) {
        return org.sparekey.protocol.json.Digest.of(stage.rooms
                .jdbc()
                .sql("SELECT last_leaf FROM deletions_deletion WHERE deletion_id = :id")
                .param("id", answer.deletionId())
                .query(byte[].class)
                .single());
    }

    private static void refused(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
