// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The demo's clock: real time moved back by a distance that only shrinks, so that the hoster's history can be written
 * before the story begins and the log's times never go back.
 */
final class DemoClock implements InstantSource {

    private final InstantSource real;
    private final AtomicReference<Duration> behind;

    DemoClock(InstantSource real, Duration behind) {
        this.real = real;
        this.behind = new AtomicReference<>(behind);
    }

    @Override
    public Instant instant() {
        return real.instant().minus(behind.get());
    }

    /** Moves on to the given instant. */
    void moveTo(Instant instant) {
        Duration next = Duration.between(instant, real.instant());
        if (next.compareTo(behind.get()) > 0) {
            throw new IllegalArgumentException("the demo's clock does not go back");
        }
        behind.set(next);
    }

    /** Ends the history: from here on the clock is the real one. */
    void arriveNow() {
        behind.set(Duration.ZERO);
    }
}
