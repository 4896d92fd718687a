// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.disk;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** An ext4 file system of 64 MiB with a few plainly invented files; made by {@code src/main/disk/build.sh}. */
public enum DemoDisk {
    /** A web shop that sells bicycle bells: {@code /srv/orders/orders.csv}, an access log, a page. */
    SHOP,
    /** A choir's mailing list. */
    MAIL,
    /** A forum of gardeners. */
    FORUM;

    public static final long BYTES = 64L << 20;

    private static final int BLOCK_BYTES = 4096;

    /** Writes the raw image as a sparse file; an existing one is replaced. */
    public void write(Path image) throws IOException {
        byte[] zeros = new byte[BLOCK_BYTES];
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = new ZstdInputStreamNoFinalizer(resource());
                RandomAccessFile out = new RandomAccessFile(image.toFile(), "rw")) {
            out.setLength(0);
            out.setLength(BYTES);
            for (long at = 0; at < BYTES; at += BLOCK_BYTES) {
                in.readNBytes(block, 0, BLOCK_BYTES);
                if (!Arrays.equals(block, zeros)) {
                    out.seek(at);
                    out.write(block);
                }
            }
        }
    }

    private InputStream resource() throws IOException {
        String name = name().toLowerCase(Locale.ROOT) + ".ext4.zst";
        InputStream resource = DemoDisk.class.getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException(name);
        }
        return resource;
    }
}
