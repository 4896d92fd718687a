// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents speak of classes; classes are renamed. */
class OrderCycleTest {

    private static final Pattern SENTENCE = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:#(\\w+))?`");
    private static final List<String> DOCUMENTS = List.of(
            "docs/ORDER-CYCLE.md",
            "docs/architecture.md",
            "docs/threat-model.md",
            "docs/formats.md",
            "docs/crash-points.md");

    @Test
    void the_cycle_has_twelve_sentences_and_each_names_its_class() {
        var cycle = SourceTree.file("docs/ORDER-CYCLE.md").text();
        var sentences = cycle.split("(?m)^(?=\\d+\\. )");
        assertThat(SENTENCE.matcher(cycle).results().map(match -> Integer.valueOf(match.group(1))))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(List.of(sentences).subList(1, sentences.length))
                .allSatisfy(sentence -> assertThat(sentence).containsPattern(CLASS));
    }

    @Test
    void every_class_the_documents_name_exists() {
        var classes = classes();
        assertThat(DOCUMENTS)
                .allSatisfy(document -> assertThat(named(document)).as(document).allMatch(classes::contains));
    }

    @Test
    void every_test_the_documents_name_exists() {
        var tests = SourceTree.java().stream()
                .filter(file -> !file.main())
                .map(SourceFile::text)
                .collect(Collectors.joining("\n"));
        assertThat(DOCUMENTS)
                .allSatisfy(document ->
                        assertThat(methods(document)).as(document).allMatch(method -> tests.contains(method + "(")));
    }

    private static Set<String> classes() {
        return SourceTree.java().stream()
                .map(file -> file.name().replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> named(String document) {
        return CLASS.matcher(SourceTree.file(document).text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> methods(String document) {
        return CLASS.matcher(SourceTree.file(document).text())
                .results()
                .filter(match -> match.group(2) != null)
                .map(match -> match.group(2))
                .toList();
    }
}
