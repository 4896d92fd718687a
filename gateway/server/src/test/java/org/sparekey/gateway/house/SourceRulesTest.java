// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {

    private static final String MAIN = "gateway/server/src/main/java/org/sparekey/gateway/orders/";
    private static final String TEST = "gateway/server/src/test/java/org/sparekey/gateway/orders/";

    @Test
    void every_source_file_names_its_licence() {
        assertThat(broken(SourceRules::licence, SourceTree.ending(".java", ".sql", ".sh", "/pom.xml")))
                .isEmpty();
    }

    @Test
    void no_file_is_longer_than_a_reader_bears() {
        assertThat(broken(SourceRules::length, SourceTree.java())).isEmpty();
    }

    @Test
    void every_name_says_what_it_names() {
        assertThat(broken(SourceRules::name, SourceTree.java())).isEmpty();
    }

    @Test
    void time_and_randomness_are_handed_in() {
        assertThat(broken(SourceRules::clockAndChance, product())).isEmpty();
    }

    @Test
    void no_test_sleeps() {
        assertThat(broken(SourceRules::sleeplessTests, SourceTree.java())).isEmpty();
    }

    @Test
    void no_test_is_switched_off() {
        assertThat(broken(SourceRules::switchedOff, SourceTree.java())).isEmpty();
    }

    @Test
    void nothing_is_promised_in_a_comment() {
        assertThat(broken(SourceRules::promises, SourceTree.java())).isEmpty();
    }

    @Test
    void the_tree_is_really_read() {
        assertThat(SourceTree.java()).extracting(SourceFile::name).contains("Gateway.java", "SourceRules.java");
    }

    @Test
    void the_wrong_licence_is_found() {
        assertThat(SourceRules.licence(
                        new SourceFile("api-spec/protocol/X.java", "// SPDX-License-Identifier: EUPL-1.2")))
                .hasSize(1);
    }

    @Test
    void a_file_of_301_lines_is_found_and_one_of_300_is_not() {
        assertThat(SourceRules.length(new SourceFile("X.java", "int x;\n".repeat(301))))
                .hasSize(1);
        assertThat(SourceRules.length(new SourceFile("X.java", "int x;\n\n// y\n".repeat(300))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KeyManager", "OrderHelper", "TimeUtils", "OrderData", "InfoPage", "OrdersImpl"})
    void a_vague_name_is_found(String name) {
        assertThat(SourceRules.name(new SourceFile(MAIN + name + ".java", ""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Database", "DataSources", "Information", "Implied", "package-info", "Datagram"})
    void a_plain_name_is_not(String name) {
        assertThat(SourceRules.name(new SourceFile(MAIN + name + ".java", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Instant.now()",
                "System.currentTimeMillis()",
                "UUID.randomUUID()",
                "new SecureRandom()",
                "Clock.systemUTC()",
                "LocalDate.now(zone)"
            })
    void a_clock_read_in_main_code_is_found(String call) {
        assertThat(SourceRules.clockAndChance(new SourceFile(MAIN + "X.java", "var x = " + call + ";")))
                .hasSize(1);
    }

    @Test
    void a_clock_read_in_a_comment_or_a_literal_is_not_one() {
        var file = new SourceFile(MAIN + "X.java", "// Instant.now()\n/* new Date() */ var x = \"Instant.now()\";");
        assertThat(SourceRules.clockAndChance(file)).isEmpty();
    }

    @Test
    void a_sleeping_test_is_found() {
        assertThat(SourceRules.sleeplessTests(new SourceFile(TEST + "X.java", "Thread.sleep(1);")))
                .hasSize(1);
    }

    @Test
    void a_test_that_is_switched_off_is_found() {
        assertThat(SourceRules.switchedOff(new SourceFile(TEST + "X.java", "@Disabled void x() {}")))
                .hasSize(1);
    }

    private static List<SourceFile> product() {
        return SourceTree.java().stream()
                .filter(file -> !file.path().startsWith("gateway/testkit/"))
                .toList();
    }

    private static List<String> broken(Function<SourceFile, List<String>> rule, List<SourceFile> files) {
        return files.stream().flatMap(file -> rule.apply(file).stream()).toList();
    }
}
