// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.auditlog.LogName;

/**
 * How the mirror of one shard is, for whoever warns. The log does not wait for it.
 *
 * @param behind published entries that Kafka does not have yet, as far as this replica of the gateway knows
 * @param lastSuccess when Kafka last had everything asked of it; empty before the first time
 * @param strangers records in the entries topic that no gateway of ours sent, since this process began
 * @param reason why nothing is sent, in words
 */
public record MirrorFacts(
        LogName log,
        String origin,
        State state,
        long behind,
        Optional<Instant> lastSuccess,
        int strangers,
        Optional<String> reason) {

    /** What a mirror does. */
    public enum State {
        /** Has not tried yet. */
        STARTING,
        /** Sends what is published. */
        FOLLOWING,
        /** Another replica of the gateway sends. */
        STANDBY,
        /** Kafka does not answer, or not as it should; it is tried again. */
        AWAY,
        /** A topic would lose records or their order: nothing is sent until the operator has put it right. */
        MISCONFIGURED
    }

    static MirrorFacts starting(LogName log, String origin) {
        return new MirrorFacts(log, origin, State.STARTING, 0, Optional.empty(), 0, Optional.empty());
    }

    MirrorFacts following(long entriesBehind, Instant now) {
        return new MirrorFacts(
                log, origin, State.FOLLOWING, entriesBehind, Optional.of(now), strangers, Optional.empty());
    }

    MirrorFacts standby() {
        return new MirrorFacts(log, origin, State.STANDBY, 0, lastSuccess, strangers, Optional.empty());
    }

    MirrorFacts stopped(State now, long entriesBehind, String why) {
        return new MirrorFacts(log, origin, now, entriesBehind, lastSuccess, strangers, Optional.of(why));
    }

    MirrorFacts withStrangers(int more) {
        return new MirrorFacts(log, origin, state, behind, lastSuccess, strangers + more, reason);
    }
}
