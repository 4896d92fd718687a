// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** Keeps a node's state in one file, durable before {@link #write} returns. One process at a time; others are turned away. */
public final class NodeJournal implements AutoCloseable {

    private static final String STATE = "state.json";
    private static final String NEXT = "state.next";
    private static final String LOCK = "lock";

    private final Path directory;
    private final FileChannel lock;

    /** @throws IOException also where another process has it, or the state cannot be read: a node that forgot would do it twice */
    public NodeJournal(Path directory) throws IOException {
        this.directory = Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(lock)) {
            lock.close();
            throw new IOException("another node works with this state");
        }
    }

    /** The state as it was last written; a new one where there is none. */
    public NodeState read() throws IOException {
        Path state = directory.resolve(STATE);
        if (!Files.exists(state)) {
            return NodeState.NEW;
        }
        try {
            return Wire.read(Files.readAllBytes(state), NodeState.class);
        } catch (MalformedException e) {
            throw new IOException("the node's state cannot be read: " + e.reason(), e);
        }
    }

    /** A crash in here leaves the old state or the new one, never half of either. */
    void write(NodeState state) throws IOException {
        Path next = directory.resolve(NEXT);
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(Wire.write(state));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(next, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }
}
