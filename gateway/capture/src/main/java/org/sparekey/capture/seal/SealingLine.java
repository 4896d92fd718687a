// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.image.ImageDigests;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.CompactTree;

/**
 * What becomes of the leaves behind the reader: the image's digest in their order on one thread, tree leaf and frame of
 * several leaves side by side, and the sealing in their order on another thread. At most {@link #LEAVES} are on their
 * way; a reader who is faster waits, and the guest does not notice.
 */
final class SealingLine implements AutoCloseable {

    /** Buffers, of two MiB each: enough that a hole, which is hashed only, does not leave the other threads idle. */
    static final int LEAVES = 32;

    /** Holes need no buffer, but are waited for all the same. */
    private static final int STEPS = 256;

    private record Step(Optional<Leaf> leaf, Future<?> hashed, Future<?> sealed) {}

    private final VolumeWriter writer;
    private final int zstdLevel;
    private final MessageDigest image = Digest.sha256();
    private final CompactTree tree = CompactTree.empty();
    private final ExecutorService hashing = thread("hashing", 1);
    private final ExecutorService compressing =
            thread("compressing", Runtime.getRuntime().availableProcessors());
    private final ExecutorService sealing = thread("sealing", 1);
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private final Deque<Leaf> free = new ArrayDeque<>();
    private final byte[] zeros = new byte[ImageHash.LEAF_BYTES];
    private long length;
    private volatile boolean failed;

    SealingLine(VolumeWriter writer, int zstdLevel) {
        this.writer = writer;
        this.zstdLevel = zstdLevel;
    }

    private static ExecutorService thread(String name, int count) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name(name, 1).daemon().factory());
    }

    /** A leaf to be filled and given back by {@link #data}; waits until one is free. */
    Leaf leaf() throws IOException {
        while (free.isEmpty() && leaves.size() == LEAVES) {
            awaitOldest();
        }
        if (free.isEmpty()) {
            Leaf leaf = new Leaf(zstdLevel);
            leaves.add(leaf);
            return leaf;
        }
        return free.remove();
    }

    void data(Leaf leaf) throws IOException {
        Future<?> compressed = compressing.submit(leaf::digestAndCompress);
        submit(Optional.of(leaf), leaf.bytes(), leaf.length(), () -> {
            await(compressed);
            tree.append(leaf.digest());
            writer.frame(leaf.frame(), leaf.length());
        });
    }

    /** A whole leaf that reads as zeros. */
    void zeros() throws IOException {
        submit(Optional.empty(), zeros, zeros.length, () -> {
            tree.append(ImageHash.zeroLeaf());
            writer.zeros();
        });
    }

    /** What was sealed. */
    record Sealed(ImageDigests digests, List<CapturedVolume> volumes) {}

    /** Waits for everything and ends the last volume. */
    Sealed finish() throws IOException {
        while (!steps.isEmpty()) {
            awaitOldest();
        }
        List<CapturedVolume> volumes = await(sealing.submit(writer::finish));
        return new Sealed(new ImageDigests(length, Digest.of(image.digest()), tree.root()), volumes);
    }

    /** After a failure every thread ends with its step, and the volume that was being written is taken back. */
    @Override
    public void close() throws IOException {
        failed = true;
        hashing.close();
        compressing.close();
        sealing.close();
        leaves.forEach(Leaf::close);
        writer.close();
    }

    private interface Sealing {
        void run() throws IOException;
    }

    private void submit(Optional<Leaf> leaf, byte[] bytes, int count, Sealing step) throws IOException {
        if (steps.size() == STEPS) {
            awaitOldest();
        }
        length += count;
        Future<?> hashed = hashing.submit(() -> image.update(bytes, 0, count));
        steps.add(new Step(leaf, hashed, sealing.submit(inOrder(step))));
    }

    /** A leaf that could not be sealed is not left out: nothing follows it. */
    private Callable<Boolean> inOrder(Sealing step) {
        return () -> {
            if (failed) {
                throw new IOException("an earlier leaf could not be sealed");
            }
            try {
                step.run();
                return true;
            } catch (IOException | RuntimeException e) {
                failed = true;
                throw e;
            }
        };
    }

    private void awaitOldest() throws IOException {
        Step oldest = steps.remove();
        await(oldest.hashed());
        await(oldest.sealed());
        oldest.leaf().ifPresent(free::add);
    }

    static <T> T await(Future<T> step) throws IOException {
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
