// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.protocol.json.Digest;

class AlarmsTest {

    private static final Actor OFFICER = new Actor("OFFICER", Optional.of(Digest.sha256("officer".getBytes())));

    @TempDir
    Path directory;

    private AlarmStage stage;

    @BeforeEach
    void open() {
        stage = new AlarmStage(directory);
    }

    @Test
    void a_condition_is_entered_and_told_once_when_it_begins_and_once_when_it_ends() {
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.pass(Duration.ofSeconds(6));
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED OUTBOX_STALE");
        stage.followed.publish();
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED OUTBOX_STALE", "CLOSED OUTBOX_STALE");
        assertThat(stage.entered()).containsExactly("opened outbox-stale", "closed outbox-stale");
        assertThat(stage.alarms.open()).isEmpty();
    }

    @Test
    void a_frozen_order_is_alarmed_until_two_officers_have_said_what_becomes_of_it() {
        Pending submitted = stage.followed.ofCase("order.submitted", OFFICER, CaseLink.first("ORD-1"), Map.of());
        CaseLink frozen = CaseLink.first("ORD-1").next(submitted.leafHash());
        Pending said = stage.followed.ofCase("order.frozen", Actor.GATEWAY, frozen, Map.of());
        stage.followed.publish();
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED ORDER_FROZEN");
        assertThat(stage.alarms.open())
                .containsExactly(Condition.lasting(
                        AlarmKind.ORDER_FROZEN, said.leafHash().base64url()));

        stage.followed.ofCase("order.begun-again", OFFICER, frozen.next(said.leafHash()), Map.of());
        stage.followed.publish();
        stage.step();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED ORDER_FROZEN", "CLOSED ORDER_FROZEN");
        assertThat(stage.alarms.open()).isEmpty();
    }

    @Test
    void an_order_that_was_frozen_and_thawed_since_the_last_look_is_alarmed_all_the_same() {
        Pending submitted = stage.followed.ofCase("order.submitted", OFFICER, CaseLink.first("ORD-1"), Map.of());
        CaseLink frozen = CaseLink.first("ORD-1").next(submitted.leafHash());
        Pending said = stage.followed.ofCase("order.frozen", Actor.GATEWAY, frozen, Map.of());
        stage.followed.ofCase("order.abandoned", OFFICER, frozen.next(said.leafHash()), Map.of());
        stage.followed.publish();
        stage.step();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED ORDER_FROZEN");
        assertThat(stage.alarms.open()).isEmpty();
    }

    @Test
    void one_byte_changed_by_a_superuser_in_an_old_entry_is_alarmed_by_the_next_whole_reading() {
        for (int n = 0; n < 5; n++) {
            stage.followed.of(LogName.REGISTRY, "registration.accepted", Actor.GATEWAY, Map.of("n", "n" + n));
        }
        stage.followed.publish();
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
        stage.flipAByteOfAnOldEntry();

        stage.followed.pass(Duration.ofHours(1));
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED ROOT_MISMATCH");
        stage.step();
        stage.step();
        assertThat(stage.ear.heard)
                .as("the log stopped over it; each is told once")
                .containsExactly("OPENED ROOT_MISMATCH", "OPENED LOG_STOPPED");
        assertThat(stage.spool().all()).hasSize(2).noneMatch(Spool.Waiting::entered);

        stage.flipAByteOfAnOldEntry();
        stage.restart();
        stage.step();
        stage.step();
        assertThat(stage.entered())
                .contains("opened root-mismatch", "opened log-stopped", "closed root-mismatch", "closed log-stopped");
        assertThat(stage.spool().all()).isEmpty();
    }

    @Test
    void a_checkpoint_whose_row_comes_a_moment_later_accuses_nobody() {
        stage.register(3);
        stage.step();
        publicationAhead();
        stage.step();
        publicationLevel();
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
    }

    @Test
    void entries_that_are_still_missing_at_the_next_look_are_alarmed() {
        stage.register(3);
        stage.step();
        publicationAhead();
        stage.step();
        assertThat(stage.ear.heard).isEmpty();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED ROOT_MISMATCH");
    }

    /** As between the checkpoint's file and the commit of its row. */
    private void publicationAhead() {
        stage.followed.criminal().sql("""
                CREATE TABLE level AS SELECT * FROM auditlog_publication WHERE origin LIKE '%/registry/%'
                """).update();
        stage.register(2);
        swap();
    }

    private void publicationLevel() {
        swap();
    }

