// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/** The command over every bundle of {@code api-spec/vectors/bundle}: the exit codes are the contract. */
class VerifyTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("sparekey.basedir"), "api-spec", "vectors", "bundle");
    private static final String TRUST = VECTORS.resolve("trust.json").toString();

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
    void the_checks_are_numbered_and_the_fingerprint_of_the_trust_file_is_printed() {
        run(List.of("verify", VECTORS.resolve("good.zip").toString(), "--trust", TRUST));
        assertThat(out.toString())
                .startsWith("trust file, SHA-256 ")
                .contains("  1 PASS    canonical zip", "not witnessed", "not time-stamped", "not called back")
                .endsWith("result 0: authentic" + System.lineSeparator());
    }

    @Test
    void a_trust_file_that_cannot_be_read_judges_nothing() throws IOException {
        Path garbage = Files.writeString(Files.createTempFile("trust", ".json"), "{}");
        int exit = run(List.of("verify", VECTORS.resolve("good.zip").toString(), "--trust", garbage.toString()));
        assertThat(exit).isNotIn(ExitCode.OK, ExitCode.NOT_AUTHENTIC);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
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
