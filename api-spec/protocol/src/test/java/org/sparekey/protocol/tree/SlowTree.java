// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * An RFC 6962 tree written another way than ours, as slowly as it likes: level by level, an odd node rising unhashed.
 * Consistency is told by definition: the old list is a prefix of the new one.
 */
record SlowTree(List<Digest> leaves) {

    Digest root() {
        if (leaves.isEmpty()) {
            return Digest.parseHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
        List<Digest> level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.get(0);
    }

    List<Digest> path(int index) {
        List<Digest> path = new ArrayList<>();
        List<Digest> level = leaves;
        for (int at = index; level.size() > 1; at /= 2) {
            int sibling = at ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            level = above(level);
        }
        return path;
    }

    private static List<Digest> above(List<Digest> level) {
        List<Digest> above = new ArrayList<>();
        for (int i = 0; i < level.size(); i += 2) {
            boolean alone = i + 1 == level.size();
            byte[] one = {1};
            above.add(
                    alone
                            ? level.get(i)
                            : Digest.sha256(
                                    one, level.get(i).array(), level.get(i + 1).array()));
        }
        return above;
    }

    SlowTree first(int size) {
        return new SlowTree(leaves.subList(0, size));
    }

    /** The complete subtrees of this list, as {@link Nodes} wants them. */
    Nodes nodes() {
        return (level, index) ->
                new SlowTree(leaves.subList((int) (index << level), (int) ((index + 1) << level))).root();
    }
}
