// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.CompactTree;

/** The sequenced end of a log, as its row holds it. */
record Head(long size, Digest root, List<Digest> roots) {

    static Head read(long size, byte[] root, byte[] roots) {
        List<Digest> split = new ArrayList<>();
        for (int at = 0; at < roots.length; at += Digest.LENGTH_BYTES) {
            split.add(Digest.of(Arrays.copyOfRange(roots, at, at + Digest.LENGTH_BYTES)));
        }
        return new Head(size, Digest.of(root), List.copyOf(split));
    }

    static Head of(CompactTree tree) {
        return new Head(tree.size(), tree.root(), tree.roots());
    }

    /** @throws IllegalArgumentException when the row contradicts itself */
    CompactTree tree() {
        CompactTree tree = CompactTree.of(size, roots);
        if (!tree.root().equals(root)) {
            throw new IllegalArgumentException("a head whose root is not that of its subtrees");
        }
        return tree;
    }

    byte[] rootsBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        roots.forEach(hash -> bytes.writeBytes(hash.array()));
        return bytes.toByteArray();
    }
}
