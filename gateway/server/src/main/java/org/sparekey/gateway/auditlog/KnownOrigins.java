// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an empty database does not know: the shards of a log that were published, or signed for by the guard. A gateway
 * that comes up on an empty database under them opens these and no other, and is behind all of them.
 */
final class KnownOrigins {

    private static final String LABEL = "[0-9]{4}[a-z]?";

    private KnownOrigins() {}

    /** @return labels such as 2026, 2026b, 2027, oldest first */
    static SortedSet<String> labels(LogSettings settings, LogName log) {
        SortedSet<String> labels = new TreeSet<>();
        for (Path published : list(settings.requiredDirectory().resolve(log.text()))) {
            add(labels, settings, log, published.resolve(PublishedFiles.CHECKPOINT));
        }
        for (Path guard : list(settings.requiredGuardDirectory())) {
            if (guard.getFileName().toString().endsWith(ForkGuard.ENDING)) {
                add(labels, settings, log, guard);
            }
        }
        return labels;
    }

    /** Both kinds of file begin with the origin. */
    private static void add(SortedSet<String> labels, LogSettings settings, LogName log, Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (Stream<String> lines = Files.lines(file)) {
            String origin = lines.findFirst().orElse("");
            String label = origin.substring(origin.lastIndexOf('/') + 1);
            if (label.matches(LABEL) && origin.equals(settings.origin(log, label))) {
                labels.add(label);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
