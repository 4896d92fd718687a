// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd units of the Debian package, as systemd itself reads them. */
class UnitFilesTest {

    private static final Path DEB =
            Path.of(System.getProperty("sparekey.basedir", "../..")).resolve("reseller-sdk/agent/src/deb");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path directory;

    @Test
    void systemd_has_nothing_to_say_against_service_and_timer() throws Exception {
        requireSystemd();
        String service = Files.readString(DEB.resolve("systemd/sparekey-agent.service"));

        assertThat(verified(service)).isEmpty();
    }

    @Test
    void systemd_would_have_said_so() throws Exception {
        requireSystemd();
        String service = Files.readString(DEB.resolve("systemd/sparekey-agent.service"));

        assertThat(verified(service.replace("ProtectSystem=strict", "ProtectSystem=very")))
                .contains("protect system");
    }

    @Test
    void a_run_comes_every_quarter_of_an_hour_and_not_at_the_same_second_as_everybodys() throws IOException {
        assertThat(Files.readString(DEB.resolve("systemd/sparekey-agent.timer")))
                .contains("OnCalendar=*:0/15", "RandomizedDelaySec=", "Persistent=true");
    }

    /** The command lies where the package puts it, which is not here: any other that is there stands for it. */
    private String verified(String service) throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("sparekey-agent.service"), service.replace("/usr/bin/sparekey-agent", "/bin/true"));
        Files.copy(
                DEB.resolve("systemd/sparekey-agent.timer"),
                directory.resolve("sparekey-agent.timer"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Process process = new ProcessBuilder(
                        ANALYZE.toString(),
                        "verify",
                        "--man=no",
                        "--recursive-errors=no",
                        directory.resolve("sparekey-agent.service").toString(),
                        directory.resolve("sparekey-agent.timer").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static void requireSystemd() {
        boolean there = Files.isExecutable(ANALYZE);
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there)
                    .as("systemd-analyze (Debian package systemd) is installed")
                    .isTrue();
        }
        assumeTrue(there, "systemd-analyze (Debian package systemd) is not installed");
    }
}
