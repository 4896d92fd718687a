// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes the mirror's steps on a virtual thread of its own; the log knows nothing of it. */
final class MirrorRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorRunner.class);

    private final Mirror mirror;
    private final MirrorSettings settings;
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    MirrorRunner(Mirror mirror, MirrorSettings settings) {
        this.mirror = mirror;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run() && mirror.on()) {
            running = true;
            thread = Thread.ofVirtual().name("mirror").start(this::run);
        }
    }

    private void run() {
        while (running) {
            if (!step()) {
                LockSupport.parkNanos(settings.interval().toNanos());
            }
        }
    }

    /** Whatever went wrong, Kafka knows what it has; the next step goes on from there. */
    private boolean step() {
        try {
            return mirror.step();
        } catch (RuntimeException e) {
            LOG.warn("a step of the mirror failed and is repeated", e);
            return false;
        }
    }

    /** Waits for the step on its way, which is bounded by the clients' limits. */
    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
