// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Listens to the events of all guests on this hypervisor. */
final class EventWatch implements AutoCloseable {

    /** So long virsh may take to register; whether it sufficed is proven by the job's own events, not assumed. */
    private static final Duration SETTLE = Duration.ofMillis(700);

    private static final Duration END = Duration.ofSeconds(5);

    /** A guest in an endless loop of errors must not fill our heap. */
    private static final int MAX_EVENTS = 100_000;

    private final Process process;
    private final Consumer<MonitorEvent> listener;
    private final List<MonitorEvent> events = new ArrayList<>();
    private boolean ended;
    private boolean overflown;

    private EventWatch(Process process, Consumer<MonitorEvent> listener) {
        this.process = process;
        this.listener = listener;
    }

    /** @param listener told at once, on a thread of its own */
    static EventWatch start(Virsh virsh, Consumer<MonitorEvent> listener) throws IOException {
        Process process = virsh.events();
        EventWatch watch = new EventWatch(process, listener);
        Thread.ofVirtual().name("hypervisor-events").start(watch::follow);
        if (Virsh.waitFor(process, SETTLE)) {
            throw new IOException("the event stream ended at once");
        }
        return watch;
    }

    synchronized List<MonitorEvent> events() {
        return List.copyOf(events);
    }

    /** The first such event, waited for. */
    synchronized Optional<MonitorEvent> await(Predicate<MonitorEvent> wanted, Duration atMost) throws IOException {
        long left = atMost.toMillis();
        int seen = 0;
        while (true) {
            for (; seen < events.size(); seen++) {
                if (wanted.test(events.get(seen))) {
                    return Optional.of(events.get(seen));
                }
            }
            if (left <= 0 || ended) {
                return Optional.empty();
            }
            left -= waitMillis(left);
        }
    }

    /** Whether the stream was whole so far. */
    synchronized boolean whole() {
        return !ended && !overflown;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        if (!Virsh.waitFor(process, END)) {
            process.destroyForcibly();
        }
    }

    private void follow() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                MonitorEvent.parse(line).ifPresent(this::take);
            }
        } catch (IOException e) {
            return; // Destroyed by close(), or ended: the same to whoever asks whole().
        } finally {
            end();
        }
    }

    private void take(MonitorEvent event) {
        synchronized (this) {
            if (events.size() < MAX_EVENTS) {
                events.add(event);
            } else {
                overflown = true;
            }
            notifyAll();
        }
        listener.accept(event);
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** One tick at most, so that lost time is bounded without reading a clock. */
    private long waitMillis(long left) throws IOException {
        long tick = Math.min(left, 50);
        try {
            wait(tick);
            return tick;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an event", e);
        }
    }
}
