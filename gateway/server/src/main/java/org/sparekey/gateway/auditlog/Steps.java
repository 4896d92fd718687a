// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Collection;

/** The three steps of the log in their order, and the question that comes before all of them. */
record Steps(LogTable table, Sequencer sequencer, CheckpointSigner signer, Publisher publisher) {

    int sequence(Shard shard) {
        return sequencer.sequence(shard);
    }

    boolean sign(Shard shard) {
        return signer.sign(shard);
    }

    boolean publish(Shard shard) {
        return publisher.publish(shard);
    }

    /**
     * At start: a database behind what was signed or published stops the log, but not the gateway, whose health and
     * pages must be able to say so.
     */
    void stopWhereBehind(Collection<Shard> shards, Stops stops) {
        for (Shard shard : shards) {
            try {
                requireLevel(shard);
            } catch (LogStoppedException reason) {
                stops.stop(reason);
            }
        }
    }

    private void requireLevel(Shard shard) {
        Head head = table.head(shard.origin());
        shard.guard().requireNotBehind(head.size(), head.root());
        if (shard.files()
                .head()
                .filter(published -> published.size() > head.size())
                .isPresent()) {
            throw new LogStoppedException(StopReason.RESTORED_BEHIND_LOG, shard.origin());
        }
    }
}
