// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;

/** Every shard of both logs is read again, a part at a look. */
class RootChecksTest {

    @TempDir
    Path directory;

    private AlarmStage stage;

    @BeforeEach
    void open() {
        stage = new AlarmStage(directory);
    }

    @Test
    void a_byte_changed_in_a_year_that_is_over_is_alarmed_and_so_is_the_stop_that_follows() {
        String origin = stage.followed.log().origin(LogName.REGISTRY);
        stage.register(5);
        stage.step();
        stage.followed.newYear();
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
        stage.flipAByteOfAnOldEntry();

        stage.followed.pass(Duration.ofHours(1));
        stage.step();
        stage.step();

        assertThat(stage.followed.log().origin(LogName.REGISTRY)).isNotEqualTo(origin);
        assertThat(stage.ear.heard).containsExactly("OPENED ROOT_MISMATCH", "OPENED LOG_STOPPED");
        assertThat(stage.ear.subjects).containsExactly(origin, origin);
    }

    @Test
    void a_look_reads_a_part_of_a_long_log_and_the_next_looks_read_the_rest() {
        stage.register(700);
        PublishedShard shard = stage.followed.log().published(LogName.REGISTRY).getLast();
        RootCheck check = new RootCheck(stage.followed.log(), shard.origin(), Duration.ofHours(1), 256);
        for (int look = 0; look < 2; look++) {
            assertThat(check.look(shard, stage.followed.clock().instant())).isEmpty();
            assertThat(check.judged()).isFalse();
        }
        assertThat(check.look(shard, stage.followed.clock().instant())).isEmpty();
        assertThat(check.judged()).isTrue();
        stage.flipAByteOfAnOldEntry();
        stage.followed.pass(Duration.ofHours(1));
        assertThat(check.look(shard, stage.followed.clock().instant()))
                .containsExactly(Condition.lasting(AlarmKind.ROOT_MISMATCH, shard.origin()));
    }

    /** The whole log has not been read yet since the start: that the alarm is over is not known. */
    @Test
    void an_open_alarm_is_not_over_before_the_log_was_read_again() {
        stage.register(3);
        RootChecks checks = new RootChecks(stage.followed.log(), Duration.ofHours(1));
        Condition open =
                Condition.lasting(AlarmKind.ROOT_MISMATCH, stage.followed.log().origin(LogName.CASE));
        assertThat(checks.look(Set.of(open), stage.followed.clock().instant()))
                .as("nothing of case is published")
                .containsExactly(open);
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.publish();
        assertThat(checks.look(Set.of(open), stage.followed.clock().instant())).isEmpty();
    }
}
