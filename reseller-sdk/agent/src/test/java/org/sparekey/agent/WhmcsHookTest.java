// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook as WHMCS would run it, with PHP, and the agent's spool behind it. */
class WhmcsHookTest {

    private static final Path HOOK = Path.of(System.getProperty("sparekey.basedir", "../.."))
            .resolve("reseller-sdk/agent/src/whmcs/sparekey.php")
            .toAbsolutePath();
    private static final int MOST_LINES = 60;
    private static final String WHMCS = """
        <?php
        define('WHMCS', true);
        $hooks = [];
        function add_hook($point, $priority, $hook) { global $hooks; $hooks[$point] = $hook; }
        require $argv[1];
        """;

    @TempDir
    Path directory;

    private Path files = Path.of("");

    @BeforeEach
    void spool() throws IOException {
        files = Files.createDirectory(directory.resolve("spool"));
    }

    @Test
    void the_hook_has_at_most_sixty_lines() throws IOException {
        assertThat(Files.readAllLines(HOOK)).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void a_change_of_a_service_leaves_one_hint_without_the_customer() throws Exception {
        requirePhp();

        String said = php("""
            $hooks['AfterModuleCreate'](['params' => ['serviceid' => 7, 'customfields' => ['vmid' => '101'],
                'clientsdetails' => ['email' => 'jansen@example.org']]]);
            $hooks['AfterModuleTerminate'](['params' => ['serviceid' => 8, 'domain' => 'vps-8.example.org']]);
            """);

        assertThat(said).isEmpty();
        assertThat(Spool.ofHooks(files).items())
                .extracting(item -> item.event().vm(), item -> item.event().event())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("101", SpoolEvent.Kind.CHANGED),
                        org.assertj.core.groups.Tuple.tuple("vps-8.example.org", SpoolEvent.Kind.CHANGED));
        for (Spool.Item item : Spool.ofHooks(files).items()) {
            assertThat(Files.readString(item.file())).doesNotContain("jansen");
        }
    }

    @Test
    void whatever_goes_wrong_whmcs_goes_on() throws Exception {
        requirePhp();

        String said = php("""
            $hooks['ServiceEdit'](['serviceid' => 7]);
            $hooks['ServiceEdit']([]);
            $hooks['AfterModuleCreate'](['params' => ['domain' => str_repeat('x', 200)]]);
            putenv('SPAREKEY_SPOOL=/no/such/directory');
            $hooks['AfterModuleCreate'](['params' => ['domain' => '101']]);
            echo 'went on';
            """);

        assertThat(said).endsWith("went on").doesNotContain("101");
        assertThat(files).isEmptyDirectory();
    }

    @Test
    void a_full_spool_is_not_written_to() throws Exception {
        requirePhp();
        for (int i = 0; i <= 1000; i++) {
            Files.createFile(files.resolve("x" + i));
        }

        php("$hooks['AfterModuleCreate'](['params' => ['domain' => '101']]);");

        assertThat(Spool.ofHooks(files).items()).isEmpty();
    }

    @Test
    void on_a_full_disk_no_half_of_a_hint_is_left() throws Exception {
        requirePhp();

        String said = php("$hooks['AfterModuleCreate'](['params' => ['domain' => '101']]); echo 'went on';", "0");

        assertThat(said).isEqualTo("went on");
        assertThat(files).isEmptyDirectory();
    }

    private String php(String script) throws IOException, InterruptedException {
        return php(script, "unlimited");
    }

    /** @param largest file that may be written, as a full disk would say it */
    private String php(String script, String largest) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("whmcs.php"), WHMCS + script);
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' XFSZ; ulimit -f \"$1\"; exec php \"$2\" \"$3\"",
                        "sh",
                        largest,
                        file.toString(),
                        HOOK.toString())
                .redirectErrorStream(true);
        builder.environment().put("SPAREKEY_SPOOL", files.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void requirePhp() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/php"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("php (Debian package php-cli) is installed").isTrue();
        }
        assumeTrue(there, "php (Debian package php-cli) is not installed");
    }
}
