// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes who waits: the runner when something was appended, callers when something was published. */
final class Arrivals {

    private final Lock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long count;

    /** One for each log. */
    static Map<LogName, Arrivals> ofEach() {
        Map<LogName, Arrivals> each = new EnumMap<>(LogName.class);
        for (LogName log : LogName.values()) {
            each.put(log, new Arrivals());
        }
        return each;
    }

    void announce() {
        lock.lock();
        try {
            count++;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long seen() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when something has been announced since {@code seen}, or after the time; the caller looks for itself. */
    void await(long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (count == seen && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
