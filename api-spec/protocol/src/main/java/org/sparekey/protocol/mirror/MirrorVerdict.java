// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.tree.Checkpoint;

/** What a {@link Follower} says of one record. */
public sealed interface MirrorVerdict {

    /** The three cases, none forgotten. */
    <R> R match(Function<Followed, R> followed, Function<Repeated, R> repeated, Function<Alarm, R> alarm);

    /**
     * Taken: an entry in its place, or a checkpoint that is now waited for.
     *
     * @param verified the checkpoint whose root the entries have given with this record
     */
    record Followed(Optional<Checkpoint> verified) implements MirrorVerdict {

        static final Followed ON = new Followed(Optional.empty());

        @Override
        public <R> R match(Function<Followed, R> followed, Function<Repeated, R> repeated, Function<Alarm, R> alarm) {
            return followed.apply(this);
        }
    }

    /** Seen before and dropped: a gateway that was not answered sends again. */
    record Repeated() implements MirrorVerdict {
        @Override
        public <R> R match(Function<Followed, R> followed, Function<Repeated, R> repeated, Function<Alarm, R> alarm) {
            return repeated.apply(this);
        }
    }

    /** @param at the index of the entry, or the size of the checkpoint; -1 when it has none */
    record Alarm(MirrorFault fault, long at, String reason) implements MirrorVerdict {
        @Override
        public <R> R match(Function<Followed, R> followed, Function<Repeated, R> repeated, Function<Alarm, R> alarm) {
            return alarm.apply(this);
        }
    }
}
