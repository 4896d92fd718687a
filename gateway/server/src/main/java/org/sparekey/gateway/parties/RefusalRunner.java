// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Enters, every interval, the counts of refusals that were left out. */
final class RefusalRunner implements SmartLifecycle {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RefusalRunner.class);

    private final RefusalEntries refusals;
    private CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    RefusalRunner(RefusalEntries refusals) {
        this.refusals = refusals;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        running = true;
        Thread.ofVirtual().name("refusals").start(this::run);
    }

    private void run() {
        try {
            while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A count that could not be entered stays in its row for the next round. */
    private void step() {
        try {
            refusals.step();
        } catch (RuntimeException e) {
            LOG.warn(
                    "counting refusals failed ({}) and is repeated",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
