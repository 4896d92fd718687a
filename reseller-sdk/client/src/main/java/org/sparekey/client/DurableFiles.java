// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are whole or not there, readable by their owner alone. */
final class DurableFiles {

    private static final boolean POSIX =
            java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFiles() {}

    static void directory(Path directory) throws IOException {
        Files.createDirectories(directory, owner("rwx------"));
    }

    /** A crash before the move leaves the old file; behind it, the new one. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        write(draft, bytes, StandardOpenOption.CREATE_NEW);
        adopt(draft, file);
    }

    /** An empty file beside, for its owner alone, in place of what an earlier run left half written. */
    static Path draft(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        write(draft, new byte[0], StandardOpenOption.CREATE_NEW);
        return draft;
    }

    /** Gives a draft that is on the disk its name. */
    static void adopt(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.toAbsolutePath().resolveSibling(""));
    }

    /** The new name itself: without it a power cut may bring the old directory back. */
    private static void sync(Path directory) throws IOException {
        if (!POSIX) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void append(Path file, byte[] bytes) throws IOException {
        write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void write(Path file, byte[] bytes, StandardOpenOption... how) throws IOException {
        Set<StandardOpenOption> options = new java.util.HashSet<>(Set.of(how));
        options.add(StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, owner("rw-------"))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    static FileAttribute<?>[] owner(String mode) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
