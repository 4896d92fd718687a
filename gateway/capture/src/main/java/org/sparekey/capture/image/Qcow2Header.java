// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.posix.DiskFile;

/** The first bytes of a qcow2 image (QEMU, docs/interop/qcow2.txt, "Header"): its size, and that it stands alone. */
record Qcow2Header(long virtualSize) {

    private static final int MAGIC = 0x514649fb;
    private static final int BYTES = 80;
    private static final int VERSION_2 = 2;
    private static final int VERSION_3 = 3;

    /** Incompatible feature bit 2: the guest's bytes lie in another file. */
    private static final long EXTERNAL_DATA = 1L << 2;

    static Qcow2Header read(Path image) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        try (DiskFile file = DiskFile.open(image)) {
            file.read(0, header);
        } catch (EOFException e) {
            throw new CaptureException(CaptureRefusal.DISK_FORMAT, "too short for a qcow2 image", e);
        }
        header.flip();
        int version = header.getInt(4);
        if (header.getInt(0) != MAGIC || (version != VERSION_2 && version != VERSION_3) || header.getLong(24) <= 0) {
            throw new CaptureException(CaptureRefusal.DISK_FORMAT, "not a qcow2 image");
        }
        boolean backing = header.getLong(8) != 0;
        boolean external = version == VERSION_3 && (header.getLong(72) & EXTERNAL_DATA) != 0;
        if (backing || external) {
            throw new CaptureException(
                    CaptureRefusal.DISK_REFERS_ELSEWHERE,
                    "the qcow2 image refers to another file, which is not ordered");
        }
        return new Qcow2Header(header.getLong(24));
    }
}
