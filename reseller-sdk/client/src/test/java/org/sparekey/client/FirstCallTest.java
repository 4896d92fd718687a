// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first call is this code, and this code runs. */
class FirstCallTest {

    private static final Path ROOT = Path.of(System.getProperty("sparekey.basedir", "../.."));
    private static final Path SOURCE =
            ROOT.resolve("reseller-sdk/client/src/test/java/org/sparekey/client/FirstCallTest.java");
    private static final Pattern README_BLOCK =
            Pattern.compile("<!-- sdk-snippet -->\\s*```java\\n(.*?)```\\s*<!-- /sdk-snippet -->", Pattern.DOTALL);
    private static final Pattern SOURCE_BLOCK =
            Pattern.compile("// sdk-snippet\\n(.*?)\\n *// /sdk-snippet", Pattern.DOTALL);
    private static final int MOST_LINES = 10;

    @Test
    void a_reseller_registers_his_machines_in_at_most_ten_lines(@TempDir Path directory) throws Exception {
        try (TestHoster hoster = new TestHoster(InstantSource.system())) {
            String printed = firstCall(hoster.configuration(directory));

            assertThat(printed).startsWith("proven");
            assertThat(hoster.registered).hasSize(2);
        }
    }

    private static String firstCall(Path sparekeyJson) throws Exception {
        // sdk-snippet
        try (ResellerClient client = ResellerClient.open(sparekeyJson)) {
            Instant since = Instant.parse("2026-11-01T00:00:00Z");
            Vps web = Vps.of("cluster-a", "101", "192.0.2.10", Customer.of("customer-7"), since);
            Vps mail = Vps.of("cluster-a", "102", "2001:db8::25", Customer.of("customer-8"), since);
            Registered registered = client.register(List.of(web, mail)); // the receipt is checked in here
            return registered.summary();
        }
        // /sdk-snippet
    }

    @Test
    void the_snippet_has_at_most_ten_lines() throws Exception {
        assertThat(snippet().lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void the_readme_shows_exactly_this_code() throws Exception {
        Path readme = ROOT.resolve("README.md");
        if (Files.exists(readme)) {
            Matcher block = README_BLOCK.matcher(Files.readString(readme));
            assertThat(block.find())
                    .as("README.md has a java block between sdk-snippet markers")
                    .isTrue();
            assertThat(block.group(1).stripTrailing()).isEqualTo(snippet());
        }
    }

    private static String snippet() throws Exception {
        Matcher block = SOURCE_BLOCK.matcher(Files.readString(SOURCE));
        assertThat(block.find()).isTrue();
        return block.group(1).stripIndent().stripTrailing();
    }
}
