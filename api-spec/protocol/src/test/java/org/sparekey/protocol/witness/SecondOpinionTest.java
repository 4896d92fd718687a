// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.tree.VerifierKey;
import tools.jackson.databind.JsonNode;

/** What npm's {@code @sigstore/verify} says of our checkpoints and inclusion proofs, asked in one run. */
class SecondOpinionTest {

    private static final Path NPM =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "protocol", "src", "test", "npm");

    /** DER of a SubjectPublicKeyInfo for Ed25519 (RFC 8410), up to the key itself. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    @TempDir
    private Path directory;

    /** One question: a proof, and the entry it is said to be for. */
    private record Question(String name, byte[] entry, long index, List<Digest> path, String note, NoteKey log) {}

    @Test
    void a_verifier_that_we_did_not_write_agrees_with_ours_on_good_and_altered_proofs() throws Exception {
        NpmTools.require();
        List<Question> questions = new ArrayList<>();
        for (long[] one : new long[][] {{0, 1}, {1, 2}, {3, 7}, {6, 7}, {7, 8}, {255, 300}, {299, 300}}) {
            questions.add(good(one[0], one[1]));
        }
        int good = questions.size();
        questions.addAll(altered(questions.get(2)));
        JsonNode said = ask(questions);
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            assertThat(said.path(question.name()).isBoolean())
                    .as(question.name())
                    .isTrue();
            assertThat(said.path(question.name()).asBoolean())
                    .as(question.name())
                    .isEqualTo(i < good);
            assertThat(ours(question)).as(question.name()).isEqualTo(i < good);
        }
    }

    @Test
    void the_lockfile_names_one_public_registry_and_every_digest() throws Exception {
        JsonNode packages =
                Wire.tree(Files.readAllBytes(NPM.resolve("package-lock.json"))).path("packages");
        int named = 0;
        for (Map.Entry<String, JsonNode> one : packages.properties()) {
            if (!one.getKey().isEmpty()) {
                assertThat(one.getValue().path("resolved").asString())
                        .startsWith("https://registry.npmjs.org/@sigstore/");
                assertThat(one.getValue().path("integrity").asString()).startsWith("sha512-");
                named++;
            }
        }
        assertThat(named).isEqualTo(4);
    }

    /** Witnessed, and with a line as long as one of ML-DSA-44. */
    private static Question good(long index, long size) {
        Checkpoint checkpoint = Parties.checkpoint(size, 0);
        NoteSignature postQuantum = NoteSignature.by(
                new VerifierKey("pq.example", VerifierKey.ML_DSA_44_COSIGNATURE, Bytes.of(new byte[1312])),
                new byte[2428]);
        SignedNote note = Parties.signed(checkpoint, Parties.line(POLICE, checkpoint, NOON), postQuantum);
        List<Digest> path = InclusionProof.make(index, size, Parties.nodes(0)).path();
        return new Question(index + " in " + size, entry(index), index, path, LogVectors.text(note), LOG.key());
    }

    private static List<Question> altered(Question good) {
        List<Digest> path = good.path();
        List<Digest> flipped = new ArrayList<>(path);
        byte[] first = flipped.get(0).array();
        first[0] ^= 1;
        flipped.set(0, Digest.of(first));
        NoteKey foreign = new NoteSigner(Parties.ORIGIN, Parties.seed("foreign")).key();
        String size = good.note().replace("\n7\n", "\n8\n");
        String root = good.note().replaceFirst("\n7\n.", "\n7\nz");
        String signature = LogVectors.text(new SignedNote(
                Parties.checkpoint(7, 0).text(),
                List.of(LOG.sign(Parties.checkpoint(8, 0).text()))));
        return List.of(
                new Question("another entry", entry(4), 3, path, good.note(), good.log()),
                new Question("another index", good.entry(), 2, path, good.note(), good.log()),
                new Question("an index outside", good.entry(), 7, path, good.note(), good.log()),
                new Question("a flipped bit", good.entry(), 3, flipped, good.note(), good.log()),
                new Question("a hash left out", good.entry(), 3, path.subList(0, 2), good.note(), good.log()),
                new Question("another size", good.entry(), 3, path, size, good.log()),
                new Question("another root", good.entry(), 3, path, root, good.log()),
                new Question("another signature", good.entry(), 3, path, signature, good.log()),
                new Question("another key", good.entry(), 3, path, good.note(), foreign));
    }

    private static byte[] entry(long index) {
        return ("leaf 0 " + index).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean ours(Question question) {
        try {
            SignedNote note = SignedNote.parse(question.note().getBytes(StandardCharsets.UTF_8));
            long size = Checkpoint.parse(note.text()).size();
            InclusionProof inclusion = new InclusionProof(question.index(), size, question.path());
            return new LogProof(inclusion, note)
                    .proven(TreeHash.leaf(question.entry()), question.log())
                    .isPresent();
        } catch (MalformedException refused) {
            return false;
        }
    }

    private JsonNode ask(List<Question> questions) throws IOException, InterruptedException, MalformedException {
        for (String file : List.of("package.json", "package-lock.json", "judge.js")) {
            Files.copy(NPM.resolve(file), directory.resolve(file));
        }
        NpmTools.run(directory, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        List<Object> cases = new ArrayList<>();
        questions.forEach(question -> cases.add(written(question)));
        Files.write(directory.resolve("cases.json"), Wire.write(cases));
        return Wire.tree(
                NpmTools.run(directory, "node", "judge.js", "cases.json").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> written(Question question) {
        byte[] spki = Arrays.copyOf(SPKI, SPKI.length + 32);
        System.arraycopy(question.log().publicKey().array(), 0, spki, SPKI.length, 32);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", question.name());
        written.put("entry", Base64.getEncoder().encodeToString(question.entry()));
        written.put("index", Long.toString(question.index()));
        written.put(
                "proof",
                question.path().stream()
                        .map(hash -> NoteText.base64(hash.array()))
                        .toList());
        written.put("note", question.note());
        written.put("origin", question.log().name());
        written.put("keyId", question.log().keyId());
        written.put("publicKey", Base64.getEncoder().encodeToString(spki));
        return written;
    }
}
