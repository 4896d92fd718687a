// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.KeyId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replays the profile's own vectors: requests, each with the instant it is judged at and what must be said of it. */
class ProfileVectorsTest {

    private static final Path FILE = Path.of(
            System.getProperty("sparekey.basedir", "../.."), "api-spec", "vectors", "http-signatures", "profile.json");

    private final JsonNode file = JsonMapper.builder().build().readTree(FILE);

    @TestFactory
    Stream<DynamicTest> every_request_is_judged_as_its_vector_says() {
        return vectors()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.get("name").stringValue(),
                        () -> assertThat(judged(vector))
                                .isEqualTo(vector.get("expect").stringValue())));
    }

    /** A verifier that never says so in a vector is a verifier that other implementers cannot test against. */
    @Test
    void every_fault_of_a_request_has_a_vector() {
        Set<String> seen = vectors()
                .map(vector -> vector.get("expect").stringValue())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Arrays.stream(SignatureFault.values())
                        .filter(fault -> fault != SignatureFault.UNBOUND)
                        .map(SignatureFault::code))
                .isSubsetOf(seen);
        assertThat(seen).contains("verified");
    }

    private Stream<JsonNode> vectors() {
        return file.get("vectors").valueStream();
    }

    private String judged(JsonNode vector) {
        RequestVerifier verifier = new RequestVerifier(
                InstantSource.fixed(Instant.parse(vector.get("now").stringValue())), this::key);
        byte[] content = vector.get("content").stringValue().getBytes(StandardCharsets.UTF_8);
        Message.Request request = new Message.Request(
                vector.get("method").stringValue(),
                vector.get("targetUri").stringValue(),
                fields(vector.get("headers")));
        return verifier.verify(request, MeasuredBody.of(content))
                .match(verified -> "verified", refused -> refused.fault().code());
    }

    private Optional<PublicKey> key(Digest id) {
        try {
            byte[] spki = Base64.getDecoder().decode(file.get("spki").stringValue());
            PublicKey key = KeyAlgorithm.ED25519.publicKey(spki);
            return KeyId.of(key).equals(id) ? Optional.of(key) : Optional.empty();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Fields fields(JsonNode pairs) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        pairs.forEach(pair -> fields.computeIfAbsent(pair.get(0).stringValue(), name -> new ArrayList<>())
                .add(pair.get(1).stringValue()));
        return Fields.of(fields);
    }
}
