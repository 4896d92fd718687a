// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.witness.AddCheckpoint;

/** A log of as many leaves as asked for; a branch beside zero is a fork from the first leaf on. */
record GrowingLog(String origin, int branch) {

    static final GrowingLog CASES = new GrowingLog("log.example/log/case/2026", 0);

    GrowingLog forked() {
        return new GrowingLog(origin, branch + 1);
    }

    NoteKey key() {
        return signer().key();
    }

    private NoteSigner signer() {
        return new NoteSigner(origin, Digest.sha256(utf8(origin)).array());
    }

    private Nodes nodes() {
        return new Nodes() {
            @Override
            public Digest node(int level, long index) {
                return level == 0
                        ? TreeHash.leaf(utf8(branch + " " + index))
                        : TreeHash.node(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
            }
        };
    }

    SignedNote note(long size) {
        String text = new Checkpoint(origin, size, nodes().root(size)).text();
        return new SignedNote(text, List.of(signer().sign(text)));
    }

    AddCheckpoint grow(long from, long to) {
        List<Digest> proof =
                from == 0 ? List.of() : ConsistencyProof.make(from, to, nodes()).path();
        return new AddCheckpoint(from, proof, note(to));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
