// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.Arrays;
import java.util.function.Function;
import org.sparekey.protocol.json.Digest;

/** The nodes of a tree of one size, read from its tiles; the levels between two tile levels are hashed again. */
public final class TileNodes implements Nodes {

    private final long treeSize;
    private final Function<TilePath, byte[]> tiles;

    /** @param tiles gives the bytes of a tile that this tree size has; it may keep what it has read */
    public TileNodes(long treeSize, Function<TilePath, byte[]> tiles) {
        this.treeSize = treeSize;
        this.tiles = tiles;
    }

    /** @throws IllegalStateException when the tile is absent or not as long as its width says */
    @Override
    public Digest node(int level, long index) {
        int within = level % TilePath.HEIGHT;
        long first = index << within;
        TilePath path = TilePath.in(treeSize, level / TilePath.HEIGHT, first / TilePath.FULL)
                .orElseThrow(() -> new IllegalStateException("the tree of " + treeSize + " has no such node"));
        byte[] tile = tiles.apply(path);
        if (tile.length != path.width() * Digest.LENGTH_BYTES) {
            throw new IllegalStateException(path.path() + " has " + tile.length + " bytes");
        }
        int offset = (int) (first % TilePath.FULL);
        return hash(tile, offset, 1 << within);
    }

    private static Digest hash(byte[] tile, int offset, int count) {
        if (count == 1) {
            int from = offset * Digest.LENGTH_BYTES;
            return Digest.of(Arrays.copyOfRange(tile, from, from + Digest.LENGTH_BYTES));
        }
        int half = count / 2;
        return TreeHash.node(hash(tile, offset, half), hash(tile, offset + half, half));
    }
}
