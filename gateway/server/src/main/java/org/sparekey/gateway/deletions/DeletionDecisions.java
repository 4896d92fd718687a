// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.sparekey.gateway.deletions.DeletionState.Destroyed;
import org.sparekey.gateway.deletions.DeletionState.Permitted;
import org.sparekey.gateway.deletions.DeletionState.Quarantined;
import org.sparekey.gateway.deletions.DeletionState.Waiting;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;

/** When a terminated machine is gone, what may be done with its disk now, and what a report changes: pure. */
final class DeletionDecisions {

    /** When it is worth asking again where nobody knows when the answer changes. */
    static final Duration ASK_AGAIN = Duration.ofHours(1);

    /** Nobody terminates what he has not terminated yet; clocks differ by less. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private DeletionDecisions() {}

    /**
     * What bears on a question.
     *
     * @param waitsForTwo one of a bulk that two officers have not let through
     * @param held by an order for content, or for its preservation, at this moment
     * @param running a hypervisor shows it running
     * @param nobodysAlone it lies with other customers', or has no name by which a hypervisor knows it: no command could tell
     *     its disks from others'
     * @param least how long a permit that was given before must still last: what is begun under it is to end under it
     */
    record Facts(
            Instant deletedOn,
            boolean waitsForTwo,
            boolean held,
            boolean running,
            boolean nobodysAlone,
            Duration least) {}

    /** What the hoster's hand is told. */
    sealed interface Answer {

        record NotYet(Instant until) implements Answer {}

        /** The permit that was given before still serves, for more than half of its time. */
        record Same(Permit permit) implements Answer {}

        /** A new permit, after its intent is entered. */
        record Give(Act act) implements Answer {}

        record Over() implements Answer {}
    }

    /** What becomes of a report. */
    sealed interface Effect {

        record Move(DeletionState to, DeletionStatement says) implements Effect {}

        /** It was said before. */
        record Known() implements Effect {}

        /** Nobody permitted it. What was done is entered, and changes nothing. */
        record Unpermitted() implements Effect {}
    }

    /** One universal grace: so many full days, then the next midnight. What was asked, by whom, and what holds it, is no input. */
    static Instant deletedOn(Instant requestedAt, int graceDays) {
        return requestedAt
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(graceDays + 1L)
                .toInstant();
    }

    /** 4-evidence, Holds and deletion: after the grace a held disk is moved to quarantine, any other one deleted. */
    static Answer ask(DeletionState state, Facts facts, Instant now) {
        if (state instanceof Destroyed) {
            return new Answer.Over();
        }
        if (now.isBefore(facts.deletedOn())) {
            return new Answer.NotYet(facts.deletedOn());
        }
        if (facts.waitsForTwo() || facts.running() || facts.nobodysAlone()) {
            return new Answer.NotYet(now.plus(ASK_AGAIN));
        }
        if (state instanceof Quarantined && facts.held()) {
            return new Answer.NotYet(now.plus(ASK_AGAIN));
        }
        Act act = facts.held() ? Act.MOVE_TO_QUARANTINE : Act.DELETE;
        if (state instanceof Permitted(Permit last)
                && last.act() == act
                && now.plus(facts.least()).isBefore(last.until())) {
            return new Answer.Same(last);
        }
        return new Answer.Give(act);
    }

    /**
     * @param under the permit that the report names
     * @param current whether it is the last that was given
     * @param earlier whether the same was reported of it before
     */
    static Effect report(DeletionState state, Permit under, boolean current, boolean earlier, Outcome outcome) {
        if (earlier) {
            return new Effect.Known();
        }
        return switch (outcome) {
            // The truth counts, also under a permit that another one has replaced since.
            case DESTROYED ->
                under.act() == Act.DELETE && !(state instanceof Destroyed)
                        ? new Effect.Move(new Destroyed(), DeletionStatement.DESTROYED)
                        : new Effect.Unpermitted();
            case QUARANTINED ->
                under.act() == Act.MOVE_TO_QUARANTINE && current && state instanceof Permitted
                        ? new Effect.Move(new Quarantined(), DeletionStatement.QUARANTINED)
                        : new Effect.Unpermitted();
            case FAILED ->
                switch (state) {
                    case Permitted _ when current -> new Effect.Move(state, DeletionStatement.FAILED);
                    case Permitted _, Waiting _, Quarantined _, Destroyed _ -> new Effect.Unpermitted();
                };
        };
    }
}
