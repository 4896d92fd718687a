// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The repository as it lies on the disk, without what is built or generated. */
final class SourceTree {

    private static final Set<String> NOT_SOURCE = Set.of("target", ".git", "node_modules", ".idea");

    private SourceTree() {}

    static Path root() {
        var given = System.getProperty("sparekey.basedir");
        return given == null ? Path.of("../..").toAbsolutePath().normalize() : Path.of(given);
    }

    static List<SourceFile> java() {
        return ending(".java");
    }

    static List<SourceFile> ending(String... endings) {
        try (var files = walk(root())) {
            return files.filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
                    .map(SourceTree::read)
                    .toList();
        }
    }

    static SourceFile file(String path) {
        return read(root().resolve(path));
    }

    private static Stream<Path> walk(Path folder) {
        try (var inside = Files.list(folder)) {
            return inside.sorted().toList().stream()
                    .filter(path -> !NOT_SOURCE.contains(path.getFileName().toString()))
                    .flatMap(path -> Files.isDirectory(path) ? walk(path) : Stream.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile read(Path path) {
        try {
            return new SourceFile(root().relativize(path).toString().replace('\\', '/'), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
