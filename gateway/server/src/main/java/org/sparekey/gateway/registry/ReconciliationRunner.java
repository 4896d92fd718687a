// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Compares again and again, on one virtual thread; first when one interval has passed, so that there is a listing. */
final class ReconciliationRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationRunner.class);

    private final Reconciliation reconciliation;
    private final ReconciliationSettings settings;
    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private Thread thread = Thread.ofVirtual().name("reconciliation").unstarted(() -> {});

    ReconciliationRunner(Reconciliation reconciliation, ReconciliationSettings settings) {
        this.reconciliation = reconciliation;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run()) {
            stopping = new CountDownLatch(1);
            thread = Thread.ofVirtual().name("reconciliation").start(this::run);
        }
    }

    private void run() {
        try {
            while (!stopping.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away, or a log that is stopped: the day waits in its row and is signed later. */
    private void step() {
        try {
            reconciliation.step();
        } catch (RuntimeException e) {
            LOG.warn("a comparison of registrations with listings failed and is repeated", e);
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stopping.getCount() > 0;
    }
}
