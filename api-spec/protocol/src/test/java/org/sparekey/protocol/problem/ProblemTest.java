// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.json.Wire;

class ProblemTest {

    private static final Path PAGES = Path.of(System.getProperty("sparekey.basedir"), "api-spec", "problems");

    @ParameterizedTest
    @EnumSource(Problem.class)
    void every_problem_has_a_page_in_both_languages_that_names_its_code_and_status(Problem problem) {
        for (ProblemPage.Language language : ProblemPage.Language.values()) {
            assertThat(ProblemPage.text(problem, language))
                    .contains("`" + problem.slug() + "`, status " + problem.status())
                    .containsAnyOf("## What to do", "## Wat te doen");
        }
        assertThat(ProblemPage.text(problem, ProblemPage.Language.EN)).startsWith("# " + problem.title() + "\n");
    }

    @Test
    void no_page_is_left_of_a_problem_that_is_gone() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> name.substring(0, name.indexOf('.')))
                            .collect(Collectors.toSet()))
                    .isEqualTo(
                            Arrays.stream(Problem.values()).map(Problem::slug).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void the_body_leads_back_to_the_problem(Problem problem) throws Exception {
        ProblemDetails details =
                ProblemDetails.of(problem, "our words", "https://demo.sparekey.invalid:8444", "urn:uuid:0");
        ProblemDetails read = Wire.read(Wire.write(details), ProblemDetails.class);
        assertThat(read).isEqualTo(details);
        assertThat(read.problem()).contains(problem);
        assertThat(read.type()).isEqualTo("https://demo.sparekey.invalid:8444/problems/" + problem.slug());
    }

    @Test
    void an_unknown_type_is_no_problem_of_ours() {
        assertThat(ProblemPage.named("../problem")).isEmpty();
        assertThat(new ProblemDetails("https://elsewhere.example/x", "t", 400, "d", "i").problem())
                .isEmpty();
    }
}