    private void swap() {
        stage.followed.criminal().sql("""
                ALTER TABLE auditlog_publication DISABLE TRIGGER ALL;
                CREATE TABLE swapped AS SELECT p.* FROM auditlog_publication p JOIN level USING (origin);
                UPDATE auditlog_publication p SET size = l.size, note = l.note FROM level l WHERE p.origin = l.origin;
                DROP TABLE level;
                ALTER TABLE swapped RENAME TO level;
                ALTER TABLE auditlog_publication ENABLE TRIGGER ALL
                """).update();
    }

    @Test
    void a_changed_entry_is_alarmed_at_the_next_start_too() {
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.publish();
        stage.step();
        stage.followed.criminal().sql("""
                ALTER TABLE auditlog_entry DISABLE TRIGGER ALL;
                UPDATE auditlog_entry SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)
                WHERE origin LIKE '%/case/%' AND leaf_index = 0;
                ALTER TABLE auditlog_entry ENABLE TRIGGER ALL
                """).update();

        stage.restart();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED ROOT_MISMATCH");
    }

    @Test
    void a_stopped_logs_alarm_leaves_through_the_spool_and_is_entered_when_the_log_goes_on() {
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.criminal().sql("""
                ALTER TABLE auditlog_outbox DISABLE TRIGGER ALL;
                UPDATE auditlog_outbox SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1);
                ALTER TABLE auditlog_outbox ENABLE TRIGGER ALL
                """).update();
        stops();
        stage.step();
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED LOG_STOPPED");
        assertThat(stage.spool().all()).singleElement().matches(waiting -> !waiting.entered());

        stage.followed.criminal().sql("""
                ALTER TABLE auditlog_outbox DISABLE TRIGGER ALL;
                UPDATE auditlog_outbox SET bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1);
                ALTER TABLE auditlog_outbox ENABLE TRIGGER ALL
                """).update();
        stage.restart();
        stage.step();
        stage.step();
        assertThat(stage.entered()).contains("opened log-stopped", "closed log-stopped");
        assertThat(stage.spool().all()).isEmpty();
        assertThat(stage.ear.heard.stream().filter("OPENED LOG_STOPPED"::equals))
                .hasSize(1);
    }

    private void stops() {
        try {
            stage.followed.log().stepper().step();
        } catch (RuntimeException stopped) {
            assertThat(stage.followed.log().stopped()).isPresent();
            return;
        }
        throw new AssertionError("the log went on over an altered entry");
    }

    @Test
    void a_missing_time_stamp_is_told_once_and_so_is_the_one_that_came() {
        stage.time = new TimeState(
                true,
                1,
                Optional.of(stage.followed.clock().instant().minus(Duration.ofHours(3))),
                Optional.of("UNREACHABLE"),
                Optional.empty());
        stage.step();
        stage.step();
        stage.time = new TimeState(true, 0, Optional.empty(), Optional.empty(), Optional.empty());
        stage.step();
        assertThat(stage.entered()).containsExactly("opened token-missing", "closed token-missing");
        assertThat(stage.ear.heard).containsExactly("OPENED TOKEN_MISSING", "CLOSED TOKEN_MISSING");
    }

    @Test
    void a_channel_that_is_away_gets_the_notice_later_and_the_log_no_second_entry() {
        stage.ear.away = true;
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.pass(Duration.ofSeconds(6));
        stage.step();
        stage.followed.pass(Duration.ofSeconds(1));
        stage.step();
        assertThat(stage.ear.heard).isEmpty();

        stage.ear.away = false;
        stage.step();
        assertThat(stage.ear.heard).as("not before its retry is due").isEmpty();
        stage.followed.pass(Postman.FIRST_RETRY);
        stage.step();
        assertThat(stage.ear.heard).containsExactly("OPENED OUTBOX_STALE");
        assertThat(stage.entered()).containsExactly("opened outbox-stale");
    }

    /** A password file that is gone, an address that is none: the other channels and the log learn of the alarm all the same. */
    @Test
    void a_channel_that_is_misconfigured_keeps_no_alarm_from_the_others() {
        Channel broken = new WebhookChannel(URI.create("hooks.hoster.example/alarms"));
        Alarms alarms = stage.open(stage.followed.log(), List.of(broken, stage.ear));
        stage.spool()
                .raise(
                        UUID.fromString("00000000-0000-4000-8000-000000000001"),
                        Condition.lasting(AlarmKind.DATABASE_AWAY, "database"),
                        stage.followed.clock().instant());

        alarms.step();
        alarms.step();

        assertThat(stage.ear.heard).containsExactly("OPENED DATABASE_AWAY", "CLOSED DATABASE_AWAY");
        assertThat(stage.entered()).containsExactly("opened database-away", "closed database-away");
    }

