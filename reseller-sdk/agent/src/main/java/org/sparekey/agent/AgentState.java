// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** The agent's own directory: the lock that lets one run at a time, and its memory. */
final class AgentState {

    private static final String LOCK = "lock";
    private static final String MEMORY = "memory.json";

    private final Path directory;

    private AgentState(Path directory) {
        this.directory = directory;
    }

    static AgentState open(Path directory) throws IOException {
        DurableFiles.directory(directory);
        return new AgentState(directory);
    }

    /** The run's lock, let go by closing it or by the process's end; empty while another run holds it. */
    Optional<FileChannel> lock() throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    Memory memory() throws IOException {
        Path file = directory.resolve(MEMORY);
        if (!Files.exists(file)) {
            return Memory.empty();
        }
        try {
            return Memory.of(Wire.read(Files.readAllBytes(file), Memory.Form.class));
        } catch (MalformedException e) {
            throw new IOException("cannot read " + file + ": " + e.reason(), e);
        }
    }

    void memory(Memory memory) throws IOException {
        DurableFiles.replace(directory.resolve(MEMORY), Wire.write(memory.form()));
    }
}
