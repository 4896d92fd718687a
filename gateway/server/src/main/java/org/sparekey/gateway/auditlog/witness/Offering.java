// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.Cosignature;
import org.sparekey.protocol.witness.WitnessKey;

/**
 * One signed checkpoint offered to one witness (C2SP tlog-witness, add-checkpoint), from the first request to what came of
 * it. Pure: it makes requests and reads answers, and sends nothing. Nothing a witness says is believed but its signature,
 * and the refusal that would be right if our tree were not the one it has seen.
 */
public final class Offering {

    /** An honest witness needs one; another log replica may move it meanwhile. */
    static final int MAX_AGAIN = 3;

    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final SignedNote note;
    private final Checkpoint tree;
    private final Nodes nodes;
    private final WitnessKey witness;
    private long from;
    private int again;

    /**
     * @param nodes of a tree at least as large as the checkpoint's
     * @param known the size that the witness cosigned last as far as we know, 0 for none
     */
    public Offering(SignedNote note, Checkpoint tree, Nodes nodes, WitnessKey witness, long known) {
        this.note = note;
        this.tree = tree;
        this.nodes = nodes;
        this.witness = witness;
        this.from = Math.min(known, tree.size());
    }

    public AddCheckpoint request() {
        return new AddCheckpoint(
                from, ConsistencyProof.make(from, tree.size(), nodes).path(), note);
    }

    public Offered answered(Reply reply) {
        return switch (reply.status()) {
            case OK -> cosigned(reply.body());
            case CONFLICT -> conflict(reply.body());
            case UNPROCESSABLE -> refusedProof();
            default -> new Offered.Failed("status-" + reply.status());
        };
    }

    /** The body is one or more signature lines; only one of the witness's own key, over this very checkpoint, counts. */
    private Offered cosigned(byte[] body) {
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            Optional<Offered> found = cosigned(line);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new Offered.Failed("no-valid-cosignature");
    }

    private Optional<Offered> cosigned(String text) {
        try {
            NoteSignature line = NoteSignature.parse(text);
            return Cosignature.verified(line, witness, note.text())
                    .map(cosignature -> new Offered.Cosigned(line, cosignature.at()));
        } catch (MalformedException notALine) {
            return Optional.empty();
        }
    }

    private Offered conflict(byte[] body) {
        Optional<Long> size = size(body);
        if (size.isEmpty()) {
            return new Offered.Failed("conflict-without-size");
        }
        long seen = size.get();
        if (seen > tree.size()) {
            return new Offered.Ahead(seen);
        }
        if (seen == from) {
            // Asked from where it says it is: at our own size that means another root; below, it contradicts itself.
            return seen == tree.size() ? new Offered.OtherTree(seen) : new Offered.Failed("conflict-with-itself");
        }
        if (again++ == MAX_AGAIN) {
            return new Offered.Failed("conflict-without-end");
        }
        from = seen;
        return new Offered.Again(request());
    }

    /** Our proof was right from our own tree; so the tree that the witness has seen at that size is another one. */
    private Offered refusedProof() {
        if (from == 0) {
            return new Offered.Failed("refused-a-first-checkpoint");
        }
        Digest began = nodes.root(from);
        boolean ours = ConsistencyProof.make(from, tree.size(), nodes).proves(began, tree.root());
        return ours ? new Offered.OtherTree(from) : new Offered.Failed("proof-not-ours");
    }

    /** A decimal number and a newline. */
    private static Optional<Long> size(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        try {
            return text.endsWith("\n")
                    ? Optional.of(NoteText.number(text.substring(0, text.length() - 1)))
                    : Optional.empty();
        } catch (MalformedException notANumber) {
            return Optional.empty();
        }
    }
}
