// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;

/** The entry bundles of a published shard, or of a backup of it. A bundle that is absent ends the copy. */
public final class TileCopy implements LogCopy {

    private final Path directory;
    private final byte[] note;
    private final Checkpoint head;
    private final Deque<byte[]> read = new ArrayDeque<>();
    private long bundle;

    private TileCopy(Path directory, byte[] note, Checkpoint head) {
        this.directory = directory;
        this.note = note;
        this.head = head;
    }

    /**
     * @param directory of one shard: its checkpoint says which log this claims to be, and how far
     * @throws IOException when there is no checkpoint, or none that can be read
     */
    public static TileCopy of(Path directory) throws IOException {
        try {
            byte[] note = Files.readAllBytes(directory.resolve(PublishedFiles.CHECKPOINT));
            return new TileCopy(
                    directory, note, Checkpoint.parse(SignedNote.parse(note).text()));
        } catch (MalformedException e) {
            throw new IOException("not a checkpoint: " + directory.resolve(PublishedFiles.CHECKPOINT), e);
        }
    }

    @Override
    public String origin() {
        return head.origin();
    }

    @Override
    public List<byte[]> checkpoints() {
        return List.of(note);
    }

    @Override
    public List<byte[]> next(int atMost) {
        while (read.size() < atMost && readBundle()) {
            bundle++;
        }
        List<byte[]> next = new ArrayList<>();
        while (next.size() < atMost && !read.isEmpty()) {
            next.add(read.remove());
        }
        return next;
    }

    private boolean readBundle() {
        var path = TilePath.in(head.size(), TilePath.ENTRIES, bundle);
        if (path.isEmpty()) {
            return false;
        }
        try {
            read.addAll(EntryBundle.decode(
                    Files.readAllBytes(directory.resolve(path.get().path()))));
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (MalformedException damaged) {
            throw new UncheckedIOException(
                    new IOException("a damaged bundle: " + path.get().path(), damaged));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
