// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.evidence.CapturedVolume;

/** Hands leaves in order to one sealing thread, never more than {@link #IN_FLIGHT} ahead of it. */
final class SealingLine implements AutoCloseable {

    static final int IN_FLIGHT = 4;

    private record Step(byte @Nullable [] buffer, Future<?> sealed) {}

    private final VolumeWriter writer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("sealing").daemon().factory());
    private final Deque<Step> inFlight = new ArrayDeque<>();
    private final Deque<byte[]> free = new ArrayDeque<>();

    SealingLine(VolumeWriter writer) {
        this.writer = writer;
    }

    /** A leaf's buffer, to be filled and given back by {@link #data}. */
    byte[] buffer() {
        byte[] buffer = free.poll();
        return buffer == null ? new byte[org.sparekey.protocol.image.ImageHash.LEAF_BYTES] : buffer;
    }

    void data(byte[] buffer, int length) throws IOException {
        submit(buffer, () -> writer.data(buffer, length));
    }

    void zeros(int length) throws IOException {
        submit(null, () -> writer.zeros(length));
    }

    /** Waits for everything and ends the last volume. */
    List<CapturedVolume> finish() throws IOException {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
        Future<List<CapturedVolume>> volumes = thread.submit(writer::finish);
        return await(volumes);
    }

    /** After a failure the sealing thread ends with its step, and the volume it was writing is taken back. */
    @Override
    public void close() throws IOException {
        thread.close();
        writer.close();
    }

    private interface Sealing {
        void run() throws IOException;
    }

    private void submit(byte @Nullable [] buffer, Sealing step) throws IOException {
        if (inFlight.size() == IN_FLIGHT) {
            awaitOldest();
        }
        Callable<Boolean> call = () -> {
            step.run();
            return true;
        };
        inFlight.add(new Step(buffer, thread.submit(call)));
    }

    private void awaitOldest() throws IOException {
        Step oldest = inFlight.remove();
        await(oldest.sealed());
        if (oldest.buffer() != null) {
            free.add(oldest.buffer());
        }
    }

    private static <T> T await(Future<T> step) throws IOException {
        try {
            return step.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the capture was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException("sealing failed", e.getCause());
        }
    }
}
