// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/attacks-on-orders.md} is complete, and every test it names is there and runs. */
class AttackIndexTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (?!attack )([^|-][^|]*?) \\| ([^|]*) \\| ?([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("(?s)(.*)\\n    void (\\w+)\\(.*");

    /** Written a second time from the design: a row that is struck from the page is missed. */
    private static final List<String> ATTACKS = List.of(
            "hijacked police mail",
            "forged emergency",
            "replayed order",
            "order for another hoster",
            "a valid signature from the wrong authority",
            "expired or revoked certificate",
            "embedded key",
            "HS256 or none",
            "content without a judge",
            "one officer twice",
            "officer is the issuer",
            "two officers inventing an authority",
            "approval of another target or recipients",
            "address moved after the approval",
            "tenancy changed",
            "back-dated registration",
            "two assets on one address",
            "order addressed to a suspect reseller",
            "wildcard take-down",
            "withdrawal after sealing",
            "clock games around deadlines",
            "tipping off through receipts",
            "tipping off through panel events",
            "tipping off through webhooks",
            "tipping off through counters",
            "tipping off through timing",
            "tipping off through ids");

    @Test
    void every_attack_of_the_design_has_its_row_and_at_least_one_test() {
        Map<String, List<String>> page = page();

        assertThat(page.keySet()).containsExactlyElementsOf(ATTACKS);
        assertThat(page)
                .allSatisfy((attack, tests) -> assertThat(tests).as(attack).isNotEmpty());
    }

    @Test
    void every_test_of_the_page_exists_and_is_not_switched_off() {
        Map<String, Set<String>> running = running();

        page().forEach((attack, tests) -> assertThat(tests).allSatisfy(test -> {
            String[] parts = test.split("#");
            assertThat(running.getOrDefault(parts[0], Set.of()))
                    .as(attack + ": " + test)
                    .contains(parts[1]);
        }));
    }

    @Test
    void a_test_that_is_switched_off_is_none() {
        String text = "    @Test\n    void runs() {}\n\n    @Disabled(\"later\")\n    @Test\n    void waits() {}\n";

        assertThat(tests(text)).containsExactly("runs");
    }

    private static Map<String, List<String>> page() {
        Map<String, List<String>> page = new LinkedHashMap<>();
        ROW.matcher(SourceTree.file("docs/attacks-on-orders.md").text())
                .results()
                .forEach(row -> page.put(
                        row.group(1),
                        TEST.matcher(row.group(2))
                                .results()
                                .map(test -> test.group(1) + "#" + test.group(2))
                                .toList()));
        return page;
    }

    private static Map<String, Set<String>> running() {
        return SourceTree.java().stream()
                .filter(SourceFile::test)
                .collect(Collectors.toMap(
                        file -> file.name().replace(".java", ""), file -> tests(file.text()), (one, other) -> {
                            one.addAll(other);
                            return one;
                        }));
    }

    /** A method and its annotations stand together, without an empty line between them. */
    private static Set<String> tests(String text) {
        return Stream.of(text.split("\n\n"))
                .map(paragraph -> METHOD.matcher("\n" + paragraph))
                .filter(Matcher::matches)
                .filter(method ->
                        method.group(1).contains("@Test") || method.group(1).contains("@ParameterizedTest"))
                .filter(method -> !method.group(1).contains("@Disabled"))
                .map(method -> method.group(2))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
