// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sparekey.testkit.guest.TestGuests;

/** What Debian's own packages do, without a line of ours. */
final class DebianTools {

    private static final long LIMIT_SECONDS = 300;
    private static final List<String> OPENING =
            List.of("openssl", "sha256sum", "age", "zstd", "e2fsck", "debugfs", "bash", "cp");

    private DebianTools() {}

    /** Skips the test where a package is absent; with {@code -Dsparekey.requireTools=true} fails it. */
    static void require() {
        require(TestGuests.missing(), OPENING.stream());
    }

    /** The same for these commands alone. */
    static void require(String... commands) {
        require(Optional.empty(), Stream.of(commands));
    }

    private static void require(Optional<String> absent, Stream<String> commands) {
        Optional<String> missing =
                absent.or(() -> commands.filter(tool -> !installed(tool)).findFirst());
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(missing).as("a Debian tool that is missing").isEmpty();
        }
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElseThrow() + " is not installed");
    }

    /** Runs one command line under bash; answers its output. Fails the test when it does not exit with 0. */
    static String run(Path directory, String commandLine) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process process = new ProcessBuilder("bash", "-ec", "set -o pipefail; " + commandLine)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as(commandLine + " ended")
                    .isTrue();
            String text = Files.readString(output, StandardCharsets.ISO_8859_1);
            assertThat(process.exitValue()).as(commandLine + "\n" + text).isZero();
            return text;
        } finally {
            Files.delete(output);
        }
    }

    private static boolean installed(String tool) {
        return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
