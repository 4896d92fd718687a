// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sparekey.gateway.auditlog.Failpoint;

/** Lets a test stand beside a running gateway: it waits until a named place is reached, and may hold the thread there. */
final class Turnstile implements Failpoint {

    /** No test is slower; one that never gets there fails instead of hanging. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    /** The next thread that comes here stays until the gate is opened. */
    Gate close(String name) {
        Gate gate = new Gate();
        gates.put(name, gate);
        return gate;
    }

    /** The next thread that comes here is noticed and goes on. */
    Gate watch(String name) {
        Gate gate = close(name);
        gate.open();
        return gate;
    }

    @Override
    public void reached(String name) {
        Gate gate = gates.remove(name);
        if (gate != null) {
            gate.pass();
        }
    }

    /** One passage of one thread. */
    static final class Gate {
        private final CountDownLatch there = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void await() {
            assertThat(within(there)).as("somebody came").isTrue();
        }

        void open() {
            opened.countDown();
        }

        private void pass() {
            there.countDown();
            within(opened);
        }

        private static boolean within(CountDownLatch latch) {
            try {
                return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
