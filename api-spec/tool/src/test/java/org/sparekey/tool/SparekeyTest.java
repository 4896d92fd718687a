// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Matrix;

/** The command's manners: exit codes and words, without a gateway. */
class SparekeyTest {

    private static final Path API_SPEC = Path.of(System.getProperty("sparekey.basedir", "../.."), "api-spec");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void without_a_command_it_says_how_it_is_used() {
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("verify", "order", "evidence", "VERIFICATION FAILED");
    }

    @Test
    void an_unknown_option_is_wrong_usage() {
        assertThat(run("verify", "--nonsense")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_bundle_that_is_not_there_cannot_be_decided() {
        assertThat(run("verify", directory.resolve("none.zip").toString())).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(err.toString()).contains("no such file");
    }

    @Test
    void garbage_is_not_authentic_and_no_stack_trace() throws IOException {
        Path garbage = Files.writeString(directory.resolve("garbage.zip"), "this is no zip");
        assertThat(run("verify", garbage.toString())).isEqualTo(ExitCode.NOT_AUTHENTIC);
        assertThat(err.toString()).doesNotContain("Exception");
    }

    @Test
    void json_is_one_object() throws IOException {
        Path garbage = Files.writeString(directory.resolve("garbage.zip"), "this is no zip");
        assertThat(run("verify", garbage.toString(), "--json")).isEqualTo(ExitCode.NOT_AUTHENTIC);
        assertThat(out.toString().strip()).startsWith("{").endsWith("}").contains("\"exit\":5");
    }

    @Test
    void the_paper_protocol_is_printed_without_any_gateway_in_both_languages() {
        assertThat(run("order", "paper")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("# Paper protocol").contains("within 24 hours", "WITNESSES_AWAY");
        out.getBuffer().setLength(0);
        assertThat(run("order", "paper", "--lang", "nl")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("# Papieren protocol").contains("binnen 24 uur", "WITNESSES_AWAY");
        assertThat(run("order", "paper", "--lang", "fr")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_configuration_that_is_not_there_is_said_so() throws IOException {
        Path order = Files.writeString(directory.resolve("order.jws"), "x");
        String config = directory.resolve("sparekey.json").toString();
        assertThat(run("order", "status", "--config", config, "ORD-AAAA-AAAA")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(run("order", "check", order.toString())).isEqualTo(ExitCode.INCOMPLETE);
    }

    @Test
    void an_order_is_judged_offline_by_the_matrix_it_is_given() throws Exception {
        Path vectors = API_SPEC.resolve("vectors/orders/documents.json");
        String jws = Wire.tree(Files.readAllBytes(vectors)).get(0).get("jws").asString();
        String order = Files.writeString(directory.resolve("order.jws"), jws).toString();
        String then = API_SPEC.resolve("law/nl-eu-2026-11.json").toString();

        assertThat(run("order", "check", order, "--at", "2026-11-23T12:00:00Z", "--matrix", then))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("row NL-126na, 126na Sv", "SUBSCRIBER: ALLOW");
        assertThat(run("order", "check", order, "--at", "2026-11-25T12:00:00Z", "--matrix", then))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("SUBSCRIBER: DENY(DEADLINE_PASSED)");
        assertThat(run("order", "check", order, "--at", "2026-11-23T12:00:00Z")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("SUBSCRIBER: DENY(MATRIX_VERSION)");
    }

    @Test
    void the_law_is_printed_as_it_was_published() throws IOException {
        assertThat(run("law", "show")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .isEqualTo(Files.readString(API_SPEC.resolve("law/nl-eu-" + Matrix.newest() + ".json")));
        assertThat(run("law", "show", "--version-of-matrix", "1838")).isNotEqualTo(ExitCode.OK);
    }

    @Test
    void a_folder_without_its_signed_list_is_incomplete() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "");
        assertThat(run("evidence", "verify", directory.toString(), "--ca", ca.toString()))
                .isEqualTo(ExitCode.INCOMPLETE);
    }

    private int run(String... args) {
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
