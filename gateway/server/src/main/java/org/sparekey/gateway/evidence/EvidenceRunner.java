// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the steps of the room on one virtual thread: one capture at a time per replica. */
final class EvidenceRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceRunner.class);

    private final Evidence evidence;
    private final Destruction destruction;
    private final EvidenceSettings settings;
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    EvidenceRunner(Evidence evidence, Destruction destruction, EvidenceSettings settings) {
        this.evidence = evidence;
        this.destruction = destruction;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run()) {
            running = true;
            thread = Thread.ofVirtual().name("evidence").start(this::run);
        }
    }

    private void run() {
        while (running) {
            if (!step()) {
                LockSupport.parkNanos(settings.interval().toNanos());
            }
        }
    }

    /** Whatever went wrong, the rows know where each order stands; the next claim goes on from there. */
    private boolean step() {
        try {
            return evidence.step() || destruction.step();
        } catch (RuntimeException e) {
            LOG.error("a step of the evidence room failed; the order is claimed again when its lease is over", e);
            return false;
        }
    }

    /** A capture that runs is not waited for: it is reconciled at the next start. */
    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
