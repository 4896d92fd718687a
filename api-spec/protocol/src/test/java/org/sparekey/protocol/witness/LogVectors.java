// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.sparekey.protocol.witness.Parties.ASSOCIATION;
import static org.sparekey.protocol.witness.Parties.HOSTER;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.VerifierKey;

/**
 * Writes the vectors of notes, proofs, cosignatures and policies. Every signature in them is deterministic and every key is
 * made of its name, so the same run writes the same files, and a test holds the published ones against it.
 */
final class LogVectors {

    static final String GOOD = "GOOD";
    static final String MALFORMED = "MALFORMED";
    static final String NOT_SIGNED = "NOT_SIGNED";
    static final String NOT_PROVEN = "NOT_PROVEN";
    static final String NOT_WITNESSED = "NOT_WITNESSED";

    /** The example of C2SP signed-note. */
    private static final String EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String EXAMPLE = "This is an example message.\n\n\u2014 example.com/foo"
            + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    static final String TWO_OF_THREE = "log " + LOG.key().vkey() + "\n"
            + "witness police " + POLICE.key().vkey() + "\n"
            + "witness association " + ASSOCIATION.key().vkey() + "\n"
            + "witness hoster " + HOSTER.key().vkey() + "\n"
            + "group two 2 police association hoster\nquorum two\n";

    private static final Checkpoint SEEN = Parties.checkpoint(7, 0);

