// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.gateway.registry.RegisteredMachines;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;
import org.sparekey.protocol.order.Category;
import org.sparekey.testkit.world.Actor;

/**
 * The process dies at every place between a termination and the destruction of a held disk; everybody says once more what he
 * said. In the end the log holds what it holds where nobody died, and the disk was permitted to go no earlier.
 */
class DeletionsCrashTest {

    @TempDir
    Path directory;

    private DeletionsStage stage;
    private int vps;

    @BeforeEach
    void open() {
        stage = new DeletionsStage(directory);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** What is said, so that it can be said again: the same request, and reports over whatever permit is in force. */
    private final class Story {
        private final DeletedAsset asset;
        private final String order;
        private final byte[] request;
        private final String key = DeletionsStage.key();

        private Story() {
            stage.pass(Duration.ofDays(1));
            vps++;
            asset = stage.machines.machine(vps);
            order = "ORD-0000-%04d".formatted(vps);
            stage.held.wide(
                    order,
                    Category.CONTENT,
                    asset.vpsRef().orElseThrow(),
                    stage.now().plus(Duration.ofDays(60)));
            request = stage.request(stage.reseller(), asset);
        }

        private DeletionAnswer told(Deletions room) {
            stage.room = room;
            Caller reseller = DeletionsStage.caller(stage.reseller(), Role.RESELLER);
            DeletionAnswer answer = room.request(reseller, request, key);
            if (stage.now().isBefore(answer.deletedOn())) {
                stage.graceEnds(answer);
            }
            if (stage.rooms
                    .jdbc()
                    .sql("SELECT state FROM deletions_deletion WHERE deletion_id = :id")
                    .param("id", answer.deletionId())
                    .query(String.class)
                    .single()
                    .equals("destroyed")) {
                return answer;
            }
            DeletionPermit first = stage.ask(answer);
            if (first.act() == Act.MOVE_TO_QUARANTINE) {
                stage.report(answer, first.attempt(), Outcome.QUARANTINED);
            }
            stage.held.release(order);
            DeletionPermit delete = first.act() == Act.DELETE ? first : stage.ask(answer);
            assertThat(delete.act()).isEqualTo(Act.DELETE);
            stage.report(answer, delete.attempt(), Outcome.DESTROYED);
            return answer;
        }
    }

    @Test
    void a_death_at_any_place_loses_nothing_and_doubles_nothing() {
        Death.Walk whole = Death.Walk.through();
        List<String> expected = entries(new Story().told(stage.open(whole::reached)));
        assertThat(expected)
                .containsExactly(
                        "deletion.permitted", "deletion.quarantined", "deletion.permitted", "deletion.destroyed");
        assertThat(whole.passed())
                .contains(
                        "deletions.deletion.requested",
                        "deletions.taking",
                        "deletions.taken",
                        "deletions.deletion.permitted",
                        "deletions.decided",
                        "deletions.deletion.quarantined",
                        "deletions.deletion.destroyed",
                        "deletions.reported");
        for (int place = 0; place < whole.passed().size(); place++) {
            String name = place + " " + whole.passed().get(place);
            Story story = new Story();
            long before = stage.rooms.entries("deletion.requested");
            Death.Walk deadly = Death.Walk.to(place);
            assertThat(catchThrowable(() -> story.told(stage.open(deadly::reached))))
                    .as(name)
                    .isInstanceOf(Death.class);

            DeletionAnswer answer = story.told(stage.open(_ -> {}));

            assertThat(entries(answer)).as(name).isEqualTo(expected);
            assertThat(stage.rooms.entries("deletion.requested")).as(name).isEqualTo(before + 1);
            assertThat(stage.log().stopped()).as(name).isEmpty();
        }
    }

    /** Of one day: more than usual, let through; and a hand that fails, and says what nobody permitted. */
    private List<String> bulk(Deletions room, int first) {
        stage.room = room;
        DeletionAnswer last = IntStream.rangeClosed(first, first + DeletionsStage.USUAL)
                .mapToObj(RegisteredMachines::named)
                .map(stage::terminate)
                .reduce((_, next) -> next)
                .orElseThrow();
        for (BulkList.Group group : room.bulks(stage.officer()).groups()) {
            List<Actor> officers = stage.rooms.world().cast().officers();
            room.approve(
                    stage.officer(), stage.bulk(group.group(), group.deletions(), officers.get(0), officers.get(1)));
        }
        stage.graceEnds(last);
        int attempt = stage.ask(last).attempt();
        stage.report(last, attempt, Outcome.FAILED);
        assertThat(catchThrowable(() -> stage.report(last, attempt, Outcome.QUARANTINED)))
                .hasMessageContaining("nobody permitted that");
        stage.report(last, attempt, Outcome.DESTROYED);
        return entries(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deletions.deletion.bulk",
                "deletions.deletion.bulk-approved",
                "deletions.deletion.failed",
                "deletions.deletion.unpermitted"
            })
    void a_death_around_a_bulk_or_a_strange_report_enters_each_once(String place) {
        stage.machines.machines(1, 1 + DeletionsStage.USUAL);
        Failpoint deadly = name -> {
            if (name.equals(place)) {
                Death.Walk.to(0).reached(name);
            }
        };
        if (place.endsWith("unpermitted")) {
            // Its refusal is looked at above, and so is the death in its place.
            assertThat(catchThrowable(() -> bulk(stage.open(deadly), 1))).isInstanceOf(AssertionError.class);
        } else {
            assertThat(catchThrowable(() -> bulk(stage.open(deadly), 1))).isInstanceOf(Death.class);
        }

        assertThat(bulk(stage.open(_ -> {}), 1))
                .containsExactly("deletion.permitted", "deletion.failed", "deletion.unpermitted", "deletion.destroyed");
        assertThat(stage.rooms.entries("deletion.bulk")).isEqualTo(1);
        assertThat(stage.rooms.entries("deletion.bulk-approved")).isEqualTo(1);
        assertThat(stage.rooms.entries("deletion.requested")).isEqualTo(DeletionsStage.USUAL + 1);
    }

    private List<String> entries(DeletionAnswer answer) {
        stage.log()
                .await(
                        org.sparekey.protocol.json.Digest.of(stage.rooms
                                .jdbc()
                                .sql("SELECT last_leaf FROM deletions_deletion WHERE deletion_id = :id")
                                .param("id", answer.deletionId())
                                .query(byte[].class)
                                .single()),
                        Duration.ofSeconds(30));
        return stage.entries(answer);
    }
}
