// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The log's own runner and calendar at their real cadence, on a clock that passes only when the test says so: who waits for
 * a moment is let go at that moment, one thread at a time, and the clock stands while it works. So how fast the machine is
 * does not show, and what a step brings about has an exact instant.
 */
public final class LogByTheClock implements InstantSource, AutoCloseable {

    private static final int A_LOOK_MILLIS = 100;
    private static final int MOST_LOOKS = 1200;

    private final Instant start;
    private final Set<Resting> resting = new HashSet<>();
    private volatile Instant now;
    private @Nullable LogRunner runner;
    private @Nullable CalendarRunner calendar;
    private Duration cadence = Duration.ZERO;
    private Instant nextLook = Instant.MAX;
    private Instant nextPublish = Instant.MAX;
    private boolean closed;

    public LogByTheClock(Instant start) {
        this.start = start;
        this.now = start;
    }

    /** One waiting thread. */
    private static final class Resting {
        private final String thread;
        private final Arrivals arrivals;
        private final long seen;
        private final Instant until;
        private boolean released;

        private Resting(String thread, Arrivals arrivals, long seen, Instant until) {
            this.thread = thread;
            this.arrivals = arrivals;
            this.seen = seen;
            this.until = until;
        }

        private Instant due(Instant now) {
            return arrivals.seen() == seen ? until : now;
        }
    }

    private final class Virtual implements Rest {
        @Override
        public long nanoTime() {
            return Duration.between(start, instant()).toNanos();
        }

        @Override
        public void await(Arrivals arrivals, long seen, long nanos) throws InterruptedException {
            synchronized (LogByTheClock.this) {
                Resting mine = new Resting(Thread.currentThread().getName(), arrivals, seen, now.plusNanos(nanos));
                resting.add(mine);
                LogByTheClock.this.notifyAll();
                while (!mine.released && !closed) {
                    LogByTheClock.this.wait();
                }
                if (closed) {
                    throw new InterruptedException();
                }
            }
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Takes over a gateway whose log was started with {@code sparekey.log.run=false}. */
    public void drive(BeanFactory gateway) throws InterruptedException {
        LogSettings own = gateway.getBean(LogSettings.class);
        LogSettings running = new LogSettings(
                own.publicHost(), own.directory(), own.guardDirectory(), own.interval(), true, own.policy());
        AuditLog log = gateway.getBean(AuditLog.class);
        LogCalendar times = gateway.getBean(LogCalendar.class);
        LogRunner started = new LogRunner(log, running, new Virtual());
        started.start();
        synchronized (this) {
            runner = started;
            calendar = new CalendarRunner(log, running, times);
            cadence = times.caseCadence();
            nextLook = now.plus(CalendarRunner.LOOK);
            nextPublish = now.plus(cadence);
            allRest();
        }
    }

    /**
     * Lets time pass.
     *
     * @param look after everything that happened, at its instant
     */
    public synchronized void passUntil(Instant end, Runnable look) throws InterruptedException {
        while (true) {
            Resting first = resting.stream()
                    .min(Comparator.comparing((Resting each) -> each.due(now)).thenComparing(each -> each.thread))
                    .orElseThrow();
            Instant next = List.of(first.due(now), nextLook, nextPublish).stream()
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next;
            take(first);
            look.run();
        }
    }

    /** A full batch and more for the case log, all at this instant: the busiest it can be. */
    public static void crowd(BeanFactory gateway) {
        AuditLog log = gateway.getBean(AuditLog.class);
        new TransactionTemplate(gateway.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            for (int i = 0; i <= Sequencer.MAX_BATCH; i++) {
                log.append(LogFixture.statement("n" + i));
            }
        });
    }

    private void take(Resting first) throws InterruptedException {
        if (nextPublish.equals(now)) {
            nextPublish = now.plus(cadence);
            Objects.requireNonNull(calendar).publish();
        } else if (nextLook.equals(now)) {
            nextLook = now.plus(CalendarRunner.LOOK);
            Objects.requireNonNull(calendar).look();
        } else {
            resting.remove(first);
            first.released = true;
            notifyAll();
            allRest();
        }
    }

    /** Two threads for each log; one that died would be waited for in vain. */
    private void allRest() throws InterruptedException {
        for (int looks = 0; resting.size() < 2 * LogName.values().length; looks++) {
            if (looks > MOST_LOOKS) {
                throw new AssertionError("a thread of the log's runner does not come back");
            }
            wait(A_LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (runner != null) {
            runner.stop();
        }
    }
}
