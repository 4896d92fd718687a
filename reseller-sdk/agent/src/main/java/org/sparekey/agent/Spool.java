// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * A directory of small files, one event each, that hooks write and the agent reads: bounded, because others write it, and
 * never trusted: a link is not followed, a file that is no event is set aside. An event is deleted only after what it asks
 * is done or known to be superfluous; a crash in between lets it be read again, which changes nothing.
 */
final class Spool {

    static final int MAX_FILES = 10_000;
    static final int MAX_EVENT_BYTES = 4_096;

    private static final String ENDING = ".json";
    private static final int RANDOM_BYTES = 8;

    private final Path directory;
    private final Set<SpoolEvent.Kind> taken;

    private Spool(Path directory, Set<SpoolEvent.Kind> taken) {
        this.directory = directory;
        this.taken = Set.copyOf(taken);
    }

    /** What hooks write, perhaps as another user: hints and nothing else. */
    static Spool ofHooks(Path directory) throws IOException {
        return open(directory, Set.of(SpoolEvent.Kind.CHANGED));
    }

    /** What the agent's own user has commanded and could not be carried out at once. */
    static Spool ofCommands(Path directory) throws IOException {
        return open(directory, Set.of(SpoolEvent.Kind.END, SpoolEvent.Kind.MOVE));
    }

    private static Spool open(Path directory, Set<SpoolEvent.Kind> taken) throws IOException {
        DurableFiles.directory(directory);
        return new Spool(directory, taken);
    }

    /** One event and the file it stands in. */
    record Item(Path file, SpoolEvent event) {}

    /**
     * Writes an event; it is on the disk when this returns.
     *
     * @throws IOException also when the spool is full
     */
    void put(SpoolEvent event, SecureRandom random) throws IOException {
        if (names().size() >= MAX_FILES) {
            throw new IOException("the spool is full: nothing has been taken out of it for too long");
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String name =
                "%013d-%s".formatted(event.at().toEpochMilli(), HexFormat.of().formatHex(bytes));
        DurableFiles.replace(directory.resolve(name + ENDING), Wire.write(event));
    }

    /** The events in the order of their names; files that are none are set aside under another ending. */
    List<Item> items() throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path file : names()) {
            Optional<SpoolEvent> event = event(file).filter(one -> taken.contains(one.event()));
            if (event.isPresent()) {
                items.add(new Item(file, event.get()));
            } else {
                setAside(file);
            }
        }
        return items;
    }

    /** How many files there are that are no events. */
    int setAside() throws IOException {
        return list("*.bad").size();
    }

    void done(Item item) throws IOException {
        Files.deleteIfExists(item.file());
    }

    private List<Path> names() throws IOException {
        return list("[!.]*" + ENDING);
    }

    private List<Path> list(String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            for (Path file : stream) {
                if (files.size() >= MAX_FILES) {
                    break;
                }
                files.add(file);
            }
        }
        files.sort(Comparator.comparing(file -> file.getFileName().toString()));
        return files;
    }

    private static Optional<SpoolEvent> event(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_EVENT_BYTES + 1);
            return bytes.length > MAX_EVENT_BYTES ? Optional.empty() : Optional.of(Wire.read(bytes, SpoolEvent.class));
        } catch (MalformedException | AccessDeniedException noEvent) {
            return Optional.empty();
        }
    }

    /** At most one file of a name; a directory or a link is renamed as it is, never opened. */
    private static void setAside(Path file) throws IOException {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".bad"));
        } catch (FileAlreadyExistsException thereAlready) {
            Files.deleteIfExists(file);
        }
    }
}