    private LogVectors() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("notes.json", bytes(notes()));
        files.put("checkpoints.json", bytes(checkpoints()));
        files.put("inclusion.json", bytes(inclusion()));
        files.put("consistency.json", bytes(consistency()));
        files.put("proofs.json", bytes(proofs()));
        files.put("cosignatures.json", bytes(cosignatures()));
        files.put("policies.json", bytes(PolicyVectors.policies()));
        files.put("verdicts.json", bytes(PolicyVectors.verdicts()));
        files.put("add-checkpoint.json", bytes(RequestVectors.requests()));
        return files;
    }

    private static List<Object> notes() {
        List<Object> all = new ArrayList<>();
        NoteSignature postQuantum =
                NoteSignature.by(new VerifierKey("pq.example", (byte) 6, Bytes.of(new byte[1312])), new byte[2428]);
        String signed = text(Parties.signed(SEEN));
        String log = LOG.key().vkey();
        note(all, "the specification's example", EXAMPLE, EXAMPLE_KEY, GOOD);
        note(all, "a log's checkpoint", signed, log, GOOD);
        note(all, "with lines of unknown keys, one of ML-DSA-44", text(Parties.signed(SEEN, postQuantum)), log, GOOD);
        note(all, "with a blank line in the text", EXAMPLE.replace("\n\n", "\n\nmore\n\n"), EXAMPLE_KEY, NOT_SIGNED);
        note(all, "another text", EXAMPLE.replace("example message", "exemplary message"), EXAMPLE_KEY, NOT_SIGNED);
        note(all, "under a key it was not signed with", signed, EXAMPLE_KEY, NOT_SIGNED);
        String forged =
                text(Parties.signed(SEEN, LOG.sign(Parties.checkpoint(8, 0).text())));
        note(all, "a second line of the same key that does not verify", forged, log, NOT_SIGNED);
        note(all, "no signature", EXAMPLE.substring(0, EXAMPLE.indexOf('\u2014')), EXAMPLE_KEY, MALFORMED);
        note(all, "no blank line", EXAMPLE.replace("\n\n", "\n"), EXAMPLE_KEY, MALFORMED);
        note(all, "no newline at the end", EXAMPLE.stripTrailing(), EXAMPLE_KEY, MALFORMED);
        note(all, "an empty line at the end", EXAMPLE + "\n", EXAMPLE_KEY, MALFORMED);
        note(all, "a hyphen for the dash", EXAMPLE.replace('\u2014', '-'), EXAMPLE_KEY, MALFORMED);
        note(all, "a plus in the name of the key", EXAMPLE.replace("example.com/foo", "a+b"), EXAMPLE_KEY, MALFORMED);
        note(all, "a tab in the text", EXAMPLE.replace("an example", "an\texample"), EXAMPLE_KEY, MALFORMED);
        note(all, "base64 without its padding", EXAMPLE.replace("QM=", "QM"), EXAMPLE_KEY, MALFORMED);
        note(all, "base64 with stray bits", EXAMPLE.replace("QM=", "QN="), EXAMPLE_KEY, MALFORMED);
        return all;
    }

    private static void note(List<Object> all, String name, String note, String key, String expected) {
        all.add(object("name", name, "note", note, "key", key, "expected", expected));
    }

    private static List<Object> checkpoints() {
        List<Object> all = new ArrayList<>();
        String root = NoteText.base64(SEEN.root().array());
        String good = SEEN.text();
        checkpoint(all, "seven entries", good, GOOD);
        checkpoint(all, "the empty tree", Parties.checkpoint(0, 0).text(), GOOD);
        checkpoint(all, "the largest size we read", good.replace("\n7\n", "\n999999999999999999\n"), GOOD);
        checkpoint(all, "an origin beyond ASCII", good.replace("log.example", "l\u00f3g.example"), GOOD);
        checkpoint(all, "an empty tree with another root", good.replace("\n7\n", "\n0\n"), MALFORMED);
        checkpoint(all, "a leading zero", good.replace("\n7\n", "\n07\n"), MALFORMED);
        checkpoint(all, "a negative size", good.replace("\n7\n", "\n-7\n"), MALFORMED);
        checkpoint(all, "a size beyond 63 bits", good.replace("\n7\n", "\n9223372036854775808\n"), MALFORMED);
        checkpoint(all, "an extension line, which no cosignature covers", good + "extension\n", MALFORMED);
        checkpoint(all, "no root", Parties.ORIGIN + "\n7\n", MALFORMED);
        checkpoint(all, "a root of 31 bytes", good.replace(root, NoteText.base64(new byte[31])), MALFORMED);
        checkpoint(all, "no origin", good.replace(Parties.ORIGIN, ""), MALFORMED);
        checkpoint(all, "a space in the origin", good.replace("/case", " case"), MALFORMED);
        checkpoint(all, "lines that end in CRLF", good.replace("\n", "\r\n"), MALFORMED);
        checkpoint(all, "no newline at the end", good.stripTrailing(), MALFORMED);
        return all;
    }

    private static void checkpoint(List<Object> all, String name, String text, String expected) {
        all.add(object("name", name, "text", text, "expected", expected));
    }

    private static List<Object> inclusion() {
        List<Object> all = new ArrayList<>();
        for (long[] one :
                new long[][] {{0, 1}, {0, 2}, {3, 7}, {6, 7}, {4, 8}, {255, 257}, {256, 257}, {4_999, 5_000}}) {
            inclusion(all, one[0] + " in " + one[1], made(one[0], one[1]), one[0], one[1], GOOD);
        }
        InclusionProof good = made(3, 7);
        List<Digest> path = good.path();
        inclusion(all, "another leaf", good, 4, 7, NOT_PROVEN);
        inclusion(all, "another place", new InclusionProof(2, 7, path), 3, 7, NOT_PROVEN);
        inclusion(all, "a place outside the tree", new InclusionProof(7, 7, path), 3, 7, NOT_PROVEN);
        inclusion(all, "another tree", good, 3, 6, NOT_PROVEN);
        inclusion(all, "a hash left out", new InclusionProof(3, 7, path.subList(1, 3)), 3, 7, NOT_PROVEN);
        List<Digest> longer = new ArrayList<>(path);
        longer.add(path.get(0));
        inclusion(all, "a hash too many", new InclusionProof(3, 7, longer), 3, 7, NOT_PROVEN);
        List<Digest> turned = new ArrayList<>(path);
        Collections.swap(turned, 0, 1);
        inclusion(all, "two hashes exchanged", new InclusionProof(3, 7, turned), 3, 7, NOT_PROVEN);
        inclusion(all, "a node passed off as a leaf", new InclusionProof(1, 4, path.subList(1, 3)), 3, 7, NOT_PROVEN);
        return all;
    }

    private static InclusionProof made(long index, long size) {
        return InclusionProof.make(index, size, Parties.nodes(0));
    }

    private static void inclusion(
            List<Object> all, String name, InclusionProof proof, long leaf, long tree, String expected) {
        all.add(object(
                "name", name,
                "index", Long.toString(proof.index()),
                "size", Long.toString(proof.treeSize()),
                "leaf", NoteText.base64(Parties.nodes(0).node(0, leaf).array()),
                "root", NoteText.base64(Parties.nodes(0).root(tree).array()),
                "proof", hashes(proof.path()),
                "expected", expected));
    }

    private static List<Object> consistency() {
        List<Object> all = new ArrayList<>();
        for (long[] one :
                new long[][] {{0, 0}, {0, 5}, {1, 1}, {1, 2}, {3, 7}, {4, 7}, {7, 8}, {256, 257}, {4_096, 5_000}}) {
            consistency(all, one[0] + " to " + one[1], grown(one[0], one[1]), 0, 0, GOOD);
        }
        ConsistencyProof good = grown(3, 7);
        List<Digest> path = good.path();
        consistency(all, "a forked log", good, 1, 0, NOT_PROVEN);
        consistency(all, "a forked log with its own proof", grown(3, 7, 1), 0, 1, NOT_PROVEN);
        consistency(all, "equal sizes and other roots", new ConsistencyProof(7, 7, List.of()), 0, 1, NOT_PROVEN);
        consistency(all, "equal sizes and a hash", new ConsistencyProof(7, 7, path.subList(0, 1)), 0, 0, NOT_PROVEN);
        consistency(all, "a tree that shrinks", new ConsistencyProof(7, 3, path), 0, 0, NOT_PROVEN);
        consistency(all, "from nothing with a hash", new ConsistencyProof(0, 7, path.subList(0, 1)), 0, 0, NOT_PROVEN);
        consistency(all, "a hash left out", new ConsistencyProof(3, 7, path.subList(1, 4)), 0, 0, NOT_PROVEN);
        List<Digest> longer = new ArrayList<>(path);
        longer.add(path.get(0));
        consistency(all, "a hash too many", new ConsistencyProof(3, 7, longer), 0, 0, NOT_PROVEN);
        consistency(all, "no proof", new ConsistencyProof(3, 7, List.of()), 0, 0, NOT_PROVEN);
        return all;
    }

    private static ConsistencyProof grown(long from, long to) {
        return grown(from, to, 0);
    }

    private static ConsistencyProof grown(long from, long to, int branch) {
        return ConsistencyProof.make(from, to, Parties.nodes(branch));
    }

    private static void consistency(
            List<Object> all, String name, ConsistencyProof proof, int oldBranch, int newBranch, String expected) {
        all.add(object(
                "name", name,
                "oldSize", Long.toString(proof.oldSize()),
                "newSize", Long.toString(proof.newSize()),
                "oldRoot",
                        NoteText.base64(
                                Parties.nodes(oldBranch).root(proof.oldSize()).array()),
                "newRoot",
                        NoteText.base64(
                                Parties.nodes(newBranch).root(proof.newSize()).array()),
                "proof", hashes(proof.path()),
                "expected", expected));
    }

    private static List<Object> proofs() {
        List<Object> all = new ArrayList<>();
        NoteSignature police = Parties.line(POLICE, SEEN, NOON);
        NoteSignature hoster = Parties.line(HOSTER, SEEN, NOON.plusSeconds(1));
        SignedNote two = Parties.signed(SEEN, police, hoster);
        String good = proof(two);
        proof(all, "seen by two of three", good, GOOD);
        proof(all, "seen by one", proof(Parties.signed(SEEN, police)), NOT_WITNESSED);
        proof(all, "signed by the log alone", proof(Parties.signed(SEEN)), NOT_WITNESSED);
        SignedNote unsigned = new SignedNote(SEEN.text(), List.of(police, hoster));
        proof(all, "seen, and not signed by the log", proof(unsigned), NOT_PROVEN);
        NoteSignature forged = NoteSignature.by(ASSOCIATION.key().verifierKey(), new byte[72]);
        proof(all, "a forged third line", proof(Parties.signed(SEEN, police, hoster, forged)), NOT_WITNESSED);
        proof(all, "another index", good.replace("index 3", "index 2"), NOT_PROVEN);
        proof(all, "an index outside the tree", good.replace("index 3", "index 7"), NOT_PROVEN);
        proof(all, "another first line", good.replace("@v1", "@v2"), MALFORMED);
        proof(all, "an extra line, which nothing authenticates", good.replace("index", "extra AAAA\nindex"), MALFORMED);
        proof(all, "no index", good.replace("index 3\n", ""), MALFORMED);
        proof(all, "a leading zero", good.replace("index 3", "index 03"), MALFORMED);
        proof(all, "no checkpoint", good.substring(0, good.indexOf("\n\n") + 2), MALFORMED);
        return all;
    }

    private static String proof(SignedNote note) {
        return new String(new LogProof(made(3, 7), note).bytes(), StandardCharsets.UTF_8);
    }

    private static void proof(List<Object> all, String name, String proof, String expected) {
        String leaf = NoteText.base64(Parties.nodes(0).node(0, 3).array());
        all.add(object("name", name, "proof", proof, "leaf", leaf, "policy", TWO_OF_THREE, "expected", expected));
    }

    private static List<Object> cosignatures() {
        List<Object> all = new ArrayList<>();
        String good = Parties.line(POLICE, SEEN, NOON).line();
        String vkey = POLICE.key().vkey();
        String text = SEEN.text();
        cosignature(all, "at noon", good, vkey, text, GOOD);
        cosignature(all, "of another witness", good, HOSTER.key().vkey(), text, NOT_SIGNED);
        cosignature(
                all,
                "of another checkpoint",
                good,
                vkey,
                Parties.checkpoint(8, 0).text(),
                NOT_SIGNED);
        byte[] later = Parties.line(POLICE, SEEN, NOON).afterKeyId();
        later[7]++;
        cosignature(all, "at another second", line(later), vkey, text, NOT_SIGNED);
        cosignature(all, "without a time", line(new byte[72]), vkey, text, NOT_SIGNED);
        cosignature(all, "a signature without a time", line(new byte[64]), vkey, text, NOT_SIGNED);
        cosignature(all, "a log's key for a witness's", good, LOG.key().vkey(), text, MALFORMED);
        cosignature(all, "no base64", good.replace("=", "*"), vkey, text, MALFORMED);
        return all;
    }

    private static String line(byte[] stamped) {
        return NoteSignature.by(POLICE.key().verifierKey(), stamped).line();
    }

    private static void cosignature(
            List<Object> all, String name, String line, String vkey, String text, String expected) {
        all.add(object(
                "name",
                name,
                "line",
                line,
                "witness",
                vkey,
                "text",
                text,
                "at",
                Wire.text(NOON),
                "expected",
                expected));
    }

    static String text(SignedNote note) {
        return new String(note.bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> hashes(List<Digest> path) {
        return path.stream().map(hash -> NoteText.base64(hash.array())).toList();
    }

    private static byte[] bytes(List<Object> vectors) {
        return vectors.stream()
                .map(vector -> new String(Wire.write(vector), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }
}
