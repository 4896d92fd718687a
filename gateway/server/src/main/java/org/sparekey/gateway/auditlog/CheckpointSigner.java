// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.protocol.tree.Checkpoint;
import org.springframework.transaction.support.TransactionTemplate;

/** Signs the newest candidate: guard first, signature second, so that a crash between them signs the same once more. */
final class CheckpointSigner {

    private final LogTable table;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    CheckpointSigner(LogTable table, TransactionTemplate transaction, InstantSource clock, Failpoint failpoint) {
        this.table = table;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** @return whether there was something to sign */
    boolean sign(Shard shard) {
        if (table.unsigned(shard.origin()).isEmpty()) {
            return false;
        }
        boolean signed = transaction.execute(status -> inTransaction(shard));
        if (signed) {
            // A crash here leaves a signed checkpoint unpublished: the next start publishes it.
            failpoint.reached("log.signed");
        }
        return signed;
    }

    private boolean inTransaction(Shard shard) {
        table.lockPublication(shard.origin());
        Optional<Checkpoint> candidate = table.unsigned(shard.origin());
        candidate.ifPresent(checkpoint -> sign(shard, checkpoint));
        return candidate.isPresent();
    }

    private void sign(Shard shard, Checkpoint checkpoint) {
        boolean signedBefore = table.signed(shard.origin()).isPresent();
        shard.guard().admit(checkpoint, table.tiles(shard.origin()).nodes(checkpoint.size()), signedBefore);
        // A crash here leaves the guard at a size without a signature: same size, same root, signed again.
        failpoint.reached("log.guarded");
        table.storeNote(checkpoint, shard.signer().sign(checkpoint).bytes(), clock.instant());
    }
}
