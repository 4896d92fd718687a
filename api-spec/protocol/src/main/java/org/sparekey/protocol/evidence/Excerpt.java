// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.util.List;
import java.util.Locale;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.InclusionProof;

/**
 * Some blocks of one disk, each provable against the signed manifest without the rest of the image: the file
 * {@value #FILE} of an excerpt folder. The blocks' bytes lie beside it, {@link #blockFile}.
 *
 * @param v 1
 * @param manifest SHA-256 of {@code manifest.jws}, which lies beside it
 * @param disk the disk's number in the manifest
 * @param blocks ascending by index
 */
public record Excerpt(int v, Digest manifest, int disk, List<Block> blocks) {

    public static final String FILE = "excerpt.json";

    /** A folder of 4 GiB: who needs more is better served by the image. */
    public static final int MAX_BLOCKS = 4096;

    /**
     * One leaf of the image's tree.
     *
     * @param index of the leaf: it begins at {@code index} MiB
     * @param path from the leaf's sibling up (RFC 6962 section 2.1.1)
     */
    public record Block(long index, List<Digest> path) {
        public Block {
            path = List.copyOf(path);
            if (index < 0 || path.size() > InclusionProof.MAX_HASHES) {
                throw new IllegalArgumentException("an index is not negative, and no path is that long");
            }
        }
    }

    public Excerpt {
        blocks = List.copyOf(blocks);
        if (v != 1) {
            throw new IllegalArgumentException("not an excerpt of version 1");
        }
        if (blocks.isEmpty() || blocks.size() > MAX_BLOCKS) {
            throw new IllegalArgumentException("an excerpt has 1 to " + MAX_BLOCKS + " blocks");
        }
        for (int n = 1; n < blocks.size(); n++) {
            if (blocks.get(n).index() <= blocks.get(n - 1).index()) {
                throw new IllegalArgumentException("blocks ascend, none twice");
            }
        }
    }

    /** {@code block-<NNNNNNNNNN>.bin}, by the block's index. */
    public static String blockFile(long index) {
        return String.format(Locale.ROOT, "block-%010d.bin", index);
    }

    /** How many bytes this block of the disk has: all but the last one are whole leaves. */
    public static int length(CapturedDisk disk, long index) {
        return (int) Math.min(ImageHash.LEAF_BYTES, disk.virtualSize() - index * ImageHash.LEAF_BYTES);
    }

    /** Whether these bytes stood at this place of the disk, by the tree root in the manifest. */
    public static boolean proves(CapturedDisk disk, Block block, byte[] bytes) {
        long leaves = (disk.virtualSize() + ImageHash.LEAF_BYTES - 1) / ImageHash.LEAF_BYTES;
        return block.index() < leaves
                && bytes.length == length(disk, block.index())
                && new InclusionProof(block.index(), leaves, block.path())
                        .proves(ImageHash.leaf(bytes, bytes.length), disk.treeRoot());
    }
}
