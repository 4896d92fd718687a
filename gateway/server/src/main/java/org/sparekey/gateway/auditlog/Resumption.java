// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.Nodes;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets a log go on that was stopped beyond a restart. Two officers wish it, and the rebuilt database must bear it: at least
 * what guard, published files and a quorum of witnesses know, and the same beginning.
 */
final class Resumption {

    private final Steps steps;
    private final Stops stops;
    private final Outbox outbox;
    private final TransactionTemplate app;

    Resumption(Steps steps, Stops stops, Outbox outbox, TransactionTemplate app) {
        this.steps = steps;
        this.stops = stops;
        this.outbox = outbox;
        this.app = app;
    }

    static StoppedShard standing(LogTable table, Shard shard, StopReason reason) {
        Head head = table.head(shard.origin());
        return new StoppedShard(shard.origin(), head.size(), head.root(), reason);
    }

    /**
     * @param cases where it is entered, whichever log it is about
     * @param joint the statement with both proofs, which the caller has checked
     */
    Resumed resume(Shard shard, Shard cases, LogResumption said, byte[] joint, Actor actor) {
        Optional<StopReason> kept = shard.guard().keptStopped();
        if (kept.isEmpty()) {
            return new Resumed.NotStopped();
        }
        Head head = steps.table().head(shard.origin());
        boolean same = said.origin().equals(shard.origin())
                && said.size() == head.size()
                && said.root().equals(head.root())
                && said.stopped().equals(kept.get().text());
        return same ? judged(shard, cases, head, joint, actor) : otherwise(head, kept.get());
    }

    private static Resumed otherwise(Head head, StopReason reason) {
        return new Resumed.Otherwise(head.size(), head.root(), reason);
    }

    private Resumed judged(Shard shard, Shard cases, Head head, byte[] joint, Actor actor) {
        try {
            steps.requireLevel(shard);
            Nodes nodes = steps.table().tiles(shard.origin()).nodes(head.size());
            if (!nodes.root(head.size()).equals(head.root())) {
                return new Resumed.StillBehind(StopReason.ALTERED);
            }
            shard.guard().requireContinuedBy(new Checkpoint(shard.origin(), head.size(), head.root()), nodes);
            Witnesses witnesses = steps.witnesses(shard);
            witnesses.doubt(shard);
            return witnesses.confirmed(shard)
                    ? new Resumed.Done(enter(shard, cases, head, nodes, joint, actor))
                    : new Resumed.Unconfirmed();
        } catch (LogStoppedException behind) {
            return new Resumed.StillBehind(behind.reason());
        }
    }

    private Pending enter(Shard shard, Shard cases, Head head, Nodes nodes, byte[] joint, Actor actor) {
        Statement resumed = new Statement(
                LogName.CASE,
                LogResumption.ENTRY_TYPE,
                actor,
                Optional.empty(),
                Optional.empty(),
                Map.of("origin", shard.origin(), "size", Long.toString(head.size())),
                joint);
        Pending entry = Objects.requireNonNull(app.execute(status -> outbox.append(cases.origin(), resumed)));
        // A crash here leaves the entry and a log that is still stopped: the officers say it once more.
        if (shard.guard().remembered().isEmpty()) {
            // A lost guard begins anew with what files, witnesses and officers agree on; nothing was signed beyond it.
            shard.guard().admit(new Checkpoint(shard.origin(), head.size(), head.root()), nodes, false);
        }
        shard.guard().resume();
        stops.resume(shard.origin());
        return entry;
    }
}
