// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.MalformedException;

/**
 * The address of a tile (tlog-tiles): level, index in the level, width. Level {@link #ENTRIES} is a bundle of entries.
 *
 * @param width hashes or entries, 1 to 256; below 256 the tile is partial
 */
public record TilePath(int level, long index, int width) {

    /** A full tile: 256 hashes, 8,192 bytes. */
    public static final int FULL = 256;

    /** The "level" of entry bundles. */
    public static final int ENTRIES = -1;

    /** Eight tree levels a tile. */
    public static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final int ELEMENT = 1000;
    private static final Pattern FORM =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("not a tile");
        }
    }

    /** The path below the log's prefix, such as {@code tile/0/x001/x234/067.p/112}. */
    public String path() {
        String end = String.format("%03d", index % ELEMENT);
        for (long rest = index / ELEMENT; rest > 0; rest /= ELEMENT) {
            end = String.format("x%03d/", rest % ELEMENT) + end;
        }
        return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + end + (partial() ? ".p/" + width : "");
    }

    /** Reads a path; only the one spelling that {@link #path} writes is accepted. */
    public static TilePath parse(String path) throws MalformedException {
        Matcher matcher = FORM.matcher(path);
        if (matcher.matches()) {
            String level = matcher.group(1);
            String index = matcher.group(2).replace("x", "").replace("/", "");
            String width = matcher.group(3);
            int hashes = width == null ? FULL : Integer.parseInt(width);
            int number = level.equals("entries") ? ENTRIES : Integer.parseInt(level);
            if (hashes <= FULL && number <= MAX_LEVEL) {
                TilePath parsed = new TilePath(number, Long.parseLong(index), hashes);
                if (parsed.path().equals(path)) {
                    return parsed;
                }
            }
        }
        throw new MalformedException("", "not the path of a tile");
    }

    public boolean partial() {
        return width < FULL;
    }

    /** The tile of this level and index in a tree of this size: full, partial, or absent. */
    public static Optional<TilePath> in(long treeSize, int level, long index) {
        long width = Math.min(FULL, hashes(treeSize, level) - index * FULL);
        return width < 1 ? Optional.empty() : Optional.of(new TilePath(level, index, (int) width));
    }

    /** Every tile and bundle that a tree of the new size has and a tree of the old size has not, level by level. */
    public static List<TilePath> added(long oldSize, long newSize) {
        List<TilePath> added = new ArrayList<>();
        for (int level = ENTRIES; level <= 0 || hashes(newSize, level) > 0; level++) {
            long old = hashes(oldSize, level);
            long now = hashes(newSize, level);
            for (long index = old / FULL; index * FULL < now && old < now; index++) {
                in(newSize, level, index).ifPresent(added::add);
            }
            if (level == MAX_LEVEL / HEIGHT) {
                break;
            }
        }
        return added;
    }

    /** How many hashes a level of tiles has: the complete subtrees of 256^level leaves. */
    private static long hashes(long treeSize, int level) {
        return treeSize >> (HEIGHT * Math.max(0, level));
    }
}
