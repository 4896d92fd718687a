// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Does something once, then something else every interval, on one virtual thread, until the gateway stops. */
final class Rounds implements SmartLifecycle {

    private final String name;
    private final Duration interval;
    private final Runnable first;
    private final Runnable round;
    private final Runnable last;
    private CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    Rounds(String name, Duration interval, Runnable first, Runnable round, Runnable last) {
        this.name = name;
        this.interval = interval;
        this.first = first;
        this.round = round;
        this.last = last;
    }

    @Override
    public void start() {
        first.run();
        stopping = new CountDownLatch(1);
        running = true;
        Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        try {
            while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                // Whatever failed is as it was before: its transaction is gone, and the next round tries again.
                Attempts.done("a round of " + name, round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        last.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
