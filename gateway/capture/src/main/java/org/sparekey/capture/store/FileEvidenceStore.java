// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.protocol.json.Digest;

/** A store in one directory (mode 0700, files 0400). */
public final class FileEvidenceStore implements EvidenceStore {

    /** What a crash while writing leaves behind ends in this, is never listed, and goes with the next opening. */
    private static final String TEMPORARY = ".part";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;

    /** Opens or makes the directory; one process writes to it at a time. */
    public FileEvidenceStore(Path directory) throws IOException {
        this.directory = Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path path : paths()) {
            if (path.getFileName().toString().endsWith(TEMPORARY)) {
                Files.delete(path);
            }
        }
    }

    @Override
    public NewFile create(String name) throws IOException {
        if (Files.exists(path(name))) {
            throw exists(name, null);
        }
        return new FileBeingWritten(name, directory);
    }

    @Override
    public List<String> names() throws IOException {
        return paths().stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.endsWith(TEMPORARY))
                .sorted()
                .toList();
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return FileChannel.open(path(name), StandardOpenOption.READ);
    }

    @Override
    public StoredFile digest(String name) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        long length = 0;
        try (SeekableByteChannel file = open(name)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (file.read(buffer) >= 0) {
                length += buffer.flip().remaining();
                sha256.update(buffer);
                buffer.clear();
            }
        }
        return new StoredFile(name, length, Digest.of(sha256.digest()));
    }

    @Override
    public void destroy(String first) throws IOException {
        Files.deleteIfExists(path(first));
        sync(directory);
        for (Path path : paths()) {
            Files.delete(path);
        }
        sync(directory);
    }

    private List<Path> paths() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }

    /** A name comes from our own table or from a URL: only a plain file name gets through. */
    private Path path(String name) {
        if (!NAME.matcher(name).matches() || name.endsWith(TEMPORARY)) {
            throw new IllegalArgumentException("not the name of an evidence file");
        }
        return directory.resolve(name);
    }

    private static CaptureException exists(String name, @org.jspecify.annotations.Nullable Throwable cause) {
        CaptureException exists =
                new CaptureException(CaptureRefusal.FILE_EXISTS, name + " exists and is never overwritten");
        if (cause != null) {
            exists.initCause(cause);
        }
        return exists;
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class FileBeingWritten implements NewFile {
        private final String name;
        private final Path directory;
        private final Path temporary;
        private final FileChannel channel;
        private final MessageDigest sha256 = Digest.sha256();
        private long length;

        FileBeingWritten(String name, Path directory) throws IOException {
            this.name = name;
            this.directory = directory;
            this.temporary = directory.resolve(name + TEMPORARY);
            try {
                this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                throw exists(name, e);
            }
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            sha256.update(bytes.duplicate());
            int count = bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            length += count;
            return count;
        }

        /** link(2) and not rename(2): the second would overwrite. A crash between the two calls leaves both names. */
        @Override
        public StoredFile commit() throws IOException {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--------"));
            channel.force(true);
            try {
                Files.createLink(directory.resolve(name), temporary);
            } catch (FileAlreadyExistsException e) {
                throw exists(name, e);
            }
            close();
            sync(directory);
            return new StoredFile(name, length, Digest.of(sha256.digest()));
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.close();
                Files.delete(temporary);
            }
        }
    }
}
