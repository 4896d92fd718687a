// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What this machine costs and how busy it is: the figures without which a rate says nothing. */
final class Machine {

    private static final int SYNCS = 51;
    private static final int PAGE_BYTES = 8192;
    private static final long NANOS_PER_MICRO = 1000;

    private final Optional<ProcessHandle> database;

    /** @param database the process whose descendants work for us, where there is one */
    Machine(Optional<ProcessHandle> database) {
        this.database = database;
    }

    Sample measure(Comparison.Share share, Yardstick yardstick) throws Exception {
        share.side().prepare(share.operations());
        return switch (yardstick) {
            case MEDIAN_TIME -> each(share);
            case RATE, CPU, AMOUNT -> all(share);
        };
    }

    private Sample all(Comparison.Share share) throws Exception {
        long cpu = cpuMicros();
        long from = System.nanoTime();
        share.side().run(share.operations());
        long wall = System.nanoTime() - from;
        return new Sample(
                share.operations(), wall, cpuMicros() - cpu, share.side().amount());
    }

    private Sample each(Comparison.Share share) throws Exception {
        long[] nanos = new long[share.operations()];
        long cpu = cpuMicros();
        for (int n = 0; n < nanos.length; n++) {
            long from = System.nanoTime();
            share.side().run(1);
            nanos[n] = System.nanoTime() - from;
        }
        long cpuAfter = cpuMicros();
        Arrays.sort(nanos);
        double median = (double) nanos[nanos.length / 2] / NANOS_PER_MICRO;
        return new Sample(nanos.length, Arrays.stream(nanos).sum(), cpuAfter - cpu, median);
    }

    /** Of this process and of the database's processes that are alive; its connections are pooled and outlive a round. */
    private long cpuMicros() {
        long own = cpu(ProcessHandle.current());
        return own
                + database.map(root -> cpu(root)
                                + root.descendants().mapToLong(Machine::cpu).sum())
                        .orElse(0L);
    }

    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / NANOS_PER_MICRO;
    }

    /** The load average of the last minute, other people's work included. */
    double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The median of writing one page and having it on the disk, in microseconds. */
    long fdatasyncMicros(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "sync", ".probe");
        List<Long> nanos = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int n = 0; n < SYNCS; n++) {
                long from = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE_BYTES), 0);
                channel.force(false);
                nanos.add(System.nanoTime() - from);
            }
        } finally {
            Files.delete(file);
        }
        Collections.sort(nanos);
        return nanos.get(SYNCS / 2) / NANOS_PER_MICRO;
    }
}
