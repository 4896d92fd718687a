// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what a checkpoint needs that satisfies the policy, and the checkpoint last: whoever reads it finds every tile.
 * One that too few witnesses cosigned is passed over for good once a newer one has enough; it is never waited for.
 */
final class Publisher {

    /** More than one is on its way only while witnesses come and go; what is older is not worth a look. */
    static final int MAX_LOOKED_AT = 8;

    private final LogTable table;
    private final CosignatureTable cosignatures;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;
    private final Set<String> counting = ConcurrentHashMap.newKeySet();

    Publisher(LogTable table, CosignatureTable cosignatures, TransactionTemplate transaction, Failpoint failpoint) {
        this.table = table;
        this.cosignatures = cosignatures;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    private record Satisfying(long size, SignedNote note) {}

    /** @return whether there was something to publish */
    boolean publish(Shard shard, LogPolicy policy) {
        return next(shard, policy, table.publication(shard.origin())).isPresent()
                && Objects.requireNonNull(transaction.execute(status -> inTransaction(shard, policy)));
    }

    private boolean inTransaction(Shard shard, LogPolicy policy) {
        LogTable.Publication published = table.lockPublication(shard.origin());
        Optional<Satisfying> next = next(shard, policy, published);
        next.ifPresent(checkpoint -> publish(shard, published.size(), checkpoint));
        return next.isPresent();
    }

    /** The newest that satisfies the policy, unless it is published; of the same size only if what is published does not. */
    private Optional<Satisfying> next(Shard shard, LogPolicy policy, LogTable.Publication published) {
        boolean counts = counts(shard, policy, published);
        return candidates(shard, policy, published.size()).stream()
                .filter(size -> size > published.size() || !counts)
                .flatMap(size -> table.signed(shard.origin(), size).stream())
                .map(signed -> composed(shard, signed))
                .filter(checkpoint -> policy.satisfiedBy(checkpoint.note()))
                .findFirst();
    }

    /** Whether nothing is published, or what is satisfies the policy. */
    boolean settled(Shard shard, LogPolicy policy) {
        LogTable.Publication published = table.publication(shard.origin());
        return published.size() == 0 || counts(shard, policy, published);
    }

    /** Once it does, it does for good in this process: only what satisfies the policy is published behind it. */
    private boolean counts(Shard shard, LogPolicy policy, LogTable.Publication published) {
        boolean counts = counting.contains(shard.origin())
                || published
                        .note()
                        .filter(note -> policy.satisfiedBy(parse(note)))
                        .isPresent();
        if (counts) {
            counting.add(shard.origin());
        }
        return counts;
    }

    private List<Long> candidates(Shard shard, LogPolicy policy, long from) {
        return policy.demands()
                ? cosignatures.sizes(shard.origin(), from, MAX_LOOKED_AT)
                : table.signed(shard.origin()).map(LogTable.Signed::size).stream()
                        .filter(size -> size >= from)
                        .toList();
    }

    private Satisfying composed(Shard shard, LogTable.Signed signed) {
        SignedNote note = LogPolicy.composed(
                parse(signed.note()),
                List.copyOf(cosignatures.under(shard.origin(), signed.size()).values()));
        return new Satisfying(signed.size(), note);
    }

    private void publish(Shard shard, long published, Satisfying checkpoint) {
        Tiles tiles = table.tiles(shard.origin());
        List<TilePath> added = TilePath.added(published, checkpoint.size());
        for (TilePath path : added) {
            shard.files().publish(path, tiles.read(path));
            // A crash here leaves some tiles: identical bytes are written again, others stop the log.
            failpoint.reached("log.tile-published");
        }
        failpoint.reached("log.tiles-published");
        byte[] note = checkpoint.note().bytes();
        shard.files().publishKey();
        shard.files().publish(note);
        // A crash here leaves a published checkpoint that the database does not know of: it is written once more.
        failpoint.reached("log.checkpoint-published");
        table.published(shard.origin(), checkpoint.size(), note);
        added.stream().filter(path -> !path.partial()).forEach(shard.files()::removePartial);
    }

    private static SignedNote parse(byte[] note) {
        try {
            return SignedNote.parse(note);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored checkpoint cannot be read", e);
        }
    }
}
