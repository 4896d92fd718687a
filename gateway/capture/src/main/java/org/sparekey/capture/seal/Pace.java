// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps the reader below a rate, where the hoster set one: his disks serve the neighbours too. */
final class Pace {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final OptionalLong bytesPerSecond;
    private final InstantSource clock;
    private @Nullable Instant due;

    Pace(OptionalLong bytesPerSecond, InstantSource clock) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
    }

    /** Waits until so many bytes more are within the rate. What was not read earlier is not made up for. */
    void before(int bytes) {
        if (bytesPerSecond.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant at = due == null || due.isBefore(now) ? now : due;
        due = at.plusNanos(Math.multiplyExact((long) bytes, NANOS) / bytesPerSecond.getAsLong());
        for (Duration wait = Duration.between(now, at);
                wait.isPositive();
                wait = Duration.between(clock.instant(), at)) {
            LockSupport.parkNanos(wait.toNanos());
        }
    }
}
