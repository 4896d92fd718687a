// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/**
 * The directory of one job: scratch and socket, owned by QEMU's user, 0700. Scratch holds old blocks of the guest; it is
 * deleted in close, abort and recovery.
 */
record JobDirectory(Path path) {

    private static final String PREFIX = "job";

    /** sun_path of unix(7) less its final zero byte. */
    private static final int MAX_SOCKET_BYTES = 107;

    static JobDirectory make(LibvirtSettings settings) throws IOException {
        Path path = Files.createTempDirectory(settings.workDirectory(), PREFIX);
        JobDirectory directory = new JobDirectory(path);
        try {
            if (directory.socket().toString().length() > MAX_SOCKET_BYTES) {
                throw new CaptureException(CaptureRefusal.SCRATCH_UNUSABLE, "the work directory's path is too long");
            }
            Files.setOwner(
                    path,
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(settings.qemuUser()));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            return directory;
        } catch (UserPrincipalNotFoundException e) {
            directory.delete();
            throw new CaptureException(CaptureRefusal.SCRATCH_UNUSABLE, "QEMU's user does not exist here", e);
        } catch (IOException e) {
            directory.delete();
            throw e;
        }
    }

    /** What earlier processes left in the work directory. */
    static List<JobDirectory> left(LibvirtSettings settings) throws IOException {
        try (Stream<Path> paths = Files.list(settings.workDirectory())) {
            return paths.filter(path -> path.getFileName().toString().startsWith(PREFIX) && Files.isDirectory(path))
                    .map(JobDirectory::new)
                    .toList();
        }
    }

    Path socket() {
        return path.resolve("s");
    }

    Path scratch(String target) {
        return path.resolve(target + ".scratch");
    }

    long usableBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
