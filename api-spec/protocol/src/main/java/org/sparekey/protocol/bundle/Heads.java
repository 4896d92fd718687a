// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;

/**
 * The signed heads under which a bundle's entries are proven. Of one log there is one: entries proven under two heads
 * could stand in two logs of one name, and nothing in the bundle would show it.
 */
final class Heads {

    private final Map<String, Checkpoint> byOrigin = new HashMap<>();
    private final Map<Digest, SignedNote> notes = new LinkedHashMap<>();
    private final Map<String, Map<Long, Checkpoint>> trees = new HashMap<>();

    /** @param proof already found to hold under the log's key */
    void add(String folder, LogProof proof) throws ForgedException, MissingException, MalformedException {
        Checkpoint head = same(folder, Checkpoint.parse(proof.checkpoint().text()));
        Checkpoint first = byOrigin.putIfAbsent(head.origin(), head);
        need(first == null || first.equals(head), Finding.SEVERAL_CHECKPOINTS, head.origin());
        witnessed(proof.checkpoint());
    }

    /** A head on which something was done or is proven, so that enough witnesses must have seen it. */
    void witnessed(SignedNote note) {
        notes.putIfAbsent(Digest.sha256(note.bytes()), note);
    }

    /** Two trees of one size are one tree. */
    Checkpoint same(String folder, Checkpoint head) throws ForgedException {
        Checkpoint same =
                trees.computeIfAbsent(head.origin(), origin -> new HashMap<>()).putIfAbsent(head.size(), head);
        require(same == null || same.equals(head), Finding.FORK, folder);
        return head;
    }

    /** Every different note: the same head can be there with other signature lines. */
    Collection<SignedNote> notes() {
        return notes.values();
    }

    long largest() {
        return byOrigin.values().stream().mapToLong(Checkpoint::size).max().orElse(0);
    }
}
