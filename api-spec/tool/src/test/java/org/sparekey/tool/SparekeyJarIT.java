// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one jar as everybody outside the hoster starts it, on the oldest Java it promises where that is installed. */
class SparekeyJarIT {

    private static final Path BASE = Path.of(System.getProperty("sparekey.basedir"));
    private static final Path VECTORS = BASE.resolve("api-spec/vectors/bundles");

    @Test
    void the_jar_judges_a_bundle_without_network_or_installation() throws Exception {
        String trust = VECTORS.resolve("trust.json").toString();
        assertThat(run("verify", VECTORS.resolve("good.zip").toString(), "--trust", trust))
                .isZero();
        assertThat(run("verify", VECTORS.resolve("good.zip").toString())).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(run("verify", VECTORS.resolve("tampered-foreign-keys.zip").toString(), "--trust", trust))
                .isEqualTo(ExitCode.NOT_AUTHENTIC);
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-jar",
                BASE.resolve("api-spec/tool/target/sparekey.jar").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("sparekey", ".txt").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static String java() throws IOException {
        Path machines = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(machines)) {
            try (Stream<Path> homes = Files.list(machines)) {
                return homes.filter(home -> home.getFileName().toString().contains("17"))
                        .map(home -> home.resolve("bin/java"))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst()
                        .orElseGet(SparekeyJarIT::own);
            }
        }
        return own();
    }

    private static String own() {
        return ProcessHandle.current().info().command().orElse("java");
    }
}
