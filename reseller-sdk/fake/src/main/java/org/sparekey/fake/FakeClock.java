// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is told to go on; safe for several threads. */
public final class FakeClock implements InstantSource {

    private Instant now;

    FakeClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Also fits where a client waits: its waits then take no time. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /** A clock that is wrong by this, always. */
    public InstantSource wrongBy(Duration error) {
        return () -> instant().plus(error);
    }

    @Override
    public String toString() {
        return "FakeClock[" + instant() + "]";
    }
}
