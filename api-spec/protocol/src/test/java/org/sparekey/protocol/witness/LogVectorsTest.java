// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.SignedNote;
import tools.jackson.databind.JsonNode;

/** Replays {@code api-spec/vectors/log}: what every other implementation must agree with. */
class LogVectorsTest {

    private static final Path VECTORS = Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "log");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    @Test
    void what_is_published_is_what_is_written_today() throws Exception {
        for (Map.Entry<String, byte[]> file : LogVectors.files().entrySet()) {
            assertThat(Files.readString(VECTORS.resolve(file.getKey())))
                    .isEqualTo(new String(file.getValue(), StandardCharsets.UTF_8));
        }
    }

    @TestFactory
    Stream<DynamicTest> notes() throws Exception {
        return each("notes.json", vector -> {
            byte[] bytes = utf8(vector, "note");
            SignedNote note = SignedNote.parse(bytes);
            assertThat(note.bytes()).isEqualTo(bytes);
            List<NoteKey> signers = note.signers(List.of(NoteKey.parse(text(vector, "key"))));
            return signers.isEmpty() ? LogVectors.NOT_SIGNED : LogVectors.GOOD;
        });
    }

    @TestFactory
    Stream<DynamicTest> checkpoints() throws Exception {
        return each("checkpoints.json", vector -> {
            String text = text(vector, "text");
            assertThat(Checkpoint.parse(text).text()).isEqualTo(text);
            return LogVectors.GOOD;
        });
    }

    @TestFactory
    Stream<DynamicTest> inclusion() throws Exception {
        return each("inclusion.json", vector -> {
            InclusionProof proof = new InclusionProof(number(vector, "index"), number(vector, "size"), hashes(vector));
            return proof.proves(hash(vector, "leaf"), hash(vector, "root")) ? LogVectors.GOOD : LogVectors.NOT_PROVEN;
        });
    }

    @TestFactory
    Stream<DynamicTest> consistency() throws Exception {
        return each("consistency.json", vector -> {
            ConsistencyProof proof =
                    new ConsistencyProof(number(vector, "oldSize"), number(vector, "newSize"), hashes(vector));
            boolean proven = proof.proves(hash(vector, "oldRoot"), hash(vector, "newRoot"));
            return proven ? LogVectors.GOOD : LogVectors.NOT_PROVEN;
        });
    }

    @TestFactory
    Stream<DynamicTest> proofs() throws Exception {
        return each("proofs.json", vector -> {
            byte[] bytes = utf8(vector, "proof");
            LogProof proof = LogProof.parse(bytes);
            assertThat(proof.bytes()).isEqualTo(bytes);
            WitnessPolicy policy = WitnessPolicy.parse(text(vector, "policy"));
            NoteKey log = policy.logs().get(0).key();
            if (proof.proven(hash(vector, "leaf"), log).isEmpty()) {
                return LogVectors.NOT_PROVEN;
            }
            return policy.judge(proof.checkpoint()).holds() ? LogVectors.GOOD : LogVectors.NOT_WITNESSED;
        });
    }

    @TestFactory
    Stream<DynamicTest> cosignatures() throws Exception {
        return each("cosignatures.json", vector -> {
            WitnessKey witness = WitnessKey.parse(text(vector, "witness"));
            String line = text(vector, "line");
            NoteSignature read = NoteSignature.parse(line.stripTrailing());
            assertThat(read.line()).isEqualTo(line);
            Optional<Cosignature> verified = Cosignature.verified(read, witness, text(vector, "text"));
            verified.ifPresent(good -> assertThat(good.at()).isEqualTo(Instant.parse(text(vector, "at"))));
            return verified.isPresent() ? LogVectors.GOOD : LogVectors.NOT_SIGNED;
        });
    }

    @TestFactory
    Stream<DynamicTest> policies() throws Exception {
        return each("policies.json", vector -> {
            String policy = text(vector, "policy");
            assertThat(WitnessPolicy.parse(policy).text()).isEqualTo(policy);
            return LogVectors.GOOD;
        });
    }

    @TestFactory
    Stream<DynamicTest> verdicts() throws Exception {
        return read("verdicts.json")
                .map(vector -> DynamicTest.dynamicTest(text(vector, "name"), () -> {
                    PolicyVerdict verdict =
                            WitnessPolicy.parse(text(vector, "policy")).judge(SignedNote.parse(utf8(vector, "note")));
                    List<String> seen = verdict.seen().stream()
                            .map(sighting -> sighting.witness() + " " + CLOCK.format(sighting.at()))
                            .toList();
                    assertThat(seen).isEqualTo(texts(vector.path("seen")));
                    assertThat(verdict.holds()).isEqualTo(vector.path("holds").asBoolean());
                }));
    }

    @TestFactory
    Stream<DynamicTest> requests() throws Exception {
        return read("add-checkpoint.json")
                .map(vector -> DynamicTest.dynamicTest(text(vector, "name"), () -> {
                    WitnessAnswer answer = answer(vector);
                    assertThat(answer.status()).isEqualTo(vector.path("status").asInt());
                    if (!text(vector, "answer").isEmpty()) {
                        assertThat(answer.body()).isEqualTo(text(vector, "answer"));
                    }
                }));
    }

    private static WitnessAnswer answer(JsonNode vector) throws MalformedException {
        Cosigner witness = Parties.POLICE;
        assertThat(witness.key().vkey()).isEqualTo(text(vector, "witness"));
        Optional<SignedNote> stored =
                vector.has("stored") ? Optional.of(SignedNote.parse(utf8(vector, "stored"))) : Optional.empty();
        byte[] body = utf8(vector, "body");
        try {
            AddCheckpoint request = AddCheckpoint.parse(body);
            assertThat(request.bytes()).isEqualTo(body);
            List<NoteKey> logs = List.of(NoteKey.parse(text(vector, "log")));
            return new Witnessing(witness).decide(stored, request, logs, Instant.parse(text(vector, "at")));
        } catch (MalformedException e) {
            return WitnessAnswer.Refused.malformed(e.reason());
        }
    }

    @FunctionalInterface
    private interface Judge {
        String judge(JsonNode vector) throws MalformedException;
    }

    private static Stream<DynamicTest> each(String file, Judge judge) throws Exception {
        return read(file)
                .map(vector -> DynamicTest.dynamicTest(
                        text(vector, "name"),
                        () -> assertThat(outcome(judge, vector)).isEqualTo(text(vector, "expected"))));
    }

    private static String outcome(Judge judge, JsonNode vector) {
        try {
            return judge.judge(vector);
        } catch (MalformedException refused) {
            return LogVectors.MALFORMED;
        }
    }

    private static Stream<JsonNode> read(String file) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        Wire.tree(Files.readAllBytes(VECTORS.resolve(file))).forEach(all::add);
        assertThat(all).isNotEmpty();
        return all.stream();
    }

    private static List<Digest> hashes(JsonNode vector) throws MalformedException {
        List<Digest> hashes = new ArrayList<>();
        for (String hash : texts(vector.path("proof"))) {
            hashes.add(NoteText.hash(hash));
        }
        return hashes;
    }

    private static Digest hash(JsonNode vector, String member) throws MalformedException {
        return NoteText.hash(text(vector, member));
    }

    private static long number(JsonNode vector, String member) {
        return Long.parseLong(text(vector, member));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private static byte[] utf8(JsonNode vector, String member) {
        return text(vector, member).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode vector, String member) {
        return vector.path(member).asString();
    }
}
