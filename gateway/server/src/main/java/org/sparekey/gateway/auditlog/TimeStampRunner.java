// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the steps of {@link TimeStamping} on a virtual thread: at once after a question, else when something is due. */
final class TimeStampRunner implements SmartLifecycle {

    /** How long it rests when nothing is due. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TimeStampRunner.class);

    private final TimeStamping time;
    private final TimeSettings settings;
    private volatile boolean running;
    private @Nullable Thread thread;

    TimeStampRunner(TimeStamping time, TimeSettings settings) {
        this.time = time;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run() && time.configured()) {
            running = true;
            thread = Thread.ofVirtual().name("time-stamps").start(this::run);
        }
    }

    private void run() {
        try {
            while (running) {
                long seen = time.asked().seen();
                if (!step()) {
                    time.asked().await(seen, REST.toNanos());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away, or a log that is stopped, is tried again: the question waits in its row. */
    private boolean step() {
        try {
            return time.step();
        } catch (RuntimeException e) {
            LOG.warn("a time-stamp could not be asked for or stored, and is asked for again", e);
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        // Not by interrupt: that would tear the database connection out of a step half done.
        time.hangUp();
        time.asked().announce();
        Thread stopping = thread;
        if (stopping != null) {
            try {
                stopping.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the log does. */
    @Override
    public int getPhase() {
        return 1;
    }
}
