// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Canonicalization Scheme (RFC 8785) for the subset that Sparekey signs: objects, arrays, strings, booleans
 * and integers below 2^53. A float or a null is refused, because JCS would change the first silently and nothing of
 * ours means anything by the second.
 */
public final class Jcs {

    /** RFC 8785 section 3.2.2.3: beyond this an IEEE 754 double no longer tells integers apart. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private static final int USUAL_CHARS = 2048;

    private Jcs() {}

    /** @throws IllegalArgumentException for a float, a null, an integer from 2^53 on, or a lone surrogate */
    public static byte[] bytes(JsonNode node) {
        StringBuilder out = new StringBuilder(USUAL_CHARS);
        write(node, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out);
            case ARRAY -> writeArray(node, out);
            case STRING -> writeString(node.stringValue(), out);
            case BOOLEAN -> out.append(node.booleanValue());
            case NUMBER -> out.append(integer(node));
            default -> throw new IllegalArgumentException("no " + node.getNodeType() + " in canonical JSON");
        }
    }

    /** RFC 8785 section 3.2.3: names sorted by UTF-16 code units, which is String's own order. */
    private static void writeObject(JsonNode node, StringBuilder out) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
        String separator = "{";
        for (Map.Entry<String, JsonNode> property : sorted.entrySet()) {
            out.append(separator);
            writeString(property.getKey(), out);
            out.append(':');
            write(property.getValue(), out);
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(JsonNode node, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(node.get(i), out);
        }
        out.append(']');
    }

    private static long integer(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || Math.abs(node.longValue()) > MAX_INTEGER) {
            throw new IllegalArgumentException("only integers below 2^53 in canonical JSON");
        }
        return node.longValue();
    }

    /** RFC 8785 section 3.2.2.2. */
    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        if (isPlain(text)) {
            out.append(text).append('"');
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> i += writePlain(text, i, out);
            }
        }
        out.append('"');
    }

    /** Nearly all of what is signed is letters, digits and dashes. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Writes the character at i; answers how many further chars it took (a surrogate pair takes one). */
    private static int writePlain(String text, int i, StringBuilder out) {
        char c = text.charAt(i);
        if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            out.append(c);
            return 0;
        }
        boolean paired =
                Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
            throw new IllegalArgumentException("a lone surrogate is not Unicode text");
        }
        out.append(c).append(text.charAt(i + 1));
        return 1;
    }
}
