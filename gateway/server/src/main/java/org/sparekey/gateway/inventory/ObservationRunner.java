// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the hypervisors again and again, on one virtual thread. */
final class ObservationRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationRunner.class);

    private final Inventory inventory;
    private final InventorySettings settings;
    private Thread thread = Thread.ofVirtual().name("inventory").unstarted(() -> {});
    private volatile boolean running;

    ObservationRunner(Inventory inventory, InventorySettings settings) {
        this.inventory = inventory;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (settings.run()) {
            running = true;
            thread = Thread.ofVirtual().name("inventory").start(() -> run(settings.interval()));
        }
    }

    private void run(Duration interval) {
        try {
            while (running) {
                look();
                Thread.sleep(interval);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away now may be back at the next look; the gap then shows in the intervals. */
    private void look() {
        try {
            switch (inventory.observe()) {
                case Poll.Complete complete -> LOG.debug("{} guests listed", complete.guests());
                case Poll.Incomplete incomplete ->
                    LOG.warn(
                            "the hypervisors' listing has gaps, nothing is taken for removed: {}", incomplete.reason());
                case Poll.NoHypervisor none -> LOG.debug("no hypervisor is configured");
            }
        } catch (RuntimeException e) {
            LOG.warn("a look at the hypervisors failed and is repeated", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
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
