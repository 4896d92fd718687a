// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.time.Duration;

/**
 * How long one attempt of one call may take.
 *
 * @param answer until the answer's head is there
 * @param content from then until all of its content is
 */
record Within(Duration answer, Duration content) {

    /** What {@link java.util.concurrent.ScheduledThreadPoolExecutor} and the JDK's client take for a time. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Twice the time of a head: an answer in memory has at most 16 MiB. */
    static Within limits(ChannelLimits limits) {
        return new Within(limits.answer(), limits.answer().multipliedBy(2));
    }

    /** The caller's time, but no part of it longer than the limits. */
    static Within both(ChannelLimits limits, Duration within) {
        Duration most = within.compareTo(SHORTEST) < 0 ? SHORTEST : within;
        Within usual = limits(limits);
        return new Within(shorter(usual.answer(), most), shorter(usual.content(), most));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
