// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.witness.WitnessAnswer.Conflict;
import org.sparekey.protocol.witness.WitnessAnswer.Cosigned;
import org.sparekey.protocol.witness.WitnessAnswer.Refused;

/**
 * What a witness decides (C2SP tlog-witness v1.0.0), in the order of the specification: unknown log, signature, sizes,
 * proof. Pure: the shell around it stores the note of {@link Cosigned} before it answers, and lets no second request for
 * the same origin in between.
 */
public final class Witnessing {

    private final Cosigner cosigner;

    public Witnessing(Cosigner cosigner) {
        this.cosigner = cosigner;
    }

    /**
     * @param stored the latest note cosigned for the origin of this request, empty when there is none
     * @param logs the keys known for this origin; a key of another name counts for nothing
     * @throws IllegalStateException when the stored note is signed by none of these keys nor by this witness, or is of
     *     another origin: a store that somebody wrote to
     */
    public WitnessAnswer decide(Optional<SignedNote> stored, AddCheckpoint request, List<NoteKey> logs, Instant now) {
        String origin = request.origin();
        List<NoteKey> known =
                logs.stream().filter(log -> log.name().equals(origin)).toList();
        if (known.isEmpty()) {
            return new Refused(404, "a log that this witness does not know");
        }
        List<NoteKey> signers = request.checkpoint().signers(known);
        if (signers.isEmpty()) {
            return new Refused(403, "not signed by this log");
        }
        try {
            return judge(stored.map(note -> trusted(note, origin, known)), request, signers, now);
        } catch (MalformedException e) {
            return Refused.malformed(e.reason());
        }
    }

    private WitnessAnswer judge(Optional<Seen> seen, AddCheckpoint request, List<NoteKey> signers, Instant now)
            throws MalformedException {
        TreeHead head = TreeHead.parse(request.checkpoint().text());
        if (request.oldSize() > head.size()) {
            return Refused.malformed("the old size is above the checkpoint's");
        }
        long size = seen.map(s -> s.checkpoint().size()).orElse(0L);
        if (request.oldSize() != size) {
            return new Conflict(size);
        }
        if (head.size() == 0 && !head.root().equals(TreeHash.EMPTY_ROOT)) {
            return new Refused(422, "not the root of the empty tree");
        }
        Optional<Checkpoint> before = seen.map(Seen::checkpoint);
        if (size == head.size()
                && before.map(b -> !b.root().equals(head.root())).orElse(false)) {
            return new Conflict(size);
        }
        ConsistencyProof proof = new ConsistencyProof(size, head.size(), request.proof());
        if (!proof.proves(before.map(Checkpoint::root).orElse(TreeHash.EMPTY_ROOT), head.root())) {
            return new Refused(422, "not consistent with the checkpoint seen before");
        }
        // A clock set back must not make a later tree look older than the one before it.
        Instant at = seen.flatMap(Seen::at).filter(now::isBefore).orElse(now);
        return cosigned(request.checkpoint(), signers, at);
    }

    /** Only lines that were verified are kept: what others put under the note is not this witness's to pass on. */
    private Cosigned cosigned(SignedNote note, List<NoteKey> signers, Instant at) {
        NoteSignature own = cosigner.cosign(note.text(), at).line(cosigner.key());
        List<NoteSignature> lines = new ArrayList<>();
        for (NoteSignature line : note.signatures()) {
            boolean verified = signers.stream().anyMatch(key -> line.claims(key.verifierKey()));
            if (verified && !lines.contains(line)) {
                lines.add(line);
            }
        }
        lines.add(own);
        return new Cosigned(new SignedNote(note.text(), lines), own);
    }

    /** What this witness remembers; the time is that of its own line, absent after it changed its key. */
    private record Seen(Checkpoint checkpoint, Optional<Instant> at) {}

    private Seen trusted(SignedNote note, String origin, List<NoteKey> known) {
        Optional<Instant> at = note.signatures().stream()
                .flatMap(line -> Cosignature.verified(line, cosigner.key(), note.text()).stream())
                .map(Cosignature::at)
                .findFirst();
        try {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            boolean signed = at.isPresent() || !note.signers(known).isEmpty();
            if (signed && checkpoint.origin().equals(origin)) {
                return new Seen(checkpoint, at);
            }
        } catch (MalformedException e) {
            throw new IllegalStateException("what is stored is no checkpoint", e);
        }
        throw new IllegalStateException("what is stored was signed neither by this log nor by this witness");
    }
}
