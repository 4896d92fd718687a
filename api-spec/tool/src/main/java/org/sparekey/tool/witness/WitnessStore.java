// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.SignedNote;

/**
 * What a witness remembers: per log the latest signed checkpoint, whole, in {@code <SHA-256 of the origin>/checkpoint} (the
 * layout that tlog-witness serves to monitors, so that any web server may). One process at a time.
 */
final class WitnessStore implements AutoCloseable {

    private static final String CHECKPOINT = "checkpoint";
    private static final String NEXT = "checkpoint.next";

    private final Path directory;
    private final Failpoint failpoint;
    private final FileChannel lockFile;
    private final FileLock lock;

    /** A place where a crash leaves something behind; nothing happens there but in tests. */
    @FunctionalInterface
    interface Failpoint {
        void reached(String name) throws IOException;
    }

    /** @throws IOException when the directory cannot be had, or another witness has it */
    WitnessStore(Path directory, Failpoint failpoint) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.failpoint = failpoint;
        this.lockFile =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.lock = lock();
    }

    private FileLock lock() throws IOException {
        try {
            FileLock held = lockFile.tryLock();
            if (held != null) {
                return held;
            }
        } catch (OverlappingFileLockException sameProcess) {
            lockFile.close();
            throw new IOException(inUse(), sameProcess);
        }
        lockFile.close();
        throw new IOException(inUse());
    }

    private String inUse() {
        return "another witness uses " + directory;
    }

    /** @throws IOException when what is there cannot be read as a note: then this witness signs nothing for that log */
    Optional<SignedNote> latest(String origin) throws IOException {
        Path file = folder(origin).resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(SignedNote.parse(in.readNBytes(SignedNote.MAX_BYTES + 1)));
        } catch (MalformedException e) {
            throw new IOException(file + " is not a signed note", e);
        }
    }

    /** When this returns, the note is there after any crash; when it throws, either this note or the one before is. */
    void store(String origin, SignedNote note) throws IOException {
        Path folder = folder(origin);
        if (!Files.exists(folder)) {
            Files.createDirectory(folder);
            sync(directory);
        }
        Path next = folder.resolve(NEXT);
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(note.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Before this line a crash leaves half a file of another name, which nobody reads.
            channel.force(true);
        }
        failpoint.reached("witness.written");
        Files.move(next, folder.resolve(CHECKPOINT), StandardCopyOption.ATOMIC_MOVE);
        failpoint.reached("witness.renamed");
        sync(folder);
        // From here on a crash loses the answer and not the note: the log asks again and is told the size.
        failpoint.reached("witness.stored");
    }

    private Path folder(String origin) {
        return directory.resolve(
                Digest.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex());
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
