// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.sparekey.protocol.image.ImageDigests;
import org.sparekey.protocol.image.ImageHash;

/** An image being written: zero blocks become holes, and everything is hashed on the way. */
final class SparseImage implements AutoCloseable {

    static final int BLOCK_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final RandomAccessFile file;
    private final ImageHash hash = new ImageHash();
    private long length;

    SparseImage(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    void append(byte[] block, int count) throws IOException {
        hash.update(block, 0, count);
        if (!Arrays.equals(block, 0, count, ZEROS, 0, count)) {
            file.seek(length);
            file.write(block, 0, count);
        }
        length += count;
    }

    long length() {
        return length;
    }

    ImageDigests finish() throws IOException {
        file.setLength(length);
        file.getFD().sync();
        return hash.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
