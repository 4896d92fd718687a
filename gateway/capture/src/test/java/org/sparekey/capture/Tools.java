// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Debian tools that tests compare with. */
public final class Tools {

    private static final long LIMIT_SECONDS = 300;

    private Tools() {}

    /** Skips the test where a tool is absent; with {@code -Dsparekey.requireTools=true} fails it. */
    public static void require(String... names) {
        for (String name : names) {
            boolean there = Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
            if (Boolean.getBoolean("sparekey.requireTools")) {
                assertThat(there).as(name + " is installed").isTrue();
            }
            assumeTrue(there, () -> "skipped: " + name + " is not installed");
        }
    }

    /** Runs a command; answers its output. Fails the test when it does not exit with 0. */
    public static String run(Path directory, String... command) throws IOException, InterruptedException {
        return run(directory, 0, command);
    }

    public static String run(Path directory, int exit, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(process.exitValue())
                    .as(String.join(" ", command) + "\n" + text)
                    .isEqualTo(exit);
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
