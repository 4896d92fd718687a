// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Levels the rows with the log once, then goes on with what waits, every interval. */
final class OrdersRunner implements SmartLifecycle {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Orders orders;
    private final Levelling levelling;
    private CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    OrdersRunner(Orders orders, Levelling levelling) {
        this.orders = orders;
        this.levelling = levelling;
    }

    @Override
    public void start() {
        levelling.level();
        stopping = new CountDownLatch(1);
        running = true;
        Thread.ofVirtual().name("orders").start(this::run);
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

    /** Whatever failed is as it was before: its transaction is gone, and the next round tries again. */
    private void step() {
        Attempts.done("a step of the orders", orders::step);
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
