// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the steps that go by the clock. The {@code case} log is published at a fixed rate, tick by tick, by a thread that
 * does nothing else; anchors and the change of shards are looked after once a second.
 */
final class CalendarRunner implements SmartLifecycle {

    /** How often it is looked whether an anchor or a new shard is due; much shorter than {@link ShardChange#GRACE}. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CalendarRunner.class);

    private final AuditLog log;
    private final LogSettings settings;
    private final LogCalendar calendar;
    private @Nullable ScheduledExecutorService clockwork;

    CalendarRunner(AuditLog log, LogSettings settings, LogCalendar calendar) {
        this.log = log;
        this.settings = settings;
        this.calendar = calendar;
    }

    @Override
    public synchronized void start() {
        if (!settings.run()) {
            return;
        }
        ScheduledExecutorService started = Executors.newScheduledThreadPool(
                2, Thread.ofVirtual().name("log-calendar-", 0).factory());
        every(started, calendar.caseCadence(), "publishing the case log", this::publish);
        every(started, LOOK, "the calendar of the logs", this::look);
        clockwork = started;
    }

    void publish() {
        log.stepper().publish(LogName.CASE);
    }

    void look() {
        for (LogName name : LogName.values()) {
            log.stepper().turn(name);
        }
        log.stepper().anchor();
    }

    private static void every(ScheduledExecutorService clockwork, Duration period, String what, Runnable step) {
        long nanos = period.toNanos();
        clockwork.scheduleAtFixedRate(() -> quietly(what, step), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** What failed is tried again at the next tick; that the log is stopped is said by whoever stopped it. */
    private static void quietly(String what, Runnable step) {
        try {
            step.run();
        } catch (LogStoppedException stopped) {
            LOG.debug("{}: {}", what, stopped.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} failed and is repeated", what, e);
        }
    }

    @Override
    public synchronized void stop() {
        if (clockwork != null) {
            // Not by interrupt: that would tear the database connection out of a step half done.
            clockwork.close();
            clockwork = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return clockwork != null;
    }

    /** With the log's runner: before the doors open, after they have closed. */
    @Override
    public int getPhase() {
        return 0;
    }
}
