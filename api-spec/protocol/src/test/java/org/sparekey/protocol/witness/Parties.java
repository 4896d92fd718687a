// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** A log that grows by one leaf a number, and its witnesses; every key is made of its name, so all of it is the same each time. */
final class Parties {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String ORIGIN = "log.example/log/case/2026";
    static final NoteSigner LOG = new NoteSigner(ORIGIN, seed(ORIGIN));
    static final Cosigner POLICE = cosigner("police.example/w1");
    static final Cosigner ASSOCIATION = cosigner("resellers.example/w1");
    static final Cosigner HOSTER = cosigner("hoster.example/w1");

    private Parties() {}

    static Cosigner cosigner(String name) {
        return new Cosigner(name, seed(name));
    }

    static byte[] seed(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).array();
    }

    /** The leaf hashes of a tree; a branch beside zero is another tree from the first leaf on. */
    static Nodes nodes(int branch) {
        return new Nodes() {
            @Override
            public Digest node(int level, long index) {
                return level == 0
                        ? TreeHash.leaf(("leaf " + branch + " " + index).getBytes(StandardCharsets.UTF_8))
                        : TreeHash.node(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
            }
        };
    }

    static Checkpoint checkpoint(long size, int branch) {
        return new Checkpoint(ORIGIN, size, nodes(branch).root(size));
    }

    static SignedNote signed(Checkpoint checkpoint, NoteSignature... more) {
        List<NoteSignature> lines = new ArrayList<>(List.of(LOG.sign(checkpoint.text())));
        lines.addAll(List.of(more));
        return new SignedNote(checkpoint.text(), lines);
    }

    static NoteSignature line(Cosigner witness, Checkpoint checkpoint, Instant at) {
        return witness.cosign(checkpoint.text(), at).line(witness.key());
    }

    /** What an honest log sends that knows what the witness has seen. */
    static AddCheckpoint grow(long from, long to) {
        List<Digest> proof = from == 0
                ? List.of()
                : ConsistencyProof.make(from, to, nodes(0)).path();
        return new AddCheckpoint(from, proof, signed(checkpoint(to, 0)));
    }
}
