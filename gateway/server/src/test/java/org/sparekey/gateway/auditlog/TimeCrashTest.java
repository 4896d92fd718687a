// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Digest;

/** Deaths around each step of a time-stamp, two workers on one question, and hands that should not touch the tables. */
class TimeCrashTest {

    @TempDir
    Path root;

    private TimeFixture hour;
    private AuditLog log;
    private Digest head;

    @BeforeEach
    void start() {
        hour = new TimeFixture(root);
        log = hour.fixture.start();
        head = hour.grow(log);
    }

    @AfterEach
    void stop() {
        hour.close();
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static Failpoint at(String point) {
        return name -> {
            if (name.equals(point)) {
                throw new Crash();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"time.claimed", "time.answered", "time.storing", "time.stored"})
    void a_crash_around_any_step_leaves_one_token_and_one_entry(String point) {
        TimeStamping dying = hour.start(log, at(point));
        assertThatThrownBy(dying::step).isInstanceOf(Crash.class);

        TimeStamping time = hour.start(log);
        TimeFixture.all(time);
        hour.pass(TimeStamping.LEASE);
        TimeFixture.all(time);

        assertThat(time.token(head)).isPresent();
        assertThat(time.state().waiting()).isZero();
        assertThat(tokens()).isEqualTo(1);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void a_worker_that_lost_its_lease_stores_nothing_beside_the_other_s_token() {
        TimeStamping quick = hour.start(log);
        TimeStamping slow = hour.start(log, name -> {
            if (name.equals("time.answered")) {
                hour.pass(TimeStamping.LEASE);
                TimeFixture.all(quick);
            }
        });
        slow.step();

        assertThat(hour.tsa.stamped()).containsExactly(head, head);
        assertThat(tokens()).isEqualTo(1);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void two_gateways_ask_once_for_one_hour() {
        TimeStamping one = hour.start(log);
        TimeStamping other = hour.start(hour.fixture.start());
        one.step();
        other.step();
        TimeFixture.all(one);
        TimeFixture.all(other);
        assertThat(hour.tsa.stamped()).containsExactly(head);
    }

    @Test
    void a_stopped_log_takes_no_token_and_the_question_waits() {
        TimeStamping time = hour.start(log);
        hour.fixture.criminal().sql("""
                        ALTER TABLE auditlog_tile DISABLE TRIGGER ALL;
                        UPDATE auditlog_tile SET hashes = set_byte(hashes, 1, get_byte(hashes, 1) # 1);
                        ALTER TABLE auditlog_tile ENABLE TRIGGER ALL
                        """).update();
        hour.fixture.append(log, LogFixture.statement("next"));
        assertThatThrownBy(() -> LogFixture.all(log)).isInstanceOf(RuntimeException.class);
        assertThat(log.stopped()).isPresent();

        assertThatThrownBy(time::step).isInstanceOf(LogStoppedException.class);
        assertThat(time.state().waiting()).isEqualTo(1);
        assertThat(tokens()).isZero();
    }

    @Test
    void not_even_the_owner_changes_a_token_or_what_was_to_be_stamped() {
        TimeFixture.all(hour.start(log));
        List<String> accidents = List.of(
                "UPDATE auditlog_token SET stamped_at = now()",
                "DELETE FROM auditlog_token",
                "TRUNCATE auditlog_token",
                "DELETE FROM auditlog_stamp",
                "UPDATE auditlog_stamp SET note = 'x'",
                "UPDATE auditlog_stamp SET state = 'waiting'");
        for (String sql : accidents) {
            assertThatThrownBy(() -> hour.fixture
                            .jdbc(hour.fixture.access.owner())
                            .sql(sql)
                            .update())
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining("append-only");
        }
        for (String sql : accidents.subList(0, 4)) {
            assertThatThrownBy(() -> hour.fixture
                            .jdbc(hour.fixture.access.app())
                            .sql(sql)
                            .update())
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    private int tokens() {
        return hour.fixture
                .app()
                .sql("SELECT count(*) FROM auditlog_token")
                .query(Integer.class)
                .single();
    }

    private int entries() {
        LogFixture.all(log);
        return (int) log.from(LogName.CASE, 0, 100).stream()
                .filter(entry -> entry.parsed().type().equals(StampRecord.ENTRY))
                .count();
    }
}
