// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.SignedNote;

/**
 * What a monitor remembers of one log: the whole signed checkpoint, so that a fork can be shown to others, and the roots
 * of the complete subtrees below it, so that the next look reads only what is new.
 *
 * @param note the signed note as it came
 * @param roots largest first
 * @param since when this size was first seen; absent in what older versions wrote
 */
record Seen(int v, String origin, long size, Bytes note, List<Digest> roots, Optional<Instant> since) {

    /** @throws IllegalArgumentException when the roots are not those of a tree of this size */
    Seen {
        roots = List.copyOf(roots);
        CompactTree.of(size, roots);
    }

    CompactTree tree() {
        return CompactTree.of(size, roots);
    }

    static Optional<Seen> load(Path directory, String origin) throws IOException, MalformedException {
        Path file = file(directory, origin);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Seen seen = Wire.read(Files.readAllBytes(file), Seen.class);
        if (!seen.origin().equals(origin)) {
            throw new MalformedException("/origin", "what was seen of another log");
        }
        return Optional.of(seen);
    }

    /** Whole or not at all, after any crash. */
    void store(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = file(directory, origin);
        Path beside = directory.resolve(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(Wire.write(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeps the signed note that contradicts what was seen: together the two prove it to anybody. */
    static void keepContradiction(Path directory, Checkpoint checkpoint, SignedNote note) throws IOException {
        Files.createDirectories(directory);
        String name = file(directory, checkpoint.origin()).getFileName().toString();
        String digest = Digest.sha256(note.bytes()).hex();
        Files.write(directory.resolve(name.replace(".seen.json", ".contradiction-" + digest + ".note")), note.bytes());
    }

    private static Path file(Path directory, String origin) {
        return directory.resolve(
                Digest.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex() + ".seen.json");
    }
}
