// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of our modules a module may use in its main code (docs/architecture.md). */
class ArrowsTest {

    private static final Map<String, Set<String>> ARROWS = Map.of(
            "sparekey-protocol", Set.of(),
            "sparekey-tool", Set.of("sparekey-protocol"),
            "sparekey-client", Set.of("sparekey-protocol"),
            "sparekey-fake", Set.of("sparekey-protocol"),
            "sparekey-agent", Set.of("sparekey-protocol", "sparekey-client"),
            "sparekey-capture", Set.of("sparekey-protocol"),
            "sparekey-server", Set.of("sparekey-protocol", "sparekey-capture"),
            "sparekey-testkit", Set.of("sparekey-protocol", "sparekey-capture"),
            "sparekey-bench",
                    Set.of(
                            "sparekey-protocol",
                            "sparekey-server",
                            "sparekey-testkit",
                            "sparekey-tool",
                            "sparekey-client",
                            "sparekey-agent"),
            "sparekey-demo",
                    Set.of(
                            "sparekey-protocol",
                            "sparekey-capture",
                            "sparekey-server",
                            "sparekey-testkit",
                            "sparekey-tool",
                            "sparekey-client"));

    private final List<Pom> poms = Pom.all();

    @Test
    void the_arrows_between_modules_point_one_way() {
        assertThat(poms.stream().filter(pom -> !pom.aggregator()))
                .extracting(Pom::artifact)
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
        assertThat(poms.stream().filter(pom -> !pom.aggregator()))
                .allSatisfy(pom -> assertThat(ARROWS.get(pom.artifact())).containsAll(ours(pom)));
    }

    @Test
    void what_resellers_and_authorities_embed_brings_no_spring() {
        assertThat(poms.stream()
                        .filter(pom ->
                                pom.path().startsWith("api-spec/") || pom.path().startsWith("reseller-sdk/")))
                .flatExtracting(Pom::dependencies)
                .noneMatch(dependency -> dependency.group().startsWith("org.springframework"));
    }

    private static List<String> ours(Pom pom) {
        return pom.dependencies().stream()
                .filter(dependency -> dependency.group().equals("org.sparekey") && !dependency.test())
                .map(Pom.Dependency::artifact)
                .toList();
    }
}
