// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.sparekey.protocol.json.Digest;

/** What alarms come from besides the log's own figures: the spool, the mirror, and what entries of other rooms say. */
class AlarmSourcesTest {

    @TempDir
    Path directory;

    private AlarmStage stage;

    @BeforeEach
    void open() {
        stage = new AlarmStage(directory);
    }

    @Test
    void a_damaged_file_of_the_spool_is_put_aside_and_told_and_keeps_back_nothing() throws IOException {
        Path garbage = stage.spoolDirectory().resolve("0-garbage.alarm.json");
        Path unknown = stage.spoolDirectory().resolve("0-unknown.alarm.json");
        Files.createDirectories(stage.spoolDirectory());
        Files.writeString(garbage, "{\"v\":1,\"alarm\":");
        stage.spool()
                .raise(
                        UUID.fromString("00000000-0000-4000-8000-000000000001"),
                        Condition.lasting(AlarmKind.DATABASE_AWAY, "database"),
                        stage.followed.clock().instant());
        Files.writeString(
                unknown,
                Files.readString(stage.spoolDirectory().resolve("00000000-0000-4000-8000-000000000001.alarm.json"))
                        .replace("DATABASE_AWAY", "OF_A_LATER_VERSION"));

        stage.step();
        stage.step();

        assertThat(stage.ear.heard)
                .containsExactlyInAnyOrder(
                        "OPENED DATABASE_AWAY", "OPENED SPOOL_DAMAGED", "OPENED SPOOL_DAMAGED", "CLOSED DATABASE_AWAY");
        for (Path damaged : List.of(garbage, unknown)) {
            Files.delete(damaged.resolveSibling(damaged.getFileName() + ".damaged"));
        }
        stage.step();
        assertThat(stage.ear.heard).endsWith("CLOSED SPOOL_DAMAGED", "CLOSED SPOOL_DAMAGED");
    }

    @Test
    void a_mirror_that_stands_still_is_told_once_and_when_it_goes_on() {
        Instant now = stage.followed.clock().instant();
        stage.mirrors = List.of(mirror(MirrorFacts.State.AWAY, Optional.of(now), 0));
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
        stage.followed.pass(Duration.ofMinutes(5).plusSeconds(1));
        stage.step();
        stage.step();
        stage.mirrors = List.of(mirror(MirrorFacts.State.FOLLOWING, Optional.of(now), 0));
        stage.step();
        assertThat(stage.entered()).containsExactly("opened mirror-stands", "closed mirror-stands");
        assertThat(stage.ear.heard).containsExactly("OPENED MIRROR_STANDS", "CLOSED MIRROR_STANDS");
    }

    @Test
    void a_mirror_that_never_answered_that_is_misconfigured_or_that_strangers_write_to_is_told() {
        stage.mirrors = List.of(mirror(MirrorFacts.State.AWAY, Optional.empty(), 0));
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
        stage.followed.pass(Duration.ofMinutes(6));
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED MIRROR_STANDS");
        stage.mirrors = List.of(mirror(MirrorFacts.State.MISCONFIGURED, Optional.empty(), 2));
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED MIRROR_STANDS", "OPENED MIRROR_STRANGERS");
    }

    private static MirrorFacts mirror(MirrorFacts.State state, Optional<Instant> success, int strangers) {
        return new MirrorFacts(
                LogName.CASE, "log.hoster.example/log/case/2026", state, 0, success, strangers, Optional.empty());
    }

    @Test
    void a_drop_of_coverage_is_alarmed_once_for_each_resellers_day() {
        for (int n = 0; n < 2; n++) {
            stage.followed.of(LogName.CASE, "coverage.dropped", Actor.GATEWAY, Map.of("day", "2026-11-22"));
        }
        stage.followed.of(LogName.REGISTRY, "coverage.signed", Actor.GATEWAY, Map.of("day", "2026-11-22"));
        stage.followed.publish();

        stage.step();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED COVERAGE_DROPPED", "OPENED COVERAGE_DROPPED");
        assertThat(stage.ear.subjects).doesNotHaveDuplicates();
    }

    @Test
    void whoever_asks_for_cases_that_are_not_his_is_alarmed_once_a_day() {
        Actor investigator =
                new Actor("INVESTIGATOR", Optional.of(Digest.sha256("investigator".getBytes(StandardCharsets.UTF_8))));
        for (int n = 0; n < 3; n++) {
            stage.followed.of(LogName.CASE, "order.read-refused", investigator, Map.of());
        }
        stage.followed.of(LogName.CASE, "order.read", investigator, Map.of("what", "answer"));
        stage.followed.publish();

        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED STRANGE_READER");
        assertThat(stage.ear.subjects)
                .containsExactly(investigator.keyId().orElseThrow().base64url() + " 2026-11-23");
    }

    @Test
    void a_bulk_deletion_is_told_once_and_over_when_two_officers_let_all_of_it_through() {
        bulk("deletion.bulk", Map.of("group", "BLK-0000-0001"));
        stage.step();
        stage.step();
        bulk("deletion.bulk-approved", Map.of("group", "BLK-0000-0001", "left", "2"));
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED BULK_DELETION");
        stage.restart();
        stage.step();
        bulk("deletion.bulk-approved", Map.of("group", "BLK-0000-0001", "left", "0"));
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED BULK_DELETION", "CLOSED BULK_DELETION");
        assertThat(stage.ear.subjects).containsOnly("BLK-0000-0001");
        assertThat(stage.entered()).containsExactly("opened bulk-deletion", "closed bulk-deletion");
    }

    @Test
    void a_bulk_deletion_that_was_decided_before_anybody_looked_is_told_all_the_same() {
        bulk("deletion.bulk", Map.of("group", "BLK-0000-0002"));
        bulk("deletion.bulk-approved", Map.of("group", "BLK-0000-0002", "left", "0"));
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED BULK_DELETION");
        assertThat(stage.alarms.open()).isEmpty();
    }

    private void bulk(String type, Map<String, String> clear) {
        stage.followed.of(LogName.CASE, type, Actor.GATEWAY, clear);
        stage.followed.publish();
    }
}
