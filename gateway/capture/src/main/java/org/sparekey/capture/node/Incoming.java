// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;

/** Collects what a node sends in a folder beside the store, and puts a file into the store once it is whole. */
public final class Incoming implements Receiver {

    /** More than any volume that a plan allows, sealed. */
    static final long MAX_BYTES = 5L << 30;

    private static final Pattern NAME = Pattern.compile("disk[0-9]{2}-[0-9]{6}\\.zst\\.age|key\\.cms|IMAGES\\.sha256");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final Function<String, EvidenceStore> stores;

    /**
     * @param directory for what is not whole yet; it outlives the process
     * @param stores which store a file of this name belongs in: the key is kept apart from the volumes
     */
    public Incoming(Path directory, Function<String, EvidenceStore> stores) throws IOException {
        this.directory = Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.stores = stores;
    }

    @Override
    public long held(UUID ticket, String name) throws IOException {
        Path part = part(ticket, name);
        return Files.exists(part) ? Files.size(part) : 0;
    }

    @Override
    public void append(UUID ticket, String name, long offset, ByteBuffer piece) throws IOException {
        if (offset != held(ticket, name) || offset + piece.remaining() > MAX_BYTES) {
            throw new IOException("a piece of " + name + " that does not begin where the last one ended");
        }
        try (FileChannel part =
                FileChannel.open(part(ticket, name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            part.position(offset);
            while (piece.hasRemaining()) {
                part.write(piece);
            }
        }
    }

    /** A crash after the store has the file leaves the part behind as well: asked again, it is compared with the store's. */
    @Override
    public void complete(UUID ticket, StoredFile file) throws IOException {
        Path part = part(ticket, file.name());
        EvidenceStore store = stores.apply(file.name());
        if (!store.names().contains(file.name())) {
            take(part, file, store);
        }
        if (!store.digest(file.name()).equals(file)) {
            throw new IOException(file.name() + " is there already, and is another file");
        }
        Files.deleteIfExists(part);
    }

    private void take(Path part, StoredFile file, EvidenceStore store) throws IOException {
        if (!Files.exists(part)) {
            throw new IOException("nothing has come of " + file.name());
        }
        try (NewFile whole = store.create(file.name());
                FileChannel from = FileChannel.open(part, StandardOpenOption.READ)) {
            var sha256 = Digest.sha256();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (from.read(buffer) >= 0) {
                sha256.update(buffer.flip().duplicate());
                whole.write(buffer);
                buffer.clear();
            }
            if (from.size() != file.length() || !Digest.of(sha256.digest()).equals(file.digest())) {
                Files.delete(part);
                throw new IOException(file.name() + " is not what the node sealed");
            }
            whole.commit();
        }
    }

    /** What came of an attempt that is over; what the store has of it is the store's owner's to destroy. */
    public void discard(UUID ticket) throws IOException {
        try (Stream<Path> parts = Files.list(directory)) {
            for (Path part : parts.toList()) {
                if (part.getFileName().toString().startsWith(ticket + ".")) {
                    Files.delete(part);
                }
            }
        }
    }

    /** A node names files of a folder of evidence, and nothing else gets a path. */
    private Path part(UUID ticket, String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("not the name of a sealed file, such as " + EvidenceFolder.KEY);
        }
        return directory.resolve(ticket + "." + name);
    }
}
