// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets enrolments and imports expire and come into force, and enters the counts of refusals that were left out. */
final class PartiesRunner implements SmartLifecycle {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PartiesRunner.class);

    private final Enrolments enrolments;
    private final AuthorityImports authorities;
    private final RefusalEntries refusals;
    private CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    PartiesRunner(Enrolments enrolments, AuthorityImports authorities, RefusalEntries refusals) {
        this.enrolments = enrolments;
        this.authorities = authorities;
        this.refusals = refusals;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        running = true;
        Thread.ofVirtual().name("parties").start(this::run);
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

    private void step() {
        apart("enrolments", enrolments::step);
        apart("imports", authorities::step);
        apart("refusals", refusals::step);
    }

    /** A step that failed finds its row where it was in the next round; the other kinds go on without it. */
    private static void apart(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "a step of the {} failed ({}) and is repeated",
                    what,
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
