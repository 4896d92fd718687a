// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DependenciesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\|[^|]+\\| [^|]{10,} \\|$");

    @Test
    void every_dependency_is_written_down_with_its_reason_and_no_other_is() {
        assertThat(written()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(used());
    }

    private static List<String> written() {
        return ROW.matcher(SourceTree.file("docs/dependencies.md").text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> used() {
        return Pom.all().stream()
                .flatMap(pom -> pom.dependencies().stream())
                .filter(dependency -> !dependency.group().equals("org.sparekey"))
                .map(dependency -> dependency.group() + ":" + dependency.artifact())
                .distinct()
                .toList();
    }
}
