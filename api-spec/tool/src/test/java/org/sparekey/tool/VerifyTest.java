// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/** The command over every bundle of {@code api-spec/vectors/bundles}: the exit codes are the contract. */
class VerifyTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "bundles");
    private static final String TRUST = VECTORS.resolve("trust.json").toString();

    private static final String GOOD = VECTORS.resolve("good.zip").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TestFactory
    Stream<DynamicTest> every_vector_gives_its_exit_code() throws IOException, MalformedException {
        JsonNode vectors =
                Wire.tree(Files.readAllBytes(VECTORS.resolve("bundles.json"))).path("vectors");
        return StreamSupport.stream(vectors.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("file").stringValue() + ": "
                                + vector.path("story").stringValue(),
                        () -> assertThat(run(arguments(vector)))
                                .isEqualTo(vector.path("expected").intValue())));
    }

    @Test
    void the_checks_are_numbered_and_the_fingerprint_of_the_trust_file_is_printed() throws IOException {
        run(List.of("verify", "--lang", "en", GOOD, "--trust", TRUST));
        String fingerprint =
                TrustFile.fingerprint(Files.readAllBytes(Path.of(TRUST))).hex();
        assertThat(out.toString().lines())
                .startsWith("trust file, SHA-256 " + fingerprint)
                .anyMatch(line -> line.startsWith(" 1. [ok] The file itself: "))
                .anyMatch(line -> line.contains("not called back"))
                .anyMatch(line -> line.startsWith("  witnessed (yes): "))
                .anyMatch(line -> line.startsWith("result 0: authentic"));
    }

    @Test
    void a_dutch_reader_is_answered_in_dutch() {
        run(List.of("verify", "--lang", "nl", GOOD, "--trust", TRUST));
        assertThat(out.toString())
                .contains("vertrouwensbestand, SHA-256", "[in orde] Het bestand zelf", "door getuigen gezien (ja)")
                .doesNotContain("trust file", "[ok]");
    }

    @Test
    void a_language_that_we_do_not_speak_is_wrong_usage() {
        assertThat(run(List.of("verify", "--lang", "xx", GOOD))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void nothing_is_coloured_where_no_terminal_is() {
        run(List.of("verify", VECTORS.resolve("tampered-order-signature.zip").toString(), "--trust", TRUST));
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void the_report_has_exactly_the_fields_of_its_schema() throws IOException, MalformedException {
        run(List.of("verify", "--json", "--lang", "en", GOOD, "--trust", TRUST));
        JsonNode report = Wire.tree(out.toString().strip().getBytes(StandardCharsets.UTF_8));
        JsonNode schema = Wire.tree(Files.readAllBytes(VECTORS.resolve("../../verification.schema.json")));
        assertThat(report.propertyNames()).containsExactlyInAnyOrderElementsOf(fields(schema));
        JsonNode defined = schema.path("$defs");
        assertThat(report.path("bundle").propertyNames())
                .containsExactlyInAnyOrderElementsOf(fields(defined.path("bundle")));
        for (JsonNode tick : report.path("ticks")) {
            assertThat(tick.propertyNames()).containsExactlyInAnyOrderElementsOf(fields(defined.path("tick")));
        }
        for (JsonNode check : report.path("checks")) {
            assertThat(check.propertyNames()).containsExactlyInAnyOrderElementsOf(fields(defined.path("check")));
            assertThat(words(defined.path("check")
                            .path("properties")
                            .path("status")
                            .path("enum")))
                    .contains(check.path("status").stringValue());
        }
        assertThat(report.path("exit").intValue()).isZero();
        assertThat(report.path("verdict").stringValue()).isEqualTo("authentic");
    }

    @Test
    void codes_do_not_depend_on_the_language() throws IOException, MalformedException {
        run(List.of("verify", "--json", "--lang", "en", GOOD, "--trust", TRUST));
        JsonNode english = Wire.tree(out.toString().strip().getBytes(StandardCharsets.UTF_8));
        out.getBuffer().setLength(0);
        run(List.of("verify", "--json", "--lang", "nl", GOOD, "--trust", TRUST));
        JsonNode dutch = Wire.tree(out.toString().strip().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < english.path("checks").size(); i++) {
            JsonNode one = english.path("checks").path(i);
            JsonNode other = dutch.path("checks").path(i);
            for (String code : List.of("topic", "status", "finding", "arguments")) {
                assertThat(other.path(code)).isEqualTo(one.path(code));
            }
            assertThat(other.path("title")).isNotNull();
        }
        assertThat(dutch.path("text")).isNotEqualTo(english.path("text"));
    }

    @Test
    void a_trust_file_that_cannot_be_read_judges_nothing() throws IOException {
        Path garbage = Files.writeString(Files.createTempFile("trust", ".json"), "{}");
        int exit = run(List.of("verify", VECTORS.resolve("good.zip").toString(), "--trust", garbage.toString()));
        assertThat(exit).isNotIn(ExitCode.OK, ExitCode.NOT_AUTHENTIC);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    /** A slip of whoever wrote it must not call a good bundle forged. */
    @Test
    void a_trust_file_with_a_broken_key_or_policy_judges_nothing() throws IOException {
        String good = Files.readString(Path.of(TRUST));
        for (String broken : List.of(
                good.replaceFirst("(\"vkey\":\"public[^\"]*)\"", "$1x\""),
                good.replaceFirst("quorum ", "quorum of "))) {
            assertThat(broken).isNotEqualTo(good);
            Path file = Files.writeString(Files.createTempFile("trust", ".json"), broken);
            assertThat(run(List.of("verify", GOOD, "--trust", file.toString()))).isEqualTo(ExitCode.INCOMPLETE);
        }
    }

    private static List<String> fields(JsonNode schema) {
        return List.copyOf(schema.path("properties").propertyNames());
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }

    private static List<String> arguments(JsonNode vector) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify", VECTORS.resolve(vector.path("file").stringValue()).toString()));
        if (vector.path("trust").booleanValue()) {
            arguments.addAll(List.of("--trust", TRUST));
        }
        return arguments;
    }

    private int run(List<String> arguments) {
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
}
