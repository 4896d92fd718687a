// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.TreeHash;

/** The tree over a batch's lines: its root is signed, its paths let one line be proven without the others. */
public final class LineTree {

    private final int size;
    private final Nodes nodes;

    private LineTree(int size, Nodes nodes) {
        this.size = size;
        this.nodes = nodes;
    }

    /** @param leafHashes RFC 6962 leaf hashes over the raw line bytes without LF, first record first */
    public static LineTree of(List<Digest> leafHashes) {
        List<List<Digest>> levels = new ArrayList<>(List.of(List.copyOf(leafHashes)));
        while (levels.get(levels.size() - 1).size() > 1) {
            levels.add(above(levels.get(levels.size() - 1)));
        }
        return new LineTree(
                leafHashes.size(), (level, index) -> levels.get(level).get(Math.toIntExact(index)));
    }

    public Digest root() {
        return nodes.root(size);
    }

    /** The hashes from the record's sibling up to the child of the root. */
    public List<Digest> path(int record) {
        return InclusionProof.make(record, size, nodes).path();
    }

    /** Complete pairs only: what is left over has no node of its own. */
    private static List<Digest> above(List<Digest> level) {
        List<Digest> above = new ArrayList<>();
        for (int i = 0; i + 1 < level.size(); i += 2) {
            above.add(TreeHash.node(level.get(i), level.get(i + 1)));
        }
        return above;
    }
}
