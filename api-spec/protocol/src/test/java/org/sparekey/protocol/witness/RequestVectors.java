// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** What a log sends to a witness that has seen five entries, and what it must answer. */
final class RequestVectors {

    private static final Checkpoint FIVE = Parties.checkpoint(5, 0);
    private static final SignedNote SEEN = Parties.signed(FIVE, Parties.line(POLICE, FIVE, NOON.minusSeconds(60)));

    private RequestVectors() {}

    static List<Object> requests() {
        List<Object> all = new ArrayList<>();
        String good = text(Parties.grow(5, 12));
        all.add(first("the first checkpoint", text(Parties.grow(0, 5)), 200, cosigned(FIVE)));
        all.add(first("a size that it has not seen", good, 409, "0\n"));
        all.add(vector("a log that grew", good, 200, cosigned(Parties.checkpoint(12, 0))));
        all.add(vector("the same again", text(Parties.grow(5, 5)), 200, cosigned(FIVE)));
        all.add(vector("from nothing", text(Parties.grow(0, 12)), 409, "5\n"));
        all.add(vector("from another size", text(Parties.grow(4, 12)), 409, "5\n"));
        all.add(vector("the same size with another root", text(request(5, List.of(), 5, 1)), 409, "5\n"));
        all.add(refused("a fork that is longer", text(request(5, proof(1), 12, 1)), 422));
        all.add(refused("a fork with the honest proof", text(request(5, proof(0), 12, 1)), 422));
        all.add(refused("no proof", text(request(5, List.of(), 12, 0)), 422));
        List<Digest> longer = new ArrayList<>(proof(0));
        longer.add(TreeHash.EMPTY_ROOT);
        all.add(refused("a hash too many", text(request(5, longer, 12, 0)), 422));
        all.add(refused("a tree that shrinks", text(request(5, List.of(), 4, 0)), 400));
        String empty = Parties.ORIGIN + "\n0\n" + "A".repeat(43) + "=\n";
        SignedNote impossible = new SignedNote(empty, List.of(LOG.sign(empty)));
        AddCheckpoint ofNothing = new AddCheckpoint(0, List.of(), impossible);
        all.add(first("an empty tree with another root", text(ofNothing), 422, ""));
        NoteSigner stranger = new NoteSigner(Parties.ORIGIN, Parties.seed("stranger"));
        SignedNote forged = new SignedNote(FIVE.text(), List.of(stranger.sign(FIVE.text())));
        all.add(refused("signed with another key", text(new AddCheckpoint(5, List.of(), forged)), 403));
        all.add(refused("another size under the signature", good.replace("\n12\n", "\n13\n"), 403));
        all.add(refused("a log that it does not know", good.replace("/case/", "/other/"), 404));
        all.add(refused("an old size with a leading zero", good.replace("old 5", "old 05"), 400));
        all.add(refused("no old size", good.substring(good.indexOf('\n') + 1), 400));
        all.add(refused("a hash of 31 bytes", good.replaceFirst("\n[^\n]{44}\n", "\n" + "A".repeat(42) + "==\n"), 400));
        all.add(refused("no checkpoint", good.substring(0, good.indexOf("\n\n") + 2), 400));
        all.add(refused("64 hashes", good.replaceFirst("\n", "\n" + ("A".repeat(43) + "=\n").repeat(60)), 400));
        all.add(refused("nothing", "", 400));
        return all;
    }

    private static List<Digest> proof(int branch) {
        return ConsistencyProof.make(5, 12, Parties.nodes(branch)).path();
    }

    private static AddCheckpoint request(long old, List<Digest> proof, long size, int branch) {
        return new AddCheckpoint(old, proof, Parties.signed(Parties.checkpoint(size, branch)));
    }

    private static String cosigned(Checkpoint checkpoint) {
        return Parties.line(POLICE, checkpoint, NOON).line();
    }

    private static Map<String, Object> refused(String name, String body, int status) {
        return vector(name, body, status, "");
    }

    private static Map<String, Object> vector(String name, String body, int status, String answer) {
        Map<String, Object> vector = first(name, body, status, answer);
        vector.put("stored", LogVectors.text(SEEN));
        return vector;
    }

    /** The witness has seen nothing of this log yet. */
    private static Map<String, Object> first(String name, String body, int status, String answer) {
        return LogVectors.object(
                "name", name,
                "log", LOG.key().vkey(),
                "witness", POLICE.key().vkey(),
                "body", body,
                "at", Wire.text(NOON),
                "status", status,
                "answer", answer);
    }

    private static String text(AddCheckpoint request) {
        return new String(request.bytes(), StandardCharsets.UTF_8);
    }
}
