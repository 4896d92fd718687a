// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.posix.DiskFile;

/** Opens an image by the format that the description names: never by guessing, since a guest writes what one would guess from. */
final class Images {

    static final String RAW = "raw";
    static final String QCOW2 = "qcow2";

    private final Path qemuNbd;
    private final InstantSource clock;

    Images(Path qemuNbd, InstantSource clock) {
        this.qemuNbd = qemuNbd;
        this.clock = clock;
    }

    void check(Path image, String format) throws IOException {
        switch (format) {
            case RAW -> {}
            case QCOW2 -> checkQcow2(image);
            default -> throw new CaptureException(CaptureRefusal.DISK_FORMAT, "only raw and qcow2 images are read");
        }
    }

    ImageSource open(Path image, String format) throws IOException {
        check(image, format);
        return format.equals(RAW) ? new RawImage(DiskFile.open(image)) : QemuNbd.open(qemuNbd, image, clock);
    }

    /** Reads the image's header only. */
    long virtualSize(Path image, String format) throws IOException {
        if (!Files.isRegularFile(image, LinkOption.NOFOLLOW_LINKS)) {
            throw new CaptureException(CaptureRefusal.DISK_MISSING, image.getFileName() + " is missing");
        }
        if (format.equals(QCOW2)) {
            return Qcow2Header.read(image).virtualSize();
        }
        check(image, format);
        long size = Files.size(image);
        if (size == 0) {
            throw new CaptureException(CaptureRefusal.DISK_FORMAT, image.getFileName() + " is empty");
        }
        return size;
    }

    Map<String, String> versions() {
        return Map.of("kernel", System.getProperty("os.version"));
    }

    private void checkQcow2(Path image) throws IOException {
        if (!Files.isExecutable(qemuNbd)) {
            throw new CaptureException(CaptureRefusal.QEMU_NBD_ABSENT, "qemu-nbd is not installed");
        }
        Qcow2Header.read(image);
    }
}
