// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.registry.RegisteredMachines;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** More than a party's usual number in one day: nothing beyond it is destroyed without two officers. */
class BulkDeletionTest {

    @TempDir
    Path directory;

    private DeletionsStage stage;
    private Actor officer1;
    private Actor officer2;

    @BeforeEach
    void open() {
        stage = new DeletionsStage(directory);
        officer1 = stage.rooms.world().cast().officer1();
        officer2 = stage.rooms.world().cast().officer2();
        stage.machines.machines(1, DeletionsStage.USUAL + 2);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void beyond_the_usual_number_the_answer_is_the_same_and_only_two_officers_let_the_disks_go() {
        List<DeletionAnswer> all = terminated(DeletionsStage.USUAL + 2);
        assertThat(all)
                .extracting(DeletionAnswer::deletedOn)
                .containsOnly(all.getFirst().deletedOn());
        List<String> beyond = all.stream()
                .skip(DeletionsStage.USUAL)
                .map(DeletionAnswer::deletionId)
                .sorted()
                .toList();
        BulkList.Group group = only();
        assertThat(group.deletions()).isEqualTo(beyond);
        assertThat(group.party()).isEqualTo(stage.reseller().party());
        assertThat(stage.rooms.entries("deletion.bulk")).isEqualTo(1);

        stage.graceEnds(all.getFirst());
        assertThat(stage.ask(all.getFirst()).act()).isEqualTo(Act.DELETE);
        assertThat(stage.ask(all.getLast()).act()).isEqualTo(Act.NOT_YET);
        refused(Problem.DOCUMENT_REFUSED, stage.bulk(group.group(), beyond, officer1));
        refused(Problem.DOCUMENT_REFUSED, stage.bulk(group.group(), beyond, officer1, officer1));
        refused(Problem.DOCUMENT_REFUSED, stage.bulk(group.group(), beyond, officer1, stage.panel));
        assertThat(stage.ask(all.getLast()).act()).isEqualTo(Act.NOT_YET);

        List<String> one = beyond.subList(0, 1);
        stage.room.approve(stage.officer(), stage.bulk(group.group(), one, officer1, officer2));
        assertThat(stage.ask(one.getFirst()).act()).isEqualTo(Act.DELETE);
        assertThat(only().deletions()).isEqualTo(beyond.subList(1, 2));
        assertThat(stage.ask(beyond.get(1)).act()).isEqualTo(Act.NOT_YET);
        stage.room.approve(stage.officer(), stage.bulk(group.group(), beyond, officer1, officer2));
        assertThat(stage.room.bulks(stage.officer()).groups()).isEmpty();
        assertThat(stage.ask(beyond.get(1)).act()).isEqualTo(Act.DELETE);
        refused(Problem.CONFLICT, stage.bulk(group.group(), beyond, officer1, officer2));
    }

    @Test
    void officers_let_through_what_they_named_and_no_other_group() {
        terminated(DeletionsStage.USUAL + 1);
        BulkList.Group group = only();
        refused(Problem.CONFLICT, stage.bulk("BLK-0000-0000", group.deletions(), officer1, officer2));
        refused(Problem.CONFLICT, stage.bulk(group.group(), List.of("DEL-0000-0000"), officer1, officer2));
        refused(Problem.MALFORMED_REQUEST, "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> stage.room.approve(stage.panelCaller(), new byte[0]))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
        assertThat(only()).isEqualTo(group);
    }

    @Test
    void two_officers_do_not_lift_a_hold() {
        List<DeletionAnswer> all = terminated(DeletionsStage.USUAL + 1);
        DeletionAnswer last = all.getLast();
        stage.held.wide(
                "ORD-0000-0009",
                org.sparekey.protocol.order.Category.CONTENT,
                last.asset().vpsRef().orElseThrow(),
                stage.now().plus(Duration.ofDays(60)));
        stage.room.approve(stage.officer(), stage.bulk(only().group(), List.of(last.deletionId()), officer1, officer2));
        stage.graceEnds(last);
        assertThat(stage.ask(last).act()).isEqualTo(Act.MOVE_TO_QUARANTINE);
    }

    @Test
    void the_next_day_begins_anew_and_many_at_one_moment_do_not_slip_past_the_number() throws Exception {
        terminated(DeletionsStage.USUAL);
        assertThat(stage.room.bulks(stage.officer()).groups()).isEmpty();
        stage.pass(Duration.ofDays(1));
        stage.machines.machines(50, 50 + DeletionsStage.USUAL);
        List<Future<DeletionAnswer>> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            for (int vps = 50; vps <= 50 + DeletionsStage.USUAL; vps++) {
                int machine = vps;
                answers.add(many.submit(() -> stage.terminate(RegisteredMachines.named(machine))));
            }
        }
        for (Future<DeletionAnswer> answer : answers) {
            assertThat(answer.get().deletionId()).isNotEmpty();
        }
        assertThat(only().deletions()).hasSize(1);
    }

    private List<DeletionAnswer> terminated(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(vps -> stage.terminate(RegisteredMachines.named(vps)))
                .toList();
    }

    private BulkList.Group only() {
        List<BulkList.Group> groups = stage.room.bulks(stage.officer()).groups();
        assertThat(groups).hasSize(1);
        return groups.getFirst();
    }

    private void refused(Problem problem, byte[] statement) {
        assertThatThrownBy(() -> stage.room.approve(stage.officer(), statement))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
