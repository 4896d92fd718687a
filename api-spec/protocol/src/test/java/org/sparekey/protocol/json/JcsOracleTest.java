// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Our canonical JSON against vectors and against an independent implementation. */
class JcsOracleTest {

    private static final long SEED = 20261123;
    private static final int DOCUMENTS = 2_000;
    private static final int MAX_DEPTH = 4;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec", "vectors", "jcs", "jcs.json");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TestFactory
    Stream<DynamicTest> every_vector_is_written_or_refused_as_it_says() throws Exception {
        JsonNode file = JsonMapper.builder().build().readTree(VECTORS);
        return file.get("vectors")
                .valueStream()
                .map(vector -> DynamicTest.dynamicTest(vector.get("name").stringValue(), () -> {
                    String input = vector.get("input").stringValue();
                    if (vector.has("canonical")) {
                        String expected = vector.get("canonical").stringValue();
                        assertThat(canonical(input)).isEqualTo(expected).isEqualTo(oracle(input));
                        assertThat(canonical(expected)).isEqualTo(expected);
                    } else {
                        assertThat(vector.get("expect").stringValue()).isEqualTo("refused");
                        assertThatThrownBy(() -> canonical(input))
                                .isInstanceOfAny(MalformedException.class, IllegalArgumentException.class);
                    }
                }));
    }

    @Test
    void generated_documents_agree_with_the_oracle_and_with_themselves() throws Exception {
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonNode document = object(MAX_DEPTH);
            String ours = new String(Jcs.bytes(document), StandardCharsets.UTF_8);

            assertThat(ours).as("seed %d, document %d", SEED, i).isEqualTo(oracle(document.toString()));
            assertThat(Jcs.bytes(Wire.tree(ours.getBytes(StandardCharsets.UTF_8))))
                    .asString()
                    .isEqualTo(ours);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9007199254740991L, -9007199254740991L})
    void integers_below_two_to_the_53_are_kept(long value) throws Exception {
        assertThat(canonical("[" + value + "]")).isEqualTo("[" + value + "]").isEqualTo(oracle("[" + value + "]"));
    }

    /** The oracle writes 9007199254740993 as 9007199254740992: the silent change that our subset exists to refuse. */
    @Test
    void an_integer_that_jcs_would_change_is_refused() throws Exception {
        assertThat(oracle("[9007199254740993]")).isEqualTo("[9007199254740992]");
        assertThatThrownBy(() -> canonical("[9007199254740993]")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String canonical(String json) throws MalformedException {
        return new String(Jcs.bytes(Wire.tree(json.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
    }

    private static String oracle(String json) throws IOException {
        return new JsonCanonicalizer(json).getEncodedString();
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(), value(depth - 1));
        }
        return object;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> NODES.stringNode(text());
            case 1 -> NODES.numberNode(random.nextLong(-Jcs.MAX_INTEGER, Jcs.MAX_INTEGER + 1));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> object(depth);
            default -> array(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(depth - 1));
        }
        return array;
    }

    /** Controls, quotes, two-byte and three-byte characters, and pairs beyond the first plane, whose order differs. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int[] alphabet = {
                random.nextInt(0x20), '"', '\\', '/', 'a', 'Z', 0x7f, 0xe9, 0x20ac, 0x2028, 0xfb33, 0x1f600, 0xffff
            };
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
