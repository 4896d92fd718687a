// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;

/** One log's public directory in tlog-tiles layout: checkpoint, tile/..., tile/entries/..., vkey. */
final class PublishedFiles {

    static final String CHECKPOINT = "checkpoint";
    private static final String VKEY = "vkey";

    private final Path directory;
    private final NoteKey key;

    PublishedFiles(Path directory, NoteKey key) {
        this.directory = directory;
        this.key = key;
    }

    Path directory() {
        return directory;
    }

    Optional<byte[]> checkpoint() {
        return read(directory.resolve(CHECKPOINT));
    }

    /** The published checkpoint if our key signed it; a file that it did not sign counts as absent and is overwritten. */
    Optional<Checkpoint> head() {
        try {
            Optional<byte[]> bytes = checkpoint();
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            SignedNote note = SignedNote.parse(bytes.get());
            boolean ours = note.signers(List.of(key)).contains(key);
            return ours ? Optional.of(Checkpoint.parse(note.text())) : Optional.empty();
        } catch (MalformedException notACheckpoint) {
            return Optional.empty();
        }
    }

    Optional<byte[]> tile(TilePath path) {
        return read(directory.resolve(path.path()));
    }

    /** Writes a tile that is not there yet. @throws LogStoppedException when other bytes are there */
    void publish(TilePath path, byte[] bytes) {
        Optional<byte[]> there = tile(path);
        if (there.isPresent() && !Arrays.equals(there.get(), bytes)) {
            throw new LogStoppedException(StopReason.DIFFERING_TILE, key.name());
        }
        if (there.isEmpty()) {
            write(path.path(), bytes);
        }
    }

    void publish(byte[] checkpoint) {
        write(CHECKPOINT, checkpoint);
    }

    void publishKey() {
        byte[] vkey = (key.vkey() + "\n").getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(vkey, read(directory.resolve(VKEY)).orElse(new byte[0]))) {
            write(VKEY, vkey);
        }
    }

    /** tlog-tiles: once the full tile is there, its partial ones may go. A crash in between leaves some, harmlessly. */
    void removePartial(TilePath full) {
        Path partial = directory.resolve(full.path() + ".p");
        try (DirectoryStream<Path> widths = Files.newDirectoryStream(partial)) {
            for (Path width : widths) {
                Files.delete(width);
            }
            Files.delete(partial);
        } catch (NoSuchFileException neverPartial) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("partial tiles of " + key.name(), e);
        }
    }

    private void write(String name, byte[] bytes) {
        try {
            Durable.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("publishing " + name + " of " + key.name(), e);
        }
    }

    private Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file.getFileName() + " of " + key.name(), e);
        }
    }
}
