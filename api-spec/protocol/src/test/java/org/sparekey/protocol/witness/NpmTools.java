// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Node and npm, which Debian packages; a tool of the tests only. */
final class NpmTools {

    private static final long LIMIT_SECONDS = 300;

    private NpmTools() {}

    /** Skips the test where one is absent; with {@code -Dsparekey.requireTools=true} fails it. */
    static void require() {
        Optional<String> missing =
                Stream.of("node", "npm").filter(tool -> !installed(tool)).findFirst();
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(missing).as("a Debian tool that is missing").isEmpty();
        }
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElseThrow() + " is not installed");
    }

    /** Answers what it printed; fails the test when it does not exit with 0. */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        Path errors = directory.resolve("errors.txt");
        Process process = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output);
    }

    private static boolean installed(String tool) {
        return Stream.of("/usr/bin", "/usr/local/bin", "/bin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
