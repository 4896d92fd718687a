// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.structured.FieldItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replays api-spec/vectors/http-signatures: what RFC 9421 prints is what we build, verify and, where it can be, sign. */
class Rfc9421VectorsTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec", "vectors", "http-signatures");

    private final JsonNode file = JsonMapper.builder().build().readTree(VECTORS.resolve("rfc9421.json"));

    @TestFactory
    Stream<DynamicTest> every_printed_signature_base_is_built_byte_for_byte() {
        return vectors()
                .filter(vector -> vector.get("base").isString())
                .map(vector -> DynamicTest.dynamicTest(
                        name(vector),
                        () -> assertThat(base(vector))
                                .isEqualTo(vector.get("base").stringValue())));
    }

    @TestFactory
    Stream<DynamicTest> every_printed_signature_verifies_or_is_refused_as_printed() {
        return vectors()
                .map(vector -> DynamicTest.dynamicTest(
                        name(vector),
                        () -> assertThat(verifies(vector))
                                .isEqualTo(vector.get("expect").stringValue().equals("verifies"))));
    }

    @TestFactory
    Stream<DynamicTest> every_deterministic_signature_is_made_again_byte_for_byte() {
        return vectors()
                .filter(vector -> vector.get("deterministic").booleanValue())
                .map(vector -> DynamicTest.dynamicTest(name(vector), () -> {
                    MessageSignature printed = signature(vector);
                    MessageSignature ours = new MessageSignature(
                            printed.label(),
                            printed.covered(),
                            org.sparekey.protocol.json.Bytes.of(sign(vector, base(vector))));
                    assertThat(ours.inputField())
                            .isEqualTo(vector.get("signatureInput").stringValue());
                    assertThat(ours.signatureField())
                            .isEqualTo(vector.get("signature").stringValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_printed_component_is_derived() throws Exception {
        JsonNode components = JsonMapper.builder().build().readTree(VECTORS.resolve("components.json"));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode message : components.get("messages")) {
            for (JsonNode line : message.get("lines")) {
                String[] parts = split(line.stringValue());
                tests.add(DynamicTest.dynamicTest(
                        line.stringValue(),
                        () -> assertThat(ComponentValue.of(FieldItem.parse(parts[0]), message(message)))
                                .isEqualTo(parts[1])));
            }
        }
        return tests.stream();
    }

    @org.junit.jupiter.api.Test
    void all_of_appendix_b_is_here() {
        assertThat(vectors().map(Rfc9421VectorsTest::name))
                .contains("B.2.1", "B.2.2", "B.2.3", "B.2.4", "B.2.5", "B.2.6", "B.3")
                .filteredOn(name -> name.startsWith("B.4"))
                .hasSize(6);
    }

    /** The digest that a printed content comes with is the digest of that content. */
    @TestFactory
    Stream<DynamicTest> every_printed_content_digest_is_that_of_the_content() {
        return file.get("messages").properties().stream()
                .filter(entry -> entry.getValue().has("content"))
                .filter(entry -> message(entry.getValue()).headers().has(ContentDigest.FIELD))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String field = message(entry.getValue())
                            .headers()
                            .value(ContentDigest.FIELD)
                            .orElseThrow();
                    byte[] content =
                            entry.getValue().get("content").stringValue().getBytes(StandardCharsets.UTF_8);
                    assertThat(ContentDigest.parse(field).matches(MeasuredBody.of(content)))
                            .isTrue();
                    assertThat(ContentDigest.parse(field).write()).isEqualTo(field);
                }));
    }

    private static String[] split(String line) {
        int colon = line.lastIndexOf("\": ") >= 0 && line.contains(";") && line.indexOf(": ") > line.indexOf(';')
                ? line.indexOf(": ", line.indexOf(';'))
                : line.indexOf(": ");
        return new String[] {line.substring(0, colon), line.substring(colon + 2)};
    }

    private Stream<JsonNode> vectors() {
        return file.get("vectors").valueStream();
    }

    private static String name(JsonNode vector) {
        return vector.get("name").stringValue();
    }

    private String base(JsonNode vector) throws MalformedException {
        return new String(SignatureBase.of(signature(vector).covered(), messageOf(vector)), StandardCharsets.US_ASCII);
    }

    private MessageSignature signature(JsonNode vector) throws MalformedException {
        Fields fields = Fields.of(
                "Signature-Input", vector.get("signatureInput").stringValue(),
                "Signature", vector.get("signature").stringValue());
        return MessageSignature.all(fields).get(0);
    }

    private Message messageOf(JsonNode vector) {
        return message(file.get("messages").get(vector.get("message").stringValue()));
    }

    private Message message(JsonNode node) {
        Fields headers = fields(node.path("headers"));
        Fields trailers = fields(node.path("trailers"));
        if (node.has("status")) {
            Optional<Message.Request> request = node.has("request")
                    ? Optional.of((Message.Request)
                            message(file.get("messages").get(node.get("request").stringValue())))
                    : Optional.empty();
            return new Message.Response(node.get("status").intValue(), headers, trailers, request);
        }
        return new Message.Request(
                node.get("method").stringValue(), node.get("targetUri").stringValue(), headers, trailers);
    }

    private static Fields fields(JsonNode pairs) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        pairs.forEach(pair -> fields.computeIfAbsent(pair.get(0).stringValue(), name -> new ArrayList<>())
                .add(pair.get(1).stringValue()));
        return Fields.of(fields);
    }

    /** HMAC exists in this test alone: no key of ours can ever be one. */
    private boolean verifies(JsonNode vector) throws Exception {
        byte[] base = base(vector).getBytes(StandardCharsets.US_ASCII);
        byte[] printed = signature(vector).signature().array();
        String name = vector.get("algorithm").stringValue();
        if (name.equals("hmac-sha256")) {
            return MessageDigest.isEqual(hmac(vector, base), printed);
        }
        KeyAlgorithm algorithm = Arrays.stream(KeyAlgorithm.values())
                .filter(known -> known.http().equals(name))
                .findFirst()
                .orElseThrow();
        PublicKey key = algorithm.publicKey(key(vector, "spki"));
        return algorithm.verifiesHttp(key, base, printed);
    }

    private byte[] sign(JsonNode vector, String base) throws GeneralSecurityException {
        byte[] bytes = base.getBytes(StandardCharsets.US_ASCII);
        if (vector.get("algorithm").stringValue().equals("hmac-sha256")) {
            return hmac(vector, bytes);
        }
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(
                KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key(vector, "pkcs8"))));
        ed25519.update(bytes);
        return ed25519.sign();
    }

    private byte[] hmac(JsonNode vector, byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key(vector, "secret"), "HmacSHA256"));
        return mac.doFinal(bytes);
    }

    private byte[] key(JsonNode vector, String form) {
        JsonNode key = file.get("keys").get(vector.get("key").stringValue());
        return Base64.getDecoder().decode(key.get(form).stringValue());
    }

    static {
        assertThat(Files.isDirectory(VECTORS))
                .as("the vectors lie in %s", VECTORS)
                .isTrue();
    }
}
