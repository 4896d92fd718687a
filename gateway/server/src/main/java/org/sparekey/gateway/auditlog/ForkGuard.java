// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteKey;

/**
 * What one log key has signed last, kept outside the database in a file of three lines, so that a restored or copied
 * database cannot make the key sign a second history: the same size only with the same root, a larger one only with a
 * proof that it begins with the stored one, everything else stops.
 */
final class ForkGuard {

    static final String ENDING = ".guard";

    private final Path file;
    private final Path stopped;
    private final String origin;

    ForkGuard(Path directory, LogName log, NoteKey key) {
        this.file = directory.resolve(log.text() + "-" + key.keyId() + ENDING);
        this.stopped = directory.resolve(log.text() + "-" + key.keyId() + ".stopped");
        this.origin = key.name();
    }

    /**
     * Admits a checkpoint to be signed, and remembers it before it is.
     *
     * @param nodes the tree that the database holds at the candidate's size
     * @param signedBefore whether the database says that something of this log was signed
     * @throws LogStoppedException when the candidate is not the continuation of what was signed
     */
    void admit(Checkpoint candidate, Nodes nodes, boolean signedBefore) {
        try (FileChannel channel = lockFile();
                FileLock lock = channel.lock()) {
            Optional<Checkpoint> stored = stored();
            if (stored.isEmpty() && signedBefore) {
                throw new LogStoppedException(StopReason.GUARD_MISSING, origin);
            }
            stored.ifPresent(last -> requireContinued(last, candidate, nodes));
            if (!nodes.root(candidate.size()).equals(candidate.root())) {
                throw new LogStoppedException(StopReason.ALTERED, origin);
            }
            if (!stored.equals(Optional.of(candidate))) {
                Durable.write(file, candidate.text().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    /** @throws LogStoppedException unless this tree begins with what was signed */
    void requireContinuedBy(Checkpoint tree, Nodes nodes) {
        remembered().ifPresent(signed -> requireContinued(signed, tree, nodes));
    }

    private void requireContinued(Checkpoint last, Checkpoint candidate, Nodes nodes) {
        requireNotBehind(last, candidate.size(), candidate.root());
        ConsistencyProof proof = ConsistencyProof.make(last.size(), candidate.size(), nodes);
        if (!proof.proves(last.root(), candidate.root())) {
            throw new LogStoppedException(StopReason.FORKED, origin);
        }
    }

    /** The quick question before every batch: is the database at least as far as what was signed. */
    void requireNotBehind(long size, Digest root) {
        try {
            stored().ifPresent(last -> requireNotBehind(last, size, root));
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    private void requireNotBehind(Checkpoint last, long size, Digest root) {
        if (size < last.size()) {
            throw new LogStoppedException(StopReason.RESTORED_BEHIND_LOG, origin);
        }
        if (size == last.size() && !root.equals(last.root())) {
            throw new LogStoppedException(StopReason.FORKED, origin);
        }
    }

    /** What was signed last, or is about to be: signing it again says nothing new. */
    Optional<Checkpoint> remembered() {
        try {
            return stored();
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    private Optional<Checkpoint> stored() throws IOException {
        try {
            Checkpoint stored = Checkpoint.parse(Files.readString(file));
            if (!stored.origin().equals(origin)) {
                throw new LogStoppedException(StopReason.FORKED, origin);
            }
            return Optional.of(stored);
        } catch (NoSuchFileException nothingSignedYet) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new IOException("the fork guard " + file + " is damaged", e);
        }
    }

    /**
     * Keeps the stop beyond this process: rebuilding the database is not enough, two officers must see it. The
     * first reason stays: several witnesses may tell it at once.
     */
    synchronized void keepStopped(StopReason reason) {
        if (keptStopped().isPresent()) {
            return;
        }
        try {
            Durable.write(stopped, (reason.text() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    /** A note that cannot be read is one that somebody damaged: it stops as well. */
    Optional<StopReason> keptStopped() {
        try {
            String text = Files.readString(stopped).strip();
            return Optional.of(StopReason.of(text).orElse(StopReason.RESTORED_BEHIND_LOG));
        } catch (NoSuchFileException running) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    synchronized void resume() {
        try {
            Files.deleteIfExists(stopped);
        } catch (IOException e) {
            throw new UncheckedIOException("the fork guard of " + origin, e);
        }
    }

    private FileChannel lockFile() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
