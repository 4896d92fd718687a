// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.LogFacts;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.StopReason;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.gateway.auditlog.WitnessFacts;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.sparekey.protocol.json.Digest;

class AlarmDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final AlarmSettings SETTINGS = AlarmStage.settings();
    private static final Condition STALE = Condition.lasting(AlarmKind.OUTBOX_STALE, "case");

    @Test
    void a_log_that_keeps_up_gives_no_alarm() {
        assertThat(holding(facts(Optional.empty(), Optional.empty(), List.of(), Optional.empty())))
                .isEmpty();
        assertThat(holding(facts(ago(5), ago(60), List.of(failing(300)), Optional.empty())))
                .as("exactly at the limit")
                .isEmpty();
    }

    @Test
    void each_figure_beyond_its_limit_gives_its_own_condition() {
        assertThat(holding(facts(ago(6), Optional.empty(), List.of(), Optional.empty())))
                .containsExactly(STALE);
        assertThat(holding(facts(Optional.empty(), ago(61), List.of(), Optional.empty())))
                .containsExactly(Condition.lasting(AlarmKind.CHECKPOINT_STALE, "case"));
        assertThat(holding(facts(Optional.empty(), Optional.empty(), List.of(failing(301)), Optional.empty())))
                .containsExactly(Condition.lasting(AlarmKind.WITNESS_MISSING, "case police.example"));
        assertThat(holding(facts(Optional.empty(), Optional.empty(), List.of(), Optional.of(StopReason.FORKED))))
                .containsExactly(Condition.lasting(AlarmKind.LOG_STOPPED, "case"));
    }

    @Test
    void a_condition_is_told_when_it_begins_and_when_it_ends_and_not_in_between() {
        assertThat(AlarmDecisions.changes(Set.of(), Set.of(STALE)).opened()).containsExactly(STALE);
        assertThat(AlarmDecisions.changes(Set.of(STALE), Set.of(STALE)).none()).isTrue();
        assertThat(AlarmDecisions.changes(Set.of(STALE), Set.of()).closed()).containsExactly(STALE);
    }

    @Test
    void what_happened_at_one_moment_is_opened_and_closed_together() {
        Condition happened = Condition.happened(AlarmKind.UNKNOWN_KEY, "k 2026-11-23");

        AlarmDecisions.Changes changes = AlarmDecisions.changes(Set.of(), Set.of(happened));

        assertThat(changes.opened()).containsExactly(happened);
        assertThat(changes.closed()).containsExactly(happened);
    }

    @Test
    void retries_grow_and_never_stop() {
        assertThat(Postman.retry(1)).isEqualTo(Postman.FIRST_RETRY);
        assertThat(Postman.retry(2)).isEqualTo(Postman.FIRST_RETRY.multipliedBy(2));
        assertThat(Postman.retry(1000)).isEqualTo(Postman.LAST_RETRY);
    }

    @Test
    void a_time_stamp_that_is_missing_for_more_than_two_hours_is_alarmed() {
        assertThat(AlarmDecisions.holding(List.of(), stamped(ago(7_200)), SETTINGS, NOW))
                .isEmpty();
        assertThat(AlarmDecisions.holding(List.of(), stamped(ago(7_201)), SETTINGS, NOW))
                .containsExactly(Condition.lasting(AlarmKind.TOKEN_MISSING, "time-stamps"));
    }

    private static TimeState stamped(Optional<Instant> missingSince) {
        return new TimeState(true, 1, missingSince, Optional.of("UNREACHABLE"), Optional.empty());
    }

    private static Set<Condition> holding(LogFacts facts) {
        return AlarmDecisions.holding(List.of(facts), stamped(Optional.empty()), SETTINGS, NOW);
    }

    @Test
    void what_holds_beside_what_began_is_not_told_again() {
        Condition other = Condition.lasting(AlarmKind.CHECKPOINT_STALE, "case");

        AlarmDecisions.Changes began = AlarmDecisions.changes(Set.of(STALE), Set.of(STALE, other));
        AlarmDecisions.Changes ended = AlarmDecisions.changes(Set.of(STALE, other), Set.of(STALE));

        assertThat(began.opened()).containsExactly(other);
        assertThat(began.closed()).isEmpty();
        assertThat(began.none()).isFalse();
        assertThat(ended.closed()).containsExactly(other);
        assertThat(ended.none()).isFalse();
    }

    @Test
    void a_mirror_is_warned_of_when_it_stands_too_long_is_wrongly_set_up_or_holds_what_we_did_not_send() {
        Duration limit = SETTINGS.mirrorAtMost();
        Condition stands = Condition.lasting(AlarmKind.MIRROR_STANDS, "origin");
        Instant longAgo = NOW.minus(limit).minusMillis(1);

        assertThat(mirrored(MirrorFacts.State.FOLLOWING, Optional.of(longAgo), 0))
                .isEmpty();
        assertThat(mirrored(MirrorFacts.State.AWAY, Optional.of(NOW.minus(limit)), 0))
                .isEmpty();
        assertThat(mirrored(MirrorFacts.State.AWAY, Optional.of(longAgo), 0)).containsExactly(stands);
        assertThat(mirrored(MirrorFacts.State.AWAY, Optional.empty(), 0))
                .as("as long as we have looked")
                .isEmpty();
        assertThat(mirrored(MirrorFacts.State.MISCONFIGURED, Optional.of(NOW), 0))
                .containsExactly(stands);
        assertThat(mirrored(MirrorFacts.State.FOLLOWING, Optional.of(NOW), 1))
                .containsExactly(Condition.lasting(AlarmKind.MIRROR_STRANGERS, "origin"));
    }

    private static Set<Condition> mirrored(MirrorFacts.State state, Optional<Instant> lastSuccess, int strangers) {
        MirrorFacts facts = new MirrorFacts(LogName.CASE, "origin", state, 0, lastSuccess, strangers, Optional.empty());
        return AlarmDecisions.mirrored(List.of(facts), SETTINGS, NOW, NOW);
    }

    private static LogFacts facts(
            Optional<Instant> waiting,
            Optional<Instant> unpublished,
            List<WitnessFacts> witnesses,
            Optional<StopReason> stopped) {
        return new LogFacts(
                LogName.CASE,
                "log.hoster.example/log/case/2026",
                3,
                Digest.sha256(new byte[] {3}),
                3,
                3,
                waiting,
                unpublished,
                Optional.of(NOW),
                witnesses,
                stopped);
    }

    private static WitnessFacts failing(long seconds) {
        Instant since = NOW.minusSeconds(seconds);
        return new WitnessFacts(
                "police.example", Optional.empty(), Optional.of(new WitnessFacts.Failure(since, NOW, "no-answer")));
    }

    private static Optional<Instant> ago(long seconds) {
        return Optional.of(NOW.minus(Duration.ofSeconds(seconds)));
    }
}