    @Test
    void two_replicas_that_see_the_same_tell_it_once() {
        Alarms other = stage.open(stage.followed.log());
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.pass(Duration.ofSeconds(6));

        stage.step();
        other.step();

        assertThat(stage.ear.heard).containsExactly("OPENED OUTBOX_STALE");
        assertThat(stage.entered()).containsExactly("opened outbox-stale");
    }

    @Test
    void a_capture_without_a_verified_and_approved_order_is_alarmed_and_a_regular_one_is_not() {
        stage.followed.ofCase("order.executing", Actor.GATEWAY, CaseLink.first("ORD-0000-0001"), Map.of());
        Digest last = stage.followed
                .ofCase("order.verified", Actor.GATEWAY, CaseLink.first("ORD-0000-0002"), Map.of())
                .leafHash();
        Pending approved = stage.followed.ofCase(
                "order.approved", Actor.GATEWAY, new CaseLink("ORD-0000-0002", 1, Optional.of(last)), Map.of());
        stage.followed.ofCase(
                "order.executing",
                Actor.GATEWAY,
                new CaseLink("ORD-0000-0002", 2, Optional.of(approved.leafHash())),
                Map.of());
        stage.followed.publish();

        stage.step();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED CAPTURE_WITHOUT_ORDER");
        assertThat(stage.entered()).containsExactly("opened capture-without-order");
    }

    /** Nobody looked between the last entries of the year and the change to the next. */
    @Test
    void what_was_entered_in_the_last_moments_of_a_year_is_judged_in_the_next() {
        stage.followed.of(LogName.CASE, "order.received", Actor.GATEWAY, Map.of());
        stage.followed.publish();
        stage.step();
        stage.followed.ofCase("order.executing", Actor.GATEWAY, CaseLink.first("ORD-0000-0001"), Map.of());
        stage.followed.publish();

        stage.followed.newYear();
        stage.step();
        assertThat(stage.ear.heard).contains("OPENED CAPTURE_WITHOUT_ORDER");

        stage.followed.ofCase("order.executing", Actor.GATEWAY, CaseLink.first("ORD-0000-0002"), Map.of());
        stage.followed.publish();
        stage.step();
        assertThat(stage.ear.heard.stream().filter("OPENED CAPTURE_WITHOUT_ORDER"::equals))
                .hasSize(2);
    }

    @Test
    void a_release_that_one_officer_signed_twice_is_alarmed() {
        Digest last = stage.followed
                .ofCase("order.approval", OFFICER, CaseLink.first("ORD-0000-0003"), Map.of("decision", "RELEASE"))
                .leafHash();
        Digest again = stage.followed
                .ofCase(
                        "order.approval",
                        OFFICER,
                        new CaseLink("ORD-0000-0003", 1, Optional.of(last)),
                        Map.of("decision", "RELEASE"))
                .leafHash();
        stage.followed.ofCase(
                "order.released", Actor.GATEWAY, new CaseLink("ORD-0000-0003", 2, Optional.of(again)), Map.of());
        stage.followed.publish();

        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED DELIVERY_WITHOUT_APPROVALS");
    }

    @Test
    void many_orders_under_one_key_in_a_day_are_alarmed_once() {
        for (int n = 0; n < 5; n++) {
            stage.followed.ofCase("order.submitted", OFFICER, CaseLink.first("ORD-0000-100" + n), Map.of());
        }
        stage.followed.publish();

        stage.step();
        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED MANY_ORDERS");
    }

    @Test
    void a_key_that_is_not_the_senders_is_alarmed_once_a_day() {
        for (int n = 0; n < 3; n++) {
            stage.followed.of(LogName.CASE, "edge.refused", OFFICER, Map.of("reason", "keys-disagree"));
        }
        stage.followed.of(LogName.CASE, "edge.refused", OFFICER, Map.of("reason", "signature-expired"));
        stage.followed.publish();

        stage.step();

        assertThat(stage.ear.heard).containsExactly("OPENED UNKNOWN_KEY");
    }

    @Test
    void an_alarm_that_was_spooled_before_a_crash_is_sent_by_the_next_start() {
        stage.spool()
                .raise(
                        UUID.fromString("00000000-0000-4000-8000-000000000001"),
                        Condition.lasting(AlarmKind.DATABASE_AWAY, "database"),
                        stage.followed.clock().instant());

        stage.restart();
        stage.step();
        stage.step();

        assertThat(stage.ear.heard).contains("OPENED DATABASE_AWAY");
        assertThat(stage.entered()).containsExactly("opened database-away", "closed database-away");
        assertThat(stage.spool().all()).isEmpty();
    }
}
