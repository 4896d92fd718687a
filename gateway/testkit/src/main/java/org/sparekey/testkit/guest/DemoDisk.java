// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The disk of an invented web shop: a real 64 MiB ext4, for machines without mke2fs. Built by {@code
 * src/main/scripts/demo-disk.sh}.
 */
public final class DemoDisk {

    public static final long SIZE_BYTES = 64L << 20;
    private static final int BLOCK_BYTES = 4096;

    private DemoDisk() {}

    /** Writes the disk to a new file; blocks of zeros stay holes. */
    public static void write(Path image) throws IOException {
        try (InputStream packed = DemoDisk.class.getResourceAsStream("demo-disk.ext4.zst")) {
            if (packed == null) {
                throw new IOException("demo-disk.ext4.zst is not in the testkit's jar");
            }
            try (InputStream disk = new ZstdInputStream(packed);
                    FileChannel file =
                            FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(disk, file);
            }
        }
    }

    private static void copy(InputStream disk, FileChannel file) throws IOException {
        long at = 0;
        for (byte[] block = disk.readNBytes(BLOCK_BYTES); block.length > 0; block = disk.readNBytes(BLOCK_BYTES)) {
            if (!zero(block)) {
                file.write(ByteBuffer.wrap(block), at);
            }
            at += block.length;
        }
        if (at != SIZE_BYTES) {
            throw new IOException("the demo disk has " + at + " bytes");
        }
        if (file.size() < at) {
            file.write(ByteBuffer.allocate(1), at - 1);
        }
    }

    private static boolean zero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
