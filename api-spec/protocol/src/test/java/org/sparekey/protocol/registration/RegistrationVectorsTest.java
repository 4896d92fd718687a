// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.tree.NoteKey;
import tools.jackson.databind.JsonNode;

/** Replays {@code api-spec/vectors/registration}: what every other implementation must agree with. */
class RegistrationVectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "registration");

    @TestFactory
    Stream<DynamicTest> pseudonyms() throws Exception {
        return each(
                "pseudonyms.json",
                vector -> assertThat(Pseudonym.of(
                                        Bytes.parse(text(vector, "secret")).array(),
                                        text(vector, "hosterId"),
                                        text(vector, "customerId"),
                                        Instant.parse(text(vector, "validFrom")),
                                        text(vector, "vpsRef"))
                                .base64url())
                        .isEqualTo(text(vector, "pseudonym")));
    }

    @TestFactory
    Stream<DynamicTest> commitments() throws Exception {
        return each("commitments.json", vector -> {
            Field field = Stream.of(Field.values())
                    .filter(one -> one.label().equals(text(vector, "label")))
                    .findFirst()
                    .orElseThrow();
            assertThat(FieldCommitment.of(field, Bytes.parse(text(vector, "salt")), text(vector, "value"))
                            .base64url())
                    .isEqualTo(text(vector, "commitment"));
        });
    }

    @TestFactory
    Stream<DynamicTest> lines() throws Exception {
        return lines("lines.json");
    }

    @TestFactory
    Stream<DynamicTest> handOvers() throws Exception {
        return lines("hand-overs.json");
    }

    private static Stream<DynamicTest> lines(String file) throws Exception {
        return each(file, vector -> {
            byte[] line = text(vector, "line").getBytes(StandardCharsets.UTF_8);
            String outcome = RecordCheck.read(line).match(good -> "GOOD", bad -> bad.refusal() + " " + bad.pointer());
            assertThat(outcome).isEqualTo(text(vector, "expected"));
            if (outcome.equals("GOOD")) {
                assertThat(Wire.write(RecordCheck.parse(line))).isEqualTo(line);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> batches() throws Exception {
        return each(
                "batches.json",
                vector -> assertThat(outcome(VECTORS.resolve(text(vector, "file"))))
                        .isEqualTo(text(vector, "expected")));
    }

    @TestFactory
    Stream<DynamicTest> receipts() throws Exception {
        return each("receipts.json", vector -> {
            BatchReceipt receipt = Wire.read(vector.path("receipt"), BatchReceipt.class);
            NoteKey log = NoteKey.parse(text(vector, "log"));
            RegistrationBatch batch = batch(VECTORS.resolve(text(vector, "batch")));
            assertThat(ReceiptCheck.check(receipt, batch, log).name()).isEqualTo(text(vector, "expected"));
        });
    }

    private static String outcome(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            BatchReader reader = new BatchReader(in);
            while (reader.next().isPresent()) {
                assertThat(reader.leafHashes()).isNotEmpty();
            }
            if (!reader.document().verifiedBy(reader.document().leaf().getPublicKey())) {
                return "SIGNATURE_INVALID";
            }
            return reader.rootHolds() ? "GOOD" : "ROOT_MISMATCH";
        } catch (MalformedException e) {
            return "MALFORMED";
        }
    }

    private static RegistrationBatch batch(Path file) throws IOException, MalformedException {
        try (InputStream in = Files.newInputStream(file)) {
            BatchReader reader = new BatchReader(in);
            List<Bytes> lines = new ArrayList<>();
            for (Optional<BatchLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get().raw());
            }
            return new RegistrationBatch(reader.document(), lines);
        }
    }

    private static Stream<DynamicTest> each(String file, Replay replay) throws IOException, MalformedException {
        JsonNode vectors = Wire.tree(Files.readAllBytes(VECTORS.resolve(file)));
        assertThat(vectors.size()).as(file).isGreaterThan(1);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : vectors) {
            String name = file.replace(".json", ": ").toLowerCase(Locale.ROOT) + text(vector, "name");
            tests.add(DynamicTest.dynamicTest(name, () -> replay.replay(vector)));
        }
        return tests.stream();
    }

    private static String text(JsonNode vector, String member) {
        return vector.path(member).stringValue();
    }

    private interface Replay {
        void replay(JsonNode vector) throws Exception;
    }
}
