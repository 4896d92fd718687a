// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the steps of each log on a virtual thread of its own, at once after an append and else every interval. */
final class LogRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogRunner.class);

    private final AuditLog log;
    private final LogSettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    LogRunner(AuditLog log, LogSettings settings) {
        this.log = log;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run()) {
            running = true;
            for (LogName name : LogName.values()) {
                threads.add(Thread.ofVirtual().name("log-" + name.text()).start(() -> run(name)));
            }
        }
    }

    private void run(LogName name) {
        try {
            while (running) {
                long seen = log.appended().seen();
                long began = System.nanoTime();
                step(name);
                log.appended().await(seen, settings.interval().toNanos());
                company(began);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (LogStoppedException stopped) {
            LOG.error("{}; nothing more is appended or signed until this is resolved", stopped.getMessage());
        }
    }

    /**
     * The first entry after a pause goes at once; those behind it wait for company until the interval is over, or until a
     * batch is full: a signed and published checkpoint costs the same for one entry as for 256.
     */
    private void company(long began) throws InterruptedException {
        long full = log.appended().seen() + Sequencer.MAX_BATCH;
        long left = settings.interval().toNanos() - (System.nanoTime() - began);
        while (running && left > 0 && log.appended().seen() < full) {
            log.appended().await(log.appended().seen(), left);
            left = settings.interval().toNanos() - (System.nanoTime() - began);
        }
    }

    /** A database or disk that is away now may be back at the next interval: nothing is lost meanwhile. */
    private boolean step(LogName name) {
        try {
            return log.step(name);
        } catch (LogStoppedException stopped) {
            throw stopped;
        } catch (RuntimeException e) {
            LOG.warn("a step of the log {} failed and is repeated", name.text(), e);
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        // Not by interrupt: that would tear the database connection out of a step half done.
        log.appended().announce();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the doors open, after they have closed. */
    @Override
    public int getPhase() {
        return 0;
    }
}
