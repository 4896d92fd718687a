// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at every interval, on one virtual thread. */
final class AlarmRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmRunner.class);

    private final Alarms alarms;
    private final AlarmSettings settings;
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    AlarmRunner(Alarms alarms, AlarmSettings settings) {
        this.alarms = alarms;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run()) {
            running = true;
            thread = Thread.ofVirtual().name("alarms").start(this::run);
        }
    }

    private void run() {
        while (running) {
            try {
                alarms.step();
            } catch (RuntimeException e) {
                LOG.error("a look of the alarms failed and is repeated", e);
            }
            LockSupport.parkNanos(settings.interval().toNanos());
        }
    }

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
