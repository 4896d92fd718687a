// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * Alarms that must leave even when neither log nor database can be trusted or reached: one file each on the local disk,
 * written through before anything is sent, kept until it is sent on every channel and entered in the log.
 */
final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String SUFFIX = ".alarm.json";
    private static final String DAMAGED = ".damaged";

    private final Path directory;

    Spool(Path directory) {
        this.directory = directory;
    }

    /**
     * One alarm that waits.
     *
     * @param sent the channels that have taken it
     * @param entered whether the log has it
     */
    record Waiting(
            int v,
            UUID alarm,
            String kind,
            String subject,
            boolean lasting,
            Instant at,
            List<String> sent,
            boolean entered) {

        Waiting {
            sent = List.copyOf(sent);
        }

        Condition condition() {
            return new Condition(AlarmKind.valueOf(kind), subject, lasting);
        }

        Notice notice() {
            return new Notice(alarm, Notice.Change.OPENED, AlarmKind.valueOf(kind), subject, at);
        }

        Waiting sentBy(String channel) {
            Set<String> all = new LinkedHashSet<>(sent);
            all.add(channel);
            return new Waiting(v, alarm, kind, subject, lasting, at, List.copyOf(all), entered);
        }

        Waiting whenEntered() {
            return new Waiting(v, alarm, kind, subject, lasting, at, sent, true);
        }
    }

    /** Keeps it; a condition that waits already is not raised twice. A crash behind this line loses nothing. */
    Waiting raise(UUID alarm, Condition condition, Instant now) {
        Optional<Waiting> known = of(condition);
        if (known.isPresent()) {
            return known.get();
        }
        Waiting waiting = new Waiting(
                1, alarm, condition.kind().name(), condition.subject(), condition.lasting(), now, List.of(), false);
        write(waiting);
        return waiting;
    }

    Optional<Waiting> of(Condition condition) {
        return all().stream()
                .filter(waiting -> waiting.condition().equals(condition))
                .findFirst();
    }

    /** Those that can be read. One that cannot is put aside, where {@link #damaged} finds it: it must not keep back the rest. */
    List<Waiting> all() {
        List<Waiting> all = new ArrayList<>();
        for (Path file : files(SUFFIX)) {
            read(file).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    /** The names of files that nobody can read, until somebody has looked at them and taken them away. */
    List<String> damaged() {
        return files(DAMAGED).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }

    private List<Path> files(String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the alarm spool", e);
        }
    }

    private Optional<Waiting> read(Path file) {
        try {
            Waiting waiting = Wire.read(Files.readAllBytes(file), Waiting.class);
            // A kind that this version does not know is no alarm that it can tell.
            waiting.condition();
            return Optional.of(waiting);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            LOG.error("the file {} of the alarm spool cannot be read and is put aside", file.getFileName(), e);
            putAside(file);
            return Optional.empty();
        }
    }

    /** A crash here leaves it where it was: the next look puts it aside. */
    private void putAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the alarm spool", e);
        }
    }

    void write(Waiting waiting) {
        Path file = directory.resolve(waiting.alarm() + SUFFIX);
        Path beside = directory.resolve(waiting.alarm() + ".part");
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(Wire.write(waiting));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel held = FileChannel.open(directory, StandardOpenOption.READ)) {
                held.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the alarm spool", e);
        }
    }

    /** Everything is done for it. */
    void remove(Waiting waiting) {
        try {
            Files.deleteIfExists(directory.resolve(waiting.alarm() + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("the alarm spool", e);
        }
    }
}
