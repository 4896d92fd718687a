// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of others that a Debian source package holds, read from its archive as a stream: nothing is unpacked and
 * nothing of it is kept here. {@code .ci/run} fetches the archives ({@code apt-get source --download-only}).
 */
final class DebianSource {

    private static final Path ARCHIVES = Path.of("/usr/src");
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int KIND_AT = 156;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final int MAX_FILE_BYTES = 16 << 20;

    private final Path archive;

    private DebianSource(Path archive) {
        this.archive = archive;
    }

    /** What is done with one file. */
    interface Reader {
        /** @param path below the archive's own folder, such as {@code tests/a.xml} */
        void read(String path, byte[] content) throws Exception;
    }

    /** Skips the test where the archive is absent; with {@code -Dsparekey.requireTools=true} fails it. */
    static DebianSource require(String sourcePackage) throws IOException {
        Optional<Path> archive = find(sourcePackage);
        String missing = ARCHIVES + "/" + sourcePackage + "_*.orig.tar.xz (Debian source package) is not there";
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertTrue(archive.isPresent(), missing);
        }
        assumeTrue(archive.isPresent(), "skipped: " + missing);
        return new DebianSource(archive.orElseThrow());
    }

    private static Optional<Path> find(String sourcePackage) throws IOException {
        if (!Files.isDirectory(ARCHIVES)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(ARCHIVES, sourcePackage + "_*.orig.tar.xz")) {
            for (Path one : found) {
                return Optional.of(one);
            }
            return Optional.empty();
        }
    }

    String name() {
        return archive.getFileName().toString();
    }

    /** Every regular file whose path ends so, in the archive's order. */
    void each(String suffix, Reader reader) throws Exception {
        Process xz = new ProcessBuilder("xz", "-dc", archive.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream tar = xz.getInputStream()) {
            for (byte[] header = tar.readNBytes(BLOCK); named(header); header = tar.readNBytes(BLOCK)) {
                int size = Integer.parseInt(text(header, SIZE_AT, SIZE).strip(), 8);
                String path = path(header);
                boolean wanted = (header[KIND_AT] == '0' || header[KIND_AT] == 0) && path.endsWith(suffix);
                assertTrue(!wanted || size <= MAX_FILE_BYTES, path);
                if (wanted) {
                    reader.read(path, tar.readNBytes(size));
                } else {
                    tar.skipNBytes(size);
                }
                tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            }
            tar.transferTo(OutputStream.nullOutputStream());
            assertEquals(0, xz.waitFor(), "xz -dc " + archive);
        } finally {
            xz.destroyForcibly();
        }
    }

    /** Two empty blocks end an archive. */
    private static boolean named(byte[] header) {
        return header.length == BLOCK && header[0] != 0;
    }

    private static String path(byte[] header) {
        String prefix = text(header, PREFIX_AT, PREFIX);
        String whole = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME);
        return whole.substring(whole.indexOf('/') + 1);
    }

    private static String text(byte[] header, int from, int length) {
        int to = from;
        while (to < from + length && header[to] != 0) {
            to++;
        }
        return new String(header, from, to - from, StandardCharsets.UTF_8);
    }
}
