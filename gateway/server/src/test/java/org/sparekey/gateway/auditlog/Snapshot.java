// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files below a directory as they were: what a backup of the machine restores. */
record Snapshot(Path root, Map<Path, byte[]> files) {

    static Snapshot of(Path root) throws IOException {
        Map<Path, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return new Snapshot(root, files);
    }

    void restore() throws IOException {
        List<Path> now;
        try (Stream<Path> all = Files.walk(root)) {
            now = all.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : now) {
            if (!files.containsKey(file)) {
                Files.delete(file);
            }
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            if (Files.notExists(file.getKey())
                    || !java.util.Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue())) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }
}
