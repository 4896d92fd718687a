// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.posix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has which file open, from /proc. */
public final class Descriptors {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern FLAGS = Pattern.compile("^flags:\\s+([0-7]+)$", Pattern.MULTILINE);
    private static final int ACCESS_MODE = 3;

    private Descriptors() {}

    /**
     * Open file descriptors for writing on one file.
     *
     * @param writers how many descriptors of visible processes are open for writing on the file
     * @param unseen processes whose descriptors this user may not look at
     */
    public record Writers(int writers, int unseen) {}

    public static Writers writers(Path file) throws IOException {
        Object key = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        int writers = 0;
        int unseen = 0;
        for (Path process : children(PROC, "[0-9]*")) {
            Path table = process.resolve("fd");
            if (!Files.isReadable(table)) {
                unseen += Files.exists(process) ? 1 : 0;
                continue;
            }
            for (Path descriptor : children(table, "*")) {
                writers += key != null && sameFile(descriptor, key) && writes(process, descriptor) ? 1 : 0;
            }
        }
        return new Writers(writers, unseen);
    }

    /** What this process has open at this moment: the link targets of its descriptors, as the kernel prints them. */
    public static List<String> own() throws IOException {
        List<String> targets = new ArrayList<>();
        for (Path descriptor : children(PROC.resolve("self/fd"), "*")) {
            try {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            } catch (IOException gone) {
                continue; // The descriptor of this very listing is closed again by now.
            }
        }
        return targets;
    }

    private static boolean sameFile(Path descriptor, Object key) {
        try {
            return key.equals(Files.readAttributes(descriptor, java.nio.file.attribute.BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException gone) {
            return false; // Closed between listing and looking, or not a file at all.
        }
    }

    private static boolean writes(Path process, Path descriptor) {
        try {
            String text = Files.readString(process.resolve("fdinfo").resolve(descriptor.getFileName()));
            Matcher flags = FLAGS.matcher(text);
            return flags.find() && (Integer.parseInt(flags.group(1), 8) & ACCESS_MODE) != 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Empty for a process that has ended. */
    private static List<Path> children(Path directory, String glob) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException | UncheckedIOException e) {
            return List.of();
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException gone) {
            return List.of();
        }
        return children;
    }
}
