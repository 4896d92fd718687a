// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** The four steps of the log in their order, and the questions that come before all of them. */
record Steps(
        LogTable table,
        Sequencer sequencer,
        CheckpointSigner signer,
        Map<LogName, Witnesses> witnesses,
        Publisher publisher) {

    int sequence(Shard shard) {
        return sequencer.sequence(shard);
    }

    /** Nothing new before enough witnesses have confirmed the last that was signed. */
    boolean sign(Shard shard) {
        return witnesses(shard).confirmed(shard) && signer.sign(shard);
    }

    boolean witness(Shard shard) {
        return witnesses(shard).round(shard);
    }

    boolean publish(Shard shard) {
        return publisher.publish(shard, witnesses(shard).policy());
    }

    Witnesses witnesses(Shard shard) {
        return Objects.requireNonNull(witnesses.get(shard.log()));
    }

    /** Whether what is published of a shard satisfies the policy. */
    boolean settled(Shard shard) {
        return publisher.settled(shard, witnesses(shard).policy());
    }

    /**
     * At start: a database behind what was signed, published or witnessed stops the log, but not the gateway, whose health
     * and pages must be able to say so.
     */
    void stopWhereBehind(Collection<Shard> shards, Stops stops) {
        // What two officers closed is behind for ever, and its first successor says so.
        for (Shard shard : shards.stream().filter(any -> !any.row().lost()).toList()) {
            try {
                shard.guard().keptStopped().ifPresent(reason -> {
                    throw LogStoppedException.untilResumed(reason, shard.origin());
                });
                requireLevel(shard);
                if (!shard.row().closed()) {
                    witnesses(shard).confirmed(shard);
                }
            } catch (LogStoppedException reason) {
                keep(shard, stops, reason);
            }
        }
    }

    /** Stops the log in this process, and beyond it where two officers must resume. */
    LogStoppedException keep(Shard shard, Stops stops, LogStoppedException reason) {
        if (reason.untilResumed()) {
            shard.guard().keepStopped(reason.reason());
        }
        return stops.stop(reason);
    }

    /** @throws LogStoppedException when the database is behind what was signed or published */
    void requireLevel(Shard shard) {
        Head head = table.head(shard.origin());
        shard.guard().requireNotBehind(head.size(), head.root());
        if (shard.files()
                .head()
                .filter(published -> published.size() > head.size())
                .isPresent()) {
            throw new LogStoppedException(StopReason.RESTORED_BEHIND_LOG, shard.origin());
        }
    }

    LogFacts facts(Shard shard, Stops stops) {
        LogTable.Pending pending = table.pending(shard.origin());
        Head head = table.head(shard.origin());
        return new LogFacts(
                shard.log(),
                shard.origin(),
                head.size(),
                head.root(),
                table.signed(shard.origin()).map(LogTable.Signed::size).orElse(0L),
                table.publication(shard.origin()).size(),
                pending.waiting(),
                pending.unpublished(),
                table.publishedSignedAt(shard.origin()),
                witnesses(shard).facts(),
                stops.reason(shard.origin()));
    }
}
