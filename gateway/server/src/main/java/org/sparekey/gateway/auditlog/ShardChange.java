// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.sparekey.protocol.log.ShardEnd;
import org.sparekey.protocol.log.ShardStart;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The change from one year's shard to the next, one small step at a time, each of which may be the last before a crash:
 * the next shard is opened and takes what is appended from now on; the old one is closed to all but its end; once nothing
 * can arrive any more its last entry says so; the next begins with the last checkpoint of the old.
 */
final class ShardChange {

    /** Longer than any replica goes without looking which shard is current. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final Shards shards;
    private final ShardTable table;
    private final TransactionTemplate sequencing;
    private final TurnEntries entries;
    private final LogSettings settings;
    private final InstantSource clock;
    private final Failpoint failpoint;

    /** By origin, and by process: after a crash the next one waits for a fence of its own. */
    private final Map<String, String> fences = new HashMap<>();

    ShardChange(
            Shards shards,
            ShardTable table,
            TransactionTemplate sequencing,
            TurnEntries entries,
            LogSettings settings,
            InstantSource clock,
            Failpoint failpoint) {
        this.shards = shards;
        this.table = table;
        this.sequencing = sequencing;
        this.entries = entries;
        this.settings = settings;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** Takes the next step of a change that is due or under way. @return whether there was one to take */
    synchronized boolean step(LogName log) {
        Shard current = shards.current(log);
        return shards.before(current)
                .filter(before -> !before.row().closed())
                .map(ending -> goOn(ending, current))
                .orElseGet(() -> begin(current));
    }

    private boolean begin(Shard current) {
        Instant now = clock.instant();
        int year = now.atZone(ZoneOffset.UTC).getYear();
        if (year <= current.row().year()) {
            return false;
        }
        open(current, settings.origin(current.log(), Integer.toString(year)), now);
        // A crash here leaves two open shards: entries wait in the new one, and the next start goes on with the change.
        failpoint.reached("log.shard-opened");
        return true;
    }

    private void open(Shard current, String origin, Instant now) {
        sequencing.executeWithoutResult(
                status -> table.open(current.log(), current.row().number() + 1, origin, now));
        shards.refresh();
    }

    private boolean goOn(Shard ending, Shard next) {
        if (!ending.row().closing()) {
            return close(ending, next);
        }
        if (!nothingArrives(ending)) {
            return false;
        }
        if (table.turn(ending.origin(), ShardEnd.TYPE).isEmpty()) {
            entries.end(ending, next);
            // A crash here leaves the end in the outbox, where it is the last: it is sequenced like any other.
            failpoint.reached("log.shard-ended");
            return true;
        }
        if (table.turn(next.origin(), ShardStart.TYPE).isEmpty()) {
            return start(ending, next);
        }
        table.closed(ending.origin(), clock.instant());
        shards.refresh();
        failpoint.reached("log.shard-closed");
        return true;
    }

    private boolean close(Shard ending, Shard next) {
        if (clock.instant().isBefore(next.row().openedAt().plus(GRACE))) {
            return false;
        }
        table.closing(ending.origin(), clock.instant());
        shards.refresh();
        // A crash here leaves a shard that takes nothing: what runs still is waited for by the next start.
        failpoint.reached("log.shard-closing");
        return true;
    }

    private boolean nothingArrives(Shard ending) {
        return table.passed(fences.computeIfAbsent(ending.origin(), _ -> table.fence()));
    }

    /** Only behind a published end: the checkpoint that the start names is the last there will be. */
    private boolean start(Shard ending, Shard next) {
        boolean started = entries.start(ending, next);
        if (started) {
            // A crash here leaves the start in the outbox, from where it is sequenced before everything else.
            failpoint.reached("log.shard-started");
        }
        return started;
    }
}
