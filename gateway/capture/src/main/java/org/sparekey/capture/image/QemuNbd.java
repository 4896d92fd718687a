// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Extent;
import org.sparekey.capture.nbd.NbdClient;

/** A qcow2 image served by a {@code qemu-nbd --read-only} of our own, over a socket in a directory of our own. */
final class QemuNbd implements ImageSource {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path directory;
    private final Process server;
    private final NbdClient client;

    private QemuNbd(Path directory, Process server, NbdClient client) {
        this.directory = directory;
        this.server = server;
        this.client = client;
    }

    static QemuNbd open(Path program, Path image, InstantSource clock) throws IOException {
        Path directory = Files.createTempDirectory("sparekey-nbd"); // mode 0700
        Path socket = directory.resolve("s");
        Process server = new ProcessBuilder(
                        program.toString(),
                        "--read-only",
                        "--format=qcow2",
                        "--socket=" + socket,
                        "--export-name=disk",
                        "--",
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitSocket(server, socket);
            return new QemuNbd(directory, server, NbdClient.connect(socket, "disk", clock));
        } catch (IOException | RuntimeException e) {
            end(server, directory);
            throw e;
        }
    }

    @Override
    public long size() {
        return client.size();
    }

    @Override
    public List<Extent> extents() throws IOException {
        return client.extents();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        client.read(offset, into);
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } finally {
            end(server, directory);
        }
    }

    /** qemu-nbd makes its socket only after it has opened and locked the image. */
    private static void awaitSocket(Process server, Path socket) throws IOException {
        for (long waited = 0; !Files.exists(socket); waited += POLL.toMillis()) {
            if (waitFor(server, POLL) || waited > START.toMillis()) {
                throw new CaptureException(
                        CaptureRefusal.DISK_IN_USE,
                        "qemu-nbd did not serve the image: it is locked, or no qcow2 image");
            }
        }
    }

    private static void end(Process server, Path directory) throws IOException {
        server.destroy();
        if (!waitFor(server, START)) {
            server.destroyForcibly();
        }
        Files.deleteIfExists(directory.resolve("s"));
        Files.deleteIfExists(directory);
    }

    private static boolean waitFor(Process server, Duration atMost) throws IOException {
        try {
            return server.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for qemu-nbd", e);
        }
    }
}
