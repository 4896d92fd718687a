// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the steps of each log on two virtual threads of its own, at once after an append and else every interval. */
final class LogRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogRunner.class);

    /** How often a stopped log looks whether two officers have resumed it. */
    static final Duration STOPPED_LOOK = Duration.ofSeconds(1);

    private final AuditLog log;
    private final LogSettings settings;
    private final Rest rest;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    LogRunner(AuditLog log, LogSettings settings, Rest rest) {
        this.log = log;
        this.settings = settings;
        this.rest = rest;
    }

    @Override
    public void start() {
        if (settings.run()) {
            running = true;
            for (LogName name : LogName.values()) {
                threads.add(Thread.ofVirtual().name("log-" + name.text()).start(() -> enter(name)));
                threads.add(
                        Thread.ofVirtual().name("log-" + name.text() + "-shown").start(() -> show(name)));
            }
        }
    }

    /** Numbers and signs; goes on whatever the witnesses do, and whatever the other log is given. */
    private void enter(LogName name) {
        Arrivals appended = log.announcements().appended(name);
        loop(name, () -> {
            long seen = appended.seen();
            long began = rest.nanoTime();
            step(name, log.stepper()::enter);
            rest.await(appended, seen, settings.interval().toNanos());
            company(appended, began);
        });
    }

    /**
     * Has it witnessed, and publishes: what one round takes meanwhile, the next round shows together. The case log is
     * published by the calendar instead.
     */
    private void show(LogName name) {
        Arrivals signed = log.announcements().signed(name);
        loop(name, () -> {
            long seen = signed.seen();
            if (!step(name, name == LogName.CASE ? log.stepper()::witness : log.stepper()::show)) {
                rest.await(signed, seen, settings.interval().toNanos());
            }
        });
    }

    private interface Turn {
        void take() throws InterruptedException;
    }

    private void loop(LogName name, Turn turn) {
        boolean told = false;
        try {
            while (running) {
                try {
                    turn.take();
                    told = false;
                } catch (LogStoppedException stopped) {
                    if (!told) {
                        LOG.error(
                                "{}; nothing more is appended or signed until this is resolved", stopped.getMessage());
                    }
                    told = true;
                    rest.await(
                            log.announcements().appended(name),
                            log.announcements().appended(name).seen(),
                            STOPPED_LOOK.toNanos());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The first entry after a pause goes at once; those behind it wait for company until the interval is over, or until a
     * batch is full: a signed and published checkpoint costs the same for one entry as for 256.
     */
    private void company(Arrivals appended, long began) throws InterruptedException {
        long full = appended.seen() + Sequencer.MAX_BATCH;
        long left = settings.interval().toNanos() - (rest.nanoTime() - began);
        while (running && left > 0 && appended.seen() < full) {
            rest.await(appended, appended.seen(), left);
            left = settings.interval().toNanos() - (rest.nanoTime() - began);
        }
    }

    /** A database or disk that is away now may be back at the next interval: nothing is lost meanwhile. */
    private boolean step(LogName name, Predicate<LogName> step) {
        try {
            return step.test(name);
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
        for (LogName name : LogName.values()) {
            log.announcements().appended(name).announce();
            log.announcements().signed(name).announce();
        }
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
