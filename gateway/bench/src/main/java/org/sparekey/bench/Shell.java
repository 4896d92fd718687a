// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's own programs, which do by hand what we do. */
final class Shell {

    private Shell() {}

    /** The first of these programs that is not installed. */
    static Optional<String> missing(String... programs) {
        List<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .toList();
        return Stream.of(programs)
                .filter(program -> path.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(program))))
                .findFirst();
    }

    /** @return what it wrote */
    static String run(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(command.getFirst() + " ended with " + exit + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }
}
