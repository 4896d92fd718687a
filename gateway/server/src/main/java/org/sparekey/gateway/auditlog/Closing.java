// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes an origin whose signed entries are lost, and begins the next, unless it has begun. Nothing is signed under the old
 * name again; the new one begins with an entry that names the last known checkpoint and what is missing.
 */
final class Closing {

    private final Shards shards;
    private final ShardTable table;
    private final LogTable log;
    private final Outbox outbox;
    private final TransactionTemplate sequencing;
    private final TransactionTemplate appending;
    private final LogSettings settings;
    private final Stops stops;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Closing(
            Shards shards,
            ShardTable table,
            LogTable log,
            Outbox outbox,
            TransactionTemplate sequencing,
            TransactionTemplate appending,
            LogSettings settings,
            Stops stops,
            InstantSource clock,
            Failpoint failpoint) {
        this.shards = shards;
        this.table = table;
        this.log = log;
        this.outbox = outbox;
        this.sequencing = sequencing;
        this.appending = appending;
        this.settings = settings;
        this.stops = stops;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /**
     * What two officers could close now, newest shard first: each shard of which signed entries are missing. A newer one
     * comes before an older one, because it is where the closing of the older one is entered.
     */
    List<Closure.Otherwise> missing(LogName name) {
        shards.refresh();
        List<Closure.Otherwise> missing = new ArrayList<>();
        for (Shard shard : shards.of(name).reversed()) {
            if (!shard.row().lost()) {
                facts(shard, after(shard)).ifPresent(missing::add);
            }
        }
        return missing;
    }

    /** @param joint the statement with both proofs, which the caller has checked */
    Closure close(LogName name, LogClosure said, byte[] joint, Actor actor) {
        shards.refresh();
        Shard current = shards.current(name);
        Optional<Shard> over = shards.of(name).stream()
                .filter(shard ->
                        shard.origin().equals(said.origin()) && !shard.origin().equals(current.origin()))
                .filter(shard -> !shard.row().lost())
                .findFirst();
        return over.isPresent()
                ? closeOver(over.get(), current, said, joint, actor)
                : closeCurrent(name, current, said, joint, actor);
    }

    private Closure closeCurrent(LogName name, Shard shard, LogClosure said, byte[] joint, Actor actor) {
        // Closed by an earlier attempt that did not come as far as the first entry of the next.
        Optional<Shard> lost =
                shards.before(shard).filter(before -> before.row().lost()).filter(before -> unbegun(shard));
        Optional<Closure.Otherwise> facts = facts(lost.orElse(shard), lost.map(before -> shard.origin()));
        if (facts.isEmpty()) {
            return new Closure.NothingLost();
        }
        if (!facts.get().agrees(said)) {
            return facts.get();
        }
        if (lost.isEmpty()) {
            change(shard, said.next());
        }
        begin(name, said, joint, actor);
        return new Closure.Done(said.next());
    }

    /**
     * A shard of a year that is over: another has taken its place long ago, and begins as it does. So the statement is an
     * entry of {@code case}, unless the next shard has no beginning yet.
     */
    private Closure closeOver(Shard shard, Shard current, LogClosure said, byte[] joint, Actor actor) {
        Shard cases = shards.current(LogName.CASE);
        Optional<Closure.Otherwise> first = facts(current, Optional.empty()).or(() -> facts(cases, Optional.empty()));
        Optional<Closure.Otherwise> facts = facts(shard, after(shard));
        if (facts.isEmpty()) {
            return new Closure.NothingLost();
        }
        if (first.isPresent() || !facts.get().agrees(said)) {
            return first.orElse(facts.get());
        }
        if (said.next().equals(current.origin()) && unbegun(current)) {
            lost(shard);
            begin(shard.log(), said, joint, actor);
            return new Closure.Done(said.next());
        }
        Statement closed = new Statement(
                LogName.CASE, LogClosure.ENTRY_TYPE, actor, Optional.empty(), Optional.empty(), said.clear(), joint);
        appending.executeWithoutResult(status -> outbox.append(cases.origin(), closed));
        // A crash here leaves the entry and a shard that still stops the log: the officers say it once more.
        failpoint.reached("log.closing-over");
        lost(shard);
        goOn(shard);
        return new Closure.Done(said.next());
    }

    private boolean unbegun(Shard shard) {
        return shard.continuing() && table.turn(shard.origin(), ShardStart.TYPE).isEmpty();
    }

    private Optional<String> after(Shard shard) {
        List<Shard> all = shards.of(shard.log());
        int next = shard.row().number() + 1;
        return next < all.size() ? Optional.of(all.get(next).origin()) : Optional.empty();
    }

    /** @param begun the origin behind it, where there is one */
    private Optional<Closure.Otherwise> facts(Shard shard, Optional<String> begun) {
        long held = log.head(shard.origin()).size();
        Optional<Checkpoint> known = Rebuild.goal(shard).filter(signed -> signed.size() > held);
        return known.map(signed -> new Closure.Otherwise(signed, held, begun.orElseGet(() -> next(shard))));
    }

    /** 2026, then 2026b, 2026c; or simply the next year's where one has begun. */
    private String next(Shard shard) {
        String label = shard.row().label();
        String year = Integer.toString(clock.instant().atZone(ZoneOffset.UTC).getYear());
        String behind = label.startsWith(year) ? label.substring(year.length()) : "";
        String next = !label.startsWith(year) ? year : year + (behind.isEmpty() ? "b" : (char) (behind.charAt(0) + 1));
        return settings.origin(shard.log(), next);
    }

    private void change(Shard shard, String next) {
        Instant now = clock.instant();
        sequencing.executeWithoutResult(status -> {
            table.lost(shard.origin(), now);
            table.open(shard.log(), shard.row().number() + 1, next, now);
        });
        shards.refresh();
        // A crash here leaves a new origin without its first entry, in which nothing is sequenced: officers say it
        // again.
        failpoint.reached("log.closed");
    }

    private void lost(Shard shard) {
        sequencing.executeWithoutResult(status -> table.lost(shard.origin(), clock.instant()));
        shards.refresh();
    }

    private void begin(LogName name, LogClosure said, byte[] joint, Actor actor) {
        Statement start =
                new Statement(name, ShardStart.TYPE, actor, Optional.empty(), Optional.empty(), said.clear(), joint);
        appending.executeWithoutResult(status -> outbox.append(said.next(), start));
        goOn(shards.before(shards.current(name)).orElseThrow());
    }

    private void goOn(Shard closed) {
        closed.guard().resume();
        stops.resume(closed.origin());
    }
}
