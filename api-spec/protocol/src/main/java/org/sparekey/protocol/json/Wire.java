// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * The one reader and writer of signed JSON. Reading is strict: duplicate names, unknown fields, nulls, trailing bytes,
 * wrong types, too deep and too long input are all {@link MalformedException}. Writing is JCS. Wire records hold
 * {@code Optional} for what may be absent and check the rest in their compact constructors.
 */
public final class Wire {

    /** Deeper than any of our documents, far from exhausting a stack. */
    public static final int MAX_DEPTH = 24;

    public static final int MAX_STRING_CHARS = 1 << 20;
    public static final int MAX_DOCUMENT_BYTES = 16 << 20;

    /** Four digits of a year, as RFC 3339 has it: what comes later or earlier no column and no calendar of ours holds. */
    private static final int INSTANT_CHARS = "2026-01-31T12:00:00.000Z".length();

    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING_CHARS)
                            .maxDocumentLength(MAX_DOCUMENT_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .changeDefaultNullHandling(nulls -> JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .withConfigOverride(
                    Optional.class, optional -> optional.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantWriter())
                    .addDeserializer(Instant.class, new InstantReader()))
            .build();

    private Wire() {}

    /** Reads one JSON document into a wire record. */
    public static <T> T read(byte[] json, Class<T> type) throws MalformedException {
        return read(tree(json), type);
    }

    /** Reads one JSON document as a tree, as strictly. */
    public static JsonNode tree(byte[] json) throws MalformedException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            refuseWhatCannotBeWritten(tree, "");
            return tree;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Reads a tree into a wire record. */
    public static <T> T read(JsonNode tree, Class<T> type) throws MalformedException {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The JCS bytes of a wire record: what is hashed, signed and stored. */
    public static byte[] write(Object value) {
        return Jcs.bytes(MAPPER.valueToTree(value));
    }

    /** RFC 3339 UTC with exactly three digits of milliseconds. */
    public static String text(Instant instant) {
        return INSTANT.format(instant);
    }

    /**
     * An explicit null would read as an absent field and be written as none: two texts for one meaning. Half a surrogate
     * pair is no text at all, and JCS has no bytes for it (RFC 8785 section 3.2.2.2).
     */
    private static void refuseWhatCannotBeWritten(JsonNode node, String pointer) throws MalformedException {
        if (node.isNull() || node.isMissingNode()) {
            throw new MalformedException(pointer, "null is not a value");
        }
        if (node.isString() && half(node.stringValue())) {
            throw new MalformedException(pointer, "half a character");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseWhatCannotBeWritten(node.get(i), pointer + "/" + i);
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (half(property.getKey())) {
                throw new MalformedException(pointer, "half a character in a name");
            }
            refuseWhatCannotBeWritten(property.getValue(), pointer + "/" + escaped(property.getKey()));
        }
    }

    private static boolean half(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** RFC 6901 section 3. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static MalformedException malformed(JacksonException e) {
        String pointer = e.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : escaped(step.getPropertyName())))
                .collect(Collectors.joining());
        String member = root(e) instanceof FieldFault fault ? fault.pointer() : "";
        return new MalformedException(pointer + member, reason(e), e);
    }

    /** Our own words only: Jackson's message quotes the input. */
    private static String reason(JacksonException e) {
        Throwable root = root(e);
        if (root instanceof IllegalArgumentException
                && root.getMessage() != null
                && !(root instanceof JacksonException)) {
            return root.getMessage();
        }
        return switch (e.getClass().getSimpleName()) {
            case "UnrecognizedPropertyException" -> "unknown field";
            case "StreamConstraintsException" -> "too long or too deep";
            case "StreamReadException", "UnexpectedEndOfInputException", "JsonParseException" -> "not well-formed JSON";
            default -> "wrong type or missing value";
        };
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static final class InstantWriter extends StdSerializer<Instant> {
        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(text(value));
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getString();
            try {
                Instant instant = Instant.parse(text);
                if (text.length() == INSTANT_CHARS && text(instant).equals(text)) {
                    return instant;
                }
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("not a time of the form 2026-01-31T12:00:00.000Z", e);
            }
            throw new IllegalArgumentException("not a time of the form 2026-01-31T12:00:00.000Z");
        }
    }
}
