// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.TilePath;

/** The right edge of a log's hash tiles while a batch is appended: one open tile a level. */
final class OpenTiles {

    private final List<Level> levels = new ArrayList<>();
    private final Map<TilePath, byte[]> full = new HashMap<>();

    /** Reads where a tree of this size ends. */
    static OpenTiles at(long size, Tiles tiles) {
        OpenTiles open = new OpenTiles();
        for (int level = 0; size >> TilePath.HEIGHT * level > 0; level++) {
            long index = (size >> TilePath.HEIGHT * level) / TilePath.FULL;
            Level edge = open.level(level, index);
            TilePath.in(size, level, index).map(tiles::read).ifPresent(edge.hashes::writeBytes);
        }
        return open;
    }

    void append(Digest leafHash) {
        append(0, leafHash);
    }

    private void append(int number, Digest hash) {
        Level level = level(number, 0);
        level.hashes.writeBytes(hash.array());
        level.changed = true;
        if (level.width() == TilePath.FULL) {
            full.put(new TilePath(number, level.index, TilePath.FULL), level.hashes.toByteArray());
            Digest root = level.root();
            levels.set(number, new Level(level.index + 1));
            append(number + 1, root);
        }
    }

    private Level level(int number, long index) {
        if (number == levels.size()) {
            levels.add(new Level(index));
        }
        return levels.get(number);
    }

    /** Every tile that has gained a hash, as far as it goes now. */
    Map<TilePath, byte[]> changed() {
        Map<TilePath, byte[]> changed = new HashMap<>(full);
        for (int number = 0; number < levels.size(); number++) {
            Level level = levels.get(number);
            if (level.changed) {
                changed.put(new TilePath(number, level.index, level.width()), level.hashes.toByteArray());
            }
        }
        return changed;
    }

    private static final class Level {
        private final long index;
        private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        private boolean changed;

        Level(long index) {
            this.index = index;
        }

        int width() {
            return hashes.size() / Digest.LENGTH_BYTES;
        }

        Digest root() {
            CompactTree tree = CompactTree.empty();
            byte[] all = hashes.toByteArray();
            for (int at = 0; at < all.length; at += Digest.LENGTH_BYTES) {
                tree.append(Digest.of(Arrays.copyOfRange(all, at, at + Digest.LENGTH_BYTES)));
            }
            return tree.root();
        }
    }
}
