// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.deletions.DeletionDecisions.Answer;
import org.sparekey.gateway.deletions.DeletionDecisions.Effect;
import org.sparekey.gateway.deletions.DeletionDecisions.Facts;
import org.sparekey.gateway.deletions.DeletionState.Destroyed;
import org.sparekey.gateway.deletions.DeletionState.Permitted;
import org.sparekey.gateway.deletions.DeletionState.Quarantined;
import org.sparekey.gateway.deletions.DeletionState.Waiting;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;
import org.sparekey.protocol.json.Digest;

class DeletionDecisionsTest {

    private static final Instant DAY = Instant.parse("2026-12-10T00:00:00Z");
    private static final Instant LATER = DAY.plusSeconds(600);
    private static final Duration HALF = Duration.ofSeconds(300);
    private static final Permit DELETE = new Permit(1, Act.DELETE, Digest.sha256(new byte[1]), LATER);
    private static final Permit MOVE = new Permit(2, Act.MOVE_TO_QUARANTINE, Digest.sha256(new byte[2]), LATER);
    private static final DeletionState TO_DELETE = new Permitted(DELETE);
    private static final DeletionState TO_MOVE = new Permitted(MOVE);
    private static final List<DeletionState> STATES =
            List.of(new Waiting(), TO_DELETE, TO_MOVE, new Quarantined(), new Destroyed());
    private static final Answer ASK_AGAIN = new Answer.NotYet(DAY.plus(DeletionDecisions.ASK_AGAIN));

    @Test
    void the_grace_is_so_many_full_days_and_then_the_next_midnight() {
        assertThat(DeletionDecisions.deletedOn(Instant.parse("2026-11-25T00:00:00Z"), 14))
                .isEqualTo(DAY);
        assertThat(DeletionDecisions.deletedOn(Instant.parse("2026-11-25T23:59:59.999Z"), 14))
                .isEqualTo(DAY);
        assertThat(DeletionDecisions.deletedOn(Instant.parse("2026-11-26T00:00:00Z"), 14))
                .isEqualTo(DAY.plusSeconds(86_400));
    }

    @Test
    void before_the_date_nothing_is_touched_held_or_not_and_nobody_is_told_which() {
        for (boolean held : List.of(false, true)) {
            assertThat(DeletionDecisions.ask(
                            new Waiting(), new Facts(DAY, false, held, false, false, HALF), DAY.minusMillis(1)))
                    .isEqualTo(new Answer.NotYet(DAY));
        }
    }

    @Test
    void on_the_date_an_unheld_disk_may_go_and_a_held_one_is_moved() {
        assertThat(asked(new Waiting(), false)).isEqualTo(new Answer.Give(Act.DELETE));
        assertThat(asked(new Waiting(), true)).isEqualTo(new Answer.Give(Act.MOVE_TO_QUARANTINE));
    }

    @Test
    void a_permit_serves_while_more_than_half_of_its_time_is_left_and_what_it_rests_on_is_so() {
        assertThat(asked(TO_DELETE, false)).isEqualTo(new Answer.Same(DELETE));
        assertThat(asked(TO_MOVE, true)).isEqualTo(new Answer.Same(MOVE));
        assertThat(asked(TO_DELETE, true)).isEqualTo(new Answer.Give(Act.MOVE_TO_QUARANTINE));
        assertThat(asked(TO_MOVE, false)).isEqualTo(new Answer.Give(Act.DELETE));
        assertThat(DeletionDecisions.ask(TO_DELETE, facts(false), LATER)).isEqualTo(new Answer.Give(Act.DELETE));
        assertThat(DeletionDecisions.ask(TO_DELETE, facts(false), LATER.minusMillis(1)))
                .as("a command that is begun now would end after it")
                .isEqualTo(new Answer.Give(Act.DELETE));
        assertThat(DeletionDecisions.ask(TO_DELETE, facts(false), LATER.minus(HALF)))
                .isEqualTo(new Answer.Give(Act.DELETE));
        assertThat(DeletionDecisions.ask(
                        TO_DELETE, facts(false), LATER.minus(HALF).minusMillis(1)))
                .isEqualTo(new Answer.Same(DELETE));
    }

    @Test
    void what_is_in_quarantine_stays_until_nothing_holds_it() {
        assertThat(asked(new Quarantined(), true)).isEqualTo(ASK_AGAIN);
        assertThat(asked(new Quarantined(), false)).isEqualTo(new Answer.Give(Act.DELETE));
    }

    @Test
    void a_bulk_without_two_officers_and_a_machine_that_runs_are_not_touched_in_any_state() {
        for (DeletionState state : STATES) {
            Answer expected = state instanceof Destroyed ? new Answer.Over() : ASK_AGAIN;
            for (boolean held : List.of(false, true)) {
                assertThat(DeletionDecisions.ask(state, new Facts(DAY, true, held, false, false, HALF), DAY))
                        .isEqualTo(expected);
                assertThat(DeletionDecisions.ask(state, new Facts(DAY, false, held, true, false, HALF), DAY))
                        .isEqualTo(expected);
                assertThat(DeletionDecisions.ask(state, new Facts(DAY, false, held, false, true, HALF), DAY))
                        .as("others' disks could be meant")
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void what_is_destroyed_is_over() {
        assertThat(asked(new Destroyed(), false)).isEqualTo(new Answer.Over());
        assertThat(asked(new Destroyed(), true)).isEqualTo(new Answer.Over());
    }

    /** Every state, permit and outcome: whatever is not named here was permitted by nobody. */
    @Test
    void only_what_a_permit_names_changes_the_state() {
        for (DeletionState state : STATES) {
            for (Permit under : List.of(DELETE, MOVE)) {
                for (boolean current : List.of(true, false)) {
                    for (Outcome outcome : Outcome.values()) {
                        assertThat(DeletionDecisions.report(state, under, current, false, outcome))
                                .as(state + " " + under.act() + " " + current + " " + outcome)
                                .isEqualTo(expected(state, under, current, outcome));
                        assertThat(DeletionDecisions.report(state, under, current, true, outcome))
                                .isEqualTo(new Effect.Known());
                    }
                }
            }
        }
    }

    private static Effect expected(DeletionState state, Permit under, boolean current, Outcome outcome) {
        if (outcome == Outcome.DESTROYED && under == DELETE && !(state instanceof Destroyed)) {
            return new Effect.Move(new Destroyed(), DeletionStatement.DESTROYED);
        }
        if (outcome == Outcome.QUARANTINED && under == MOVE && current && state instanceof Permitted) {
            return new Effect.Move(new Quarantined(), DeletionStatement.QUARANTINED);
        }
        if (outcome == Outcome.FAILED && current && state instanceof Permitted) {
            return new Effect.Move(state, DeletionStatement.FAILED);
        }
        return new Effect.Unpermitted();
    }

    private static Answer asked(DeletionState state, boolean held) {
        return DeletionDecisions.ask(state, facts(held), DAY);
    }

    private static Facts facts(boolean held) {
        return new Facts(DAY, false, held, false, false, HALF);
    }
}
