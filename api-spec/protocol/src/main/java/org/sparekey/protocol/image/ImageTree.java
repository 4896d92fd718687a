// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.TreeHash;

/**
 * The tree over an image's 1 MiB leaves (RFC 6962 section 2.1), kept whole so that any leaf can be proved: two digests in
 * memory for each MiB of the image.
 */
public final class ImageTree implements Nodes {

    /** Level 0 holds the leaves; above it, each whole pair. */
    private final List<List<Digest>> levels = new ArrayList<>(List.of(new ArrayList<>()));

    /** @param leaf as {@link ImageHash#leaf} */
    public void append(Digest leaf) {
        Digest node = leaf;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Digest> nodes = levels.get(level);
            nodes.add(node);
            if (nodes.size() % 2 == 1) {
                return;
            }
            node = TreeHash.node(nodes.get(nodes.size() - 2), node);
        }
    }

    /** How many leaves. */
    public long size() {
        return levels.get(0).size();
    }

    public Digest root() {
        return root(size());
    }

    @Override
    public Digest node(int level, long index) {
        return levels.get(level).get(Math.toIntExact(index));
    }
}
