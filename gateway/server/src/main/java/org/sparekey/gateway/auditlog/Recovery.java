// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import java.util.Map;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.joint.LogResumption;

/** Why a log stands still, and what two officers, or a copy of what is lost, can do about it. */
public final class Recovery {

    private final Shards shards;
    private final Steps steps;
    private final Stops stops;
    private final Rebuild rebuild;
    private final Resumption resumption;
    private final Closing closing;
    private final Announcements announcements;

    Recovery(
            Shards shards,
            Steps steps,
            Stops stops,
            Rebuild rebuild,
            Resumption resumption,
            Closing closing,
            Announcements announcements) {
        this.shards = shards;
        this.steps = steps;
        this.stops = stops;
        this.rebuild = rebuild;
        this.resumption = resumption;
        this.closing = closing;
        this.announcements = announcements;
    }

    /** Each stopped shard by its origin, one of a year that is over among them, and why. */
    public Map<String, StopReason> stoppedShards() {
        return stops.reasons();
    }

    /** Of one log, with what the database holds of each. */
    public List<StoppedShard> stopped(LogName log) {
        return shards.of(log).stream()
                .flatMap(
                        shard -> stops
                                .reason(shard.origin())
                                .map(reason -> Resumption.standing(steps.table(), shard, reason))
                                .stream())
                .toList();
    }

    /**
     * Two officers let a log go on that was stopped for a restored database, once that is rebuilt.
     *
     * @param joint the statement with both officers' proofs, which the caller has checked
     * @param actor the officer who brings it
     */
    public Resumed resume(LogName log, LogResumption said, byte[] joint, Actor actor) {
        Shard shard = shards.of(log).stream()
                .filter(each -> each.origin().equals(said.origin()))
                .findFirst()
                .orElseGet(() -> shards.current(log));
        Resumed resumed = resumption.resume(shard, shards.current(LogName.CASE), said, joint, actor);
        announcements.appendedToBoth();
        return resumed;
    }

    /**
     * Fills an empty or older database from a copy, as far as what was signed last, or not at all. The log goes on only
     * after a restart and two officers' word.
     */
    public Rebuilding rebuild(LogCopy copy) {
        return shards.all().stream()
                .filter(shard -> shard.origin().equals(copy.origin()))
                .findFirst()
                .map(shard -> rebuild.from(copy, shard))
                .orElseGet(() -> new Rebuilding.Forged(copy.origin() + " is no log of this gateway"));
    }

    /**
     * Closes an origin of a log because signed entries are lost, and begins the next where none has begun.
     *
     * @param joint the statement with the proofs of two officers, which the caller has checked
     */
    public Closure close(LogName log, LogClosure said, byte[] joint, Actor actor) {
        return closing.close(log, said, joint, actor);
    }

    /** What two officers could close: each shard of which signed entries are missing, newest first. */
    public List<Closure.Otherwise> missing(LogName log) {
        return closing.missing(log);
    }
}
