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
                if (!step(name)) {
                    log.appended().await(seen, settings.interval().toNanos());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (LogStoppedException stopped) {
            LOG.error("{}; nothing more is appended or signed until this is resolved", stopped.getMessage());
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
