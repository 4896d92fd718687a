// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile JSON against the one strict reader. */
class WireTest {

    record Inner(String name) {}

    record Sample(
            int v,
            String text,
            boolean flag,
            Instant at,
            Bytes salt,
            Optional<String> note,
            List<Inner> inners,
            Optional<Integer> count) {

        Sample {
            if (v != 1) {
                throw new IllegalArgumentException("version 1 only");
            }
        }
    }

    private static final String GOOD =
            "{\"at\":\"2026-11-23T12:00:00.000Z\",\"count\":3,\"flag\":true,\"inners\":[{\"name\":\"a\"}],\"note\":\"n\","
                    + "\"salt\":\"AAEC\",\"text\":\"t\",\"v\":1}";

    @Test
    void what_is_read_is_written_again_byte_for_byte() throws Exception {
        assertThat(Wire.write(read(GOOD))).asString().isEqualTo(GOOD);
    }

    @Test
    void what_is_absent_stays_absent() throws Exception {
        String without = GOOD.replace("\"count\":3,", "").replace("\"note\":\"n\",", "");

        assertThat(read(without).note()).isEmpty();
        assertThat(Wire.write(read(without))).asString().isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v\":1}       | \"v\":1,\"v\":1}            | a name twice",
                "\"v\":1}       | \"v\":1,\"\\u0076\":1}      | a name twice, spelt otherwise",
                "\"v\":1}       | \"v\":1,\"extra\":1}        | an unknown field",
                "\"v\":1}       | \"v\":1,\"inner\":{\"v\":1}}  | an unknown field with a tree in it",
                "\"name\":\"a\" | \"name\":\"a\",\"x\":1      | an unknown field further down",
                "\"name\":\"a\" | \"name\":\"a\",\"name\":\"b\" | a name twice further down",
                "\"text\":\"t\" | \"text\":null               | a null",
                "\"note\":\"n\" | \"note\":null               | a null where absence is meant",
                "[{\"name\":\"a\"}] | [null]                  | a null in a list",
                "[{\"name\":\"a\"}] | {\"name\":\"a\"}        | an object for a list",
                "[{\"name\":\"a\"}] | \"a\"                   | a string for a list",
                "\"v\":1}       | \"v\":1.0}                  | a float",
                "\"v\":1}       | \"v\":1e0}                  | an exponent",
                "\"v\":1}       | \"v\":\"1\"}                | a string for an integer",
                "\"v\":1}       | \"v\":true}                 | a boolean for an integer",
                "\"v\":1}       | \"v\":4294967297}           | an integer that would wrap to one",
                "\"v\":1}       | \"v\":2}                    | a value its record refuses",
                "\"count\":3    | \"count\":3.5               | a float for an optional integer",
                "\"count\":3    | \"count\":\"\"              | an empty string for an optional integer",
                "\"flag\":true  | \"flag\":1                  | an integer for a boolean",
                "\"flag\":true  | \"flag\":\"true\"           | a string for a boolean",
                "\"text\":\"t\" | \"text\":\"\\ud800\"           | half a character",
                "\"text\":\"t\" | \"text\":\"t\\udc00x\"        | its other half",
                "\"text\":\"t\" | \"text\":1                  | an integer for a string",
                "\"text\":\"t\" | \"text\":[\"t\"]            | a list for a string",
                "\"salt\":\"AAEC\" | \"salt\":\"AAEC=\"       | padding in base64url",
                "\"salt\":\"AAEC\" | \"salt\":\"AAE+\"        | base64 for base64url",
                "\"salt\":\"AAEC\" | \"salt\":\"AAF\"         | a second spelling of the same bytes",
                "12:00:00.000Z  | 12:00:00Z                   | a time without milliseconds",
                "12:00:00.000Z  | 12:00:00.0000Z              | a time with too many digits",
                "12:00:00.000Z  | 13:00:00.000+01:00          | a time in another zone",
                "2026-11-23T12:00:00.000Z | 2026-11-23T12:00:00.000 | a time without a zone",
                "2026-11-23T12:00:00.000Z | +12026-11-23T12:00:00.000Z | a year of five digits",
                "2026-11-23T12:00:00.000Z | +999999999-12-31T23:59:59.999Z | a year that no database holds",
                "2026-11-23T12:00:00.000Z | -0001-11-23T12:00:00.000Z | a year before the calendar",
                "\"2026-11-23T12:00:00.000Z\" | 1795435200    | a number for a time"
            })
    void a_document_with_this_in_it_is_malformed(String good, String bad, String what) {
        assertThat(GOOD).as(what).contains(good);
        assertMalformed(GOOD.replace(good, bad));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v\":1", "\"text\":\"t\"", "\"flag\":true", "\"at\":\"2026-11-23T12:00:00.000Z\""})
    void a_missing_field_is_malformed(String field) {
        String less = GOOD.replace(field + ",", "").replace("," + field, "");

        assertThat(less).isNotEqualTo(GOOD);
        assertMalformed(less);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"x\"",
                "[]",
                "{}",
                "{",
                "}",
                "{\"v\":1",
                "true",
                "NaN",
                "'x'",
                "//",
                "\u0000"
            })
    void what_is_no_such_document_is_malformed(String json) {
        assertMalformed(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "null", ",", "\u0000", "1"})
    void bytes_behind_the_document_are_malformed(String tail) {
        assertMalformed(GOOD + tail);
    }

    @Test
    void a_byte_order_mark_and_other_encodings_are_malformed_or_not_the_same_bytes() {
        assertThat(catchThrowableOfType(
                        MalformedException.class,
                        () -> Wire.read("\"caf\u00e9\"".getBytes(StandardCharsets.ISO_8859_1), String.class)))
                .isNotNull();
    }

    @Test
    void a_nul_inside_a_string_survives_as_its_escape_only() throws Exception {
        String escaped = GOOD.replace("\"t\"", "\"\\u0000\"");

        assertThat(read(escaped).text()).isEqualTo("\u0000");
        assertThat(Wire.write(read(escaped))).asString().isEqualTo(escaped);
        assertMalformed(GOOD.replace("\"t\"", "\"\u0000\""));
    }

    @Test
    void nesting_beyond_the_limit_is_malformed_and_never_a_stack_overflow() {
        assertMalformed("[".repeat(Wire.MAX_DEPTH + 1) + "]".repeat(Wire.MAX_DEPTH + 1));
        assertMalformed("[".repeat(1_000_000));
        assertMalformed("{\"a\":".repeat(100_000));
    }

    @Test
    void a_string_beyond_the_limit_is_malformed() {
        assertMalformed(GOOD.replace("\"t\"", '"' + "t".repeat(Wire.MAX_STRING_CHARS + 1) + '"'));
    }

    @Test
    void a_number_of_a_million_digits_is_malformed() {
        assertMalformed(GOOD.replace("\"v\":1", "\"v\":" + "1".repeat(1_000_000)));
    }

    @Test
    void a_reason_never_quotes_the_input() {
        MalformedException malformed = catchThrowableOfType(
                MalformedException.class,
                () -> read(GOOD.replace("\"text\":\"t\"", "\"text\":[\"topsecret\"],\"topsecret\":1")));

        assertThat(malformed.reason()).doesNotContain("topsecret");
    }

    @Test
    void a_refusal_says_where() {
        MalformedException malformed =
                catchThrowableOfType(MalformedException.class, () -> read(GOOD.replace("\"a\"", "1")));

        assertThat(malformed.pointer()).isEqualTo("/inners/0/name");
    }

    private static Sample read(String json) throws MalformedException {
        return Wire.read(json.getBytes(StandardCharsets.UTF_8), Sample.class);
    }

    private static void assertMalformed(String json) {
        assertThat(catchThrowableOfType(MalformedException.class, () -> read(json)))
                .as("%.120s", json)
                .isNotNull();
        assertThat(catchThrowableOfType(
                        MalformedException.class,
                        () -> Wire.read(Wire.tree(json.getBytes(StandardCharsets.UTF_8)), Sample.class)))
                .as("as a tree: %.120s", json)
                .isNotNull();
    }
}
