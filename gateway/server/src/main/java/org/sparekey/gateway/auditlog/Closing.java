// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes an origin whose signed entries are lost, and begins the next. Nothing is signed under the old name again; the new
 * one begins with an entry that names the last known checkpoint and what is missing.
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

    /** @param joint the statement with both proofs, which the caller has checked */
    Closure close(LogName name, LogClosure said, byte[] joint, Actor actor) {
        shards.refresh();
        Shard shard = shards.current(name);
        // Closed by an earlier attempt that did not come as far as the first entry of the next.
        Optional<Shard> lost = shards.before(shard)
                .filter(before -> before.row().lost())
                .filter(before -> table.turn(shard.origin(), ShardStart.TYPE).isEmpty());
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

    private void begin(LogName name, LogClosure said, byte[] joint, Actor actor) {
        Statement start =
                new Statement(name, ShardStart.TYPE, actor, Optional.empty(), Optional.empty(), said.clear(), joint);
        appending.executeWithoutResult(status -> outbox.append(said.next(), start));
        Shard closed = shards.before(shards.current(name)).orElseThrow();
        closed.guard().resume();
        stops.resume(closed.origin());
    }
}
