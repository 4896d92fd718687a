// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.InstantSource;
import java.util.List;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives waiting entries their index: entries, tiles and a candidate checkpoint in one transaction. Two sequencers on one
 * database wait for each other at the head row; what decides is the compare-and-swap at the end.
 */
final class Sequencer {

    /** A full entry bundle; measured, a batch of this size costs little more than a single entry. */
    static final int MAX_BATCH = 256;

    private final LogTable table;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Sequencer(LogTable table, TransactionTemplate transaction, InstantSource clock, Failpoint failpoint) {
        this.table = table;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** @return how many entries were given an index */
    int sequence(Shard shard) {
        if (!table.hasWaiting(shard.origin())) {
            return 0;
        }
        int sequenced = transaction.execute(status -> inTransaction(shard));
        if (sequenced > 0) {
            // A crash here leaves entries without a checkpoint: the next start signs the candidate.
            failpoint.reached("log.sequenced");
        }
        return sequenced;
    }

    private int inTransaction(Shard shard) {
        Head head = table.lockHead(shard.origin());
        shard.guard().requireNotBehind(head.size(), head.root());
        List<Waiting> batch = head.size() == 0 && shard.continuing()
                ? table.beginning(shard.origin())
                : table.batch(shard.origin(), MAX_BATCH);
        if (batch.isEmpty()) {
            return 0;
        }
        if (!batch.stream().allMatch(Waiting::intact)) {
            throw new LogStoppedException(StopReason.ALTERED, shard.origin());
        }
        append(shard.origin(), head, batch);
        // A crash here leaves nothing: the outbox rows are still there for the next start.
        failpoint.reached("log.sequencing");
        return batch.size();
    }

    private void append(String origin, Head head, List<Waiting> batch) {
        CompactTree tree = tree(origin, head);
        OpenTiles tiles = OpenTiles.at(head.size(), table.tiles(origin));
        for (Waiting entry : batch) {
            tree.append(entry.leafHash());
            tiles.append(entry.leafHash());
        }
        table.insert(origin, head.size(), batch);
        table.store(origin, tiles.changed());
        table.propose(new Checkpoint(origin, tree.size(), tree.root()), clock.instant());
        if (!table.advance(origin, head, Head.of(tree)) || !table.clear(origin, batch)) {
            throw new IllegalStateException("another sequencer moved the log " + origin);
        }
    }

    private static CompactTree tree(String origin, Head head) {
        try {
            return head.tree();
        } catch (IllegalArgumentException contradiction) {
            throw new LogStoppedException(StopReason.ALTERED, origin);
        }
    }
}
