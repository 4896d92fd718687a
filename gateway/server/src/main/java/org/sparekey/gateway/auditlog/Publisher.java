// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes what a signed checkpoint needs, and the checkpoint last: whoever reads it finds every tile. */
final class Publisher {

    private final LogTable table;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    Publisher(LogTable table, TransactionTemplate transaction, Failpoint failpoint) {
        this.table = table;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return whether there was something to publish */
    boolean publish(Shard shard) {
        return table.hasUnpublished(shard.origin()) && transaction.execute(status -> inTransaction(shard));
    }

    private boolean inTransaction(Shard shard) {
        long published = table.lockPublication(shard.origin());
        Optional<LogTable.Signed> signed =
                table.signed(shard.origin()).filter(checkpoint -> checkpoint.size() > published);
        signed.ifPresent(checkpoint -> publish(shard, published, checkpoint));
        return signed.isPresent();
    }

    private void publish(Shard shard, long published, LogTable.Signed signed) {
        Tiles tiles = table.tiles(shard.origin());
        List<TilePath> added = TilePath.added(published, signed.size());
        for (TilePath path : added) {
            shard.files().publish(path, tiles.read(path));
            // A crash here leaves some tiles: identical bytes are written again, others stop the log.
            failpoint.reached("log.tile-published");
        }
        failpoint.reached("log.tiles-published");
        shard.files().publishKey();
        shard.files().publish(signed.note());
        // A crash here leaves a published checkpoint that the database does not know of: it is written once more.
        failpoint.reached("log.checkpoint-published");
        table.published(shard.origin(), signed.size());
        added.stream().filter(path -> !path.partial()).forEach(shard.files()::removePartial);
    }
}
