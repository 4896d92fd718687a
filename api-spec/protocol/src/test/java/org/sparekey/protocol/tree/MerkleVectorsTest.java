// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/**
 * The 196 inclusion and consistency vectors of transparency-dev/merkle, judged as their makers say. Some hold byte strings
 * that are no SHA-256 hashes: whatever we read refuses those before a proof is looked at, and so does this test. Only where
 * two sizes are equal, where the reference compares any bytes, the digest of such a string stands for it here.
 */
class MerkleVectorsTest {

    private static final Path VECTORS = Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "log");

    @TestFactory
    Stream<DynamicTest> inclusion() throws Exception {
        List<JsonNode> vectors = read("merkle-inclusion.json");
        assertThat(vectors).hasSize(98);
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(name(vector), () -> {
                    boolean proven = onlyHashes(vector)
                            && new InclusionProof(number(vector, "index"), number(vector, "size"), path(vector))
                                    .proves(hash(vector, "leaf"), hash(vector, "root"));
                    assertThat(proven).isEqualTo(!refused(vector));
                }));
    }

    @TestFactory
    Stream<DynamicTest> consistency() throws Exception {
        List<JsonNode> vectors = read("merkle-consistency.json");
        assertThat(vectors).hasSize(98);
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(name(vector), () -> {
                    long oldSize = number(vector, "oldSize");
                    long newSize = number(vector, "newSize");
                    boolean proven = (onlyHashes(vector) || oldSize == newSize)
                            && new ConsistencyProof(oldSize, newSize, path(vector))
                                    .proves(hash(vector, "oldRoot"), hash(vector, "newRoot"));
                    assertThat(proven).isEqualTo(!refused(vector));
                }));
    }

    @Test
    void the_one_vector_accepted_there_whose_roots_are_no_hashes_is_refused_before_it_gets_here() throws Exception {
        List<JsonNode> all = new ArrayList<>(read("merkle-inclusion.json"));
        all.addAll(read("merkle-consistency.json"));
        List<JsonNode> accepted = all.stream()
                .filter(vector -> !refused(vector))
                .filter(vector -> !onlyHashes(vector))
                .toList();
        assertThat(accepted)
                .extracting(MerkleVectorsTest::name)
                .containsExactly("additional/sizes-are-equal-one-and-proof-is-empty");
    }

    /** Whether every hash has 32 bytes, as checkpoints, proofs and receipts demand when they are read. */
    private static boolean onlyHashes(JsonNode vector) {
        List<JsonNode> hashes = new ArrayList<>();
        vector.path("proof").forEach(hashes::add);
        Stream.of("leaf", "root", "oldRoot", "newRoot")
                .filter(vector::has)
                .forEach(member -> hashes.add(vector.path(member)));
        return hashes.stream().allMatch(hash -> bytes(hash).length == Digest.LENGTH_BYTES);
    }

    private static List<JsonNode> read(String file) throws IOException, MalformedException {
        List<JsonNode> all = new ArrayList<>();
        Wire.tree(Files.readAllBytes(VECTORS.resolve(file))).forEach(all::add);
        return all;
    }

    private static List<Digest> path(JsonNode vector) {
        List<Digest> path = new ArrayList<>();
        vector.path("proof").forEach(hash -> path.add(digest(bytes(hash))));
        return path;
    }

    private static Digest hash(JsonNode vector, String member) {
        return digest(bytes(vector.path(member)));
    }

    private static Digest digest(byte[] bytes) {
        return bytes.length == Digest.LENGTH_BYTES ? Digest.of(bytes) : Digest.sha256(bytes, new byte[] {2});
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString());
    }

    /** An unsigned number beyond 2^63 comes out negative, which no proof is. */
    private static long number(JsonNode vector, String member) {
        return Long.parseUnsignedLong(vector.path(member).asString());
    }

    private static boolean refused(JsonNode vector) {
        return vector.path("refused").asBoolean();
    }

    private static String name(JsonNode vector) {
        return vector.path("name").asString();
    }
}
