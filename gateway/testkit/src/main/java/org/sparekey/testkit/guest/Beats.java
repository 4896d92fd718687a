// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows a guest's console and notes when each beat arrived. */
public final class Beats implements AutoCloseable {

    private static final Pattern BEAT = Pattern.compile("HB (\\d+) (\\d+\\.\\d+)\r?\n");
    private static final Pattern CARRIERS = Pattern.compile("CARRIERS (\\d+)\r?\n");
    private static final Duration POLL = Duration.ofMillis(10);

    private final Path console;
    private final InstantSource clock;
    private final List<Beat> beats = new ArrayList<>();
    private final Thread thread;
    private int parsed;
    private String carriers = "";
    private volatile boolean stopped;

    /**
     * @param uptime the guest's own clock when it wrote the beat
     * @param seen when we saw it: at most a poll later than it was printed
     */
    public record Beat(int number, Duration uptime, Instant seen) {}

    Beats(Path console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("beats").start(this::follow);
    }

    /** All beats so far, in the order printed. */
    public synchronized List<Beat> all() {
        return List.copyOf(beats);
    }

    /** The number of the last beat that had been printed at that time; 0 when none. */
    public int lastBefore(Instant time) {
        return all().stream()
                .filter(beat -> !beat.seen().isAfter(time))
                .mapToInt(Beat::number)
                .max()
                .orElse(0);
    }

    /** Waits until so many more beats have come. */
    public synchronized void await(int more, Duration atMost) throws IOException, InterruptedException {
        Instant until = clock.instant().plus(atMost);
        int goal = beats.size() + more;
        while (beats.size() < goal) {
            long left = Duration.between(clock.instant(), until).toMillis();
            if (left <= 0) {
                throw new IOException("the guest printed " + beats.size() + " beats, not " + goal);
            }
            wait(left);
        }
    }

    /** Waits until the guest says of its interfaces, in their order, that they have a carrier (1) or none (0). */
    public synchronized void awaitCarriers(String expected, Duration atMost) throws IOException, InterruptedException {
        Instant until = clock.instant().plus(atMost);
        while (!carriers.equals(expected)) {
            long left = Duration.between(clock.instant(), until).toMillis();
            if (left <= 0) {
                throw new IOException("the guest sees the carriers " + carriers + " and not " + expected);
            }
            wait(left);
        }
    }

    /** What it said last. */
    public synchronized String carriers() {
        return carriers;
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void follow() {
        while (!stopped) {
            try {
                take(Files.exists(console) ? Files.readString(console, StandardCharsets.ISO_8859_1) : "");
            } catch (IOException e) {
                return; // The console is gone with its guest.
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private synchronized void take(String text) {
        Matcher matcher = BEAT.matcher(text);
        Instant now = clock.instant();
        while (matcher.find(parsed)) {
            beats.add(new Beat(
                    Integer.parseInt(matcher.group(1)),
                    Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(2)) * 1000)),
                    now));
            parsed = matcher.end();
            notifyAll();
        }
        Matcher said = CARRIERS.matcher(text);
        while (said.find()) {
            carriers = said.group(1);
        }
    }
}
