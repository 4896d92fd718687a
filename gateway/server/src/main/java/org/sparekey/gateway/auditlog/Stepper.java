// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Takes the steps of the logs on each of their shards that needs them, and tells those who wait. They run in the
 * background; tests take them by hand.
 */
public final class Stepper {

    private final Shards shards;
    private final ShardChange change;
    private final Anchors anchors;
    private final Steps steps;
    private final Stops stops;
    private final Announcements announcements;

    Stepper(Shards shards, ShardChange change, Anchors anchors, Steps steps, Stops stops, Announcements announcements) {
        this.shards = shards;
        this.change = change;
        this.anchors = anchors;
        this.steps = steps;
        this.stops = stops;
        this.announcements = announcements;
    }

    /** Numbers one batch of waiting entries. @return how many */
    public int sequence(LogName log) {
        return live(log, steps::sequence).stream().mapToInt(Integer::intValue).sum();
    }

    /** Signs the newest tree. @return whether there was one to sign, and it may be signed */
    public boolean sign(LogName log) {
        boolean done = live(log, steps::sign).contains(true);
        if (done) {
            announcements.signed(log).announce();
        }
        return done;
    }

    /** Offers the newest signed tree to the witnesses. @return whether one more of them cosigned */
    public boolean witness(LogName log) {
        return shown(log, steps::witness).contains(true);
    }

    /** Publishes the newest signed tree that satisfies the policy. @return whether there was one to publish */
    public boolean publish(LogName log) {
        boolean done = shown(log, steps::publish).contains(true);
        if (done) {
            announcements.published().announce();
        }
        return done;
    }

    /** All four steps for both logs. @return whether anything was done */
    public boolean step() {
        boolean done = false;
        for (LogName log : LogName.values()) {
            done |= step(log);
        }
        return done;
    }

    boolean step(LogName log) {
        return enter(log) | show(log);
    }

    /** Numbers and signs. */
    boolean enter(LogName log) {
        return sequence(log) > 0 | sign(log);
    }

    /** Has it witnessed, and publishes. */
    boolean show(LogName log) {
        return witness(log) | publish(log);
    }

    /** What the calendar asks for, one step at a time. @return whether anything was done */
    public boolean turn(LogName log) {
        stops.requireRunning();
        shards.refresh();
        boolean done = change.step(log);
        if (done) {
            announcements.appended(log).announce();
        }
        return done;
    }

    /** Anchors each log in the other, if it is time. @return whether it was */
    public boolean anchor() {
        stops.requireRunning();
        boolean done = anchors.step();
        if (done) {
            announcements.appendedToBoth();
        }
        return done;
    }

    private <T> List<T> live(LogName log, Function<Shard, T> step) {
        return each(shards.live(log), step);
    }

    /** Of closed shards those too whose last checkpoint does not satisfy the policy that is configured now. */
    private <T> List<T> shown(LogName log, Function<Shard, T> step) {
        return each(
                shards.of(log).stream()
                        .filter(shard -> !shard.row().lost())
                        .filter(shard -> !shard.row().closed() || !steps.settled(shard))
                        .toList(),
                step);
    }

    private <T> List<T> each(List<Shard> of, Function<Shard, T> step) {
        List<T> done = new ArrayList<>();
        for (Shard shard : of) {
            done.add(guarded(shard, step));
        }
        return done;
    }

    /** Whatever proves that the log was tampered with stops it in this process, at whichever step it shows. */
    private <T> T guarded(Shard shard, Function<Shard, T> step) {
        stops.requireRunning();
        try {
            return step.apply(shard);
        } catch (LogStoppedException reason) {
            throw steps.keep(shard, stops, reason);
        }
    }
}
