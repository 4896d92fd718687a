// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.Digest;

/**
 * One leaf of the image on its way: its bytes, then its place in the tree and its zstd frame (frames may be
 * concatenated, RFC 8878 section 3). Used by one thread after the other, and again for the next leaf.
 */
final class Leaf implements AutoCloseable {

    private final byte[] bytes = new byte[ImageHash.LEAF_BYTES];
    private final byte[] frame = new byte[(int) Zstd.compressBound(ImageHash.LEAF_BYTES)];
    private final ZstdCompressCtx zstd;
    private int length;
    private int frameLength;
    private Digest digest = ImageHash.zeroLeaf();

    Leaf(int zstdLevel) {
        this.zstd = new ZstdCompressCtx().setLevel(zstdLevel).setChecksum(true);
    }

    /** All zeros, as long as asked for: the reader writes over it what is allocated. */
    ByteBuffer blank(int length) {
        this.length = length;
        Arrays.fill(bytes, (byte) 0);
        return ByteBuffer.wrap(bytes, 0, length);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The work that can be done beside that on other leaves. */
    void digestAndCompress() {
        digest = ImageHash.leaf(bytes, length);
        frameLength = zstd.compressByteArray(frame, 0, frame.length, bytes, 0, length);
    }

    Digest digest() {
        return digest;
    }

    ByteBuffer frame() {
        return ByteBuffer.wrap(frame, 0, frameLength);
    }

    /** Nothing of the disk stays in memory that is not used any more. */
    @Override
    public void close() {
        zstd.close();
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(frame, (byte) 0);
    }
}
