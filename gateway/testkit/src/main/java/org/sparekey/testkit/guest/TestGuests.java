// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Boots small Linux guests under libvirt (as root; starts the daemons where they do not run). Each beats ten times a
 * second: number written, synchronised, then printed. Closing destroys everything that was started.
 */
public final class TestGuests implements AutoCloseable {

    public static final String URI = "qemu:///system";
    public static final long DISK_BYTES = 1L << 30;

    /** Boots in 5 to 7 seconds on an idle machine. */
    private static final Duration BOOT = Duration.ofSeconds(120);

    private static final int RANDOM_BYTES = 48 << 20;

    private static final List<String> TOOLS = List.of(
            "/usr/bin/virsh",
            "/usr/sbin/libvirtd",
            "/usr/sbin/virtlogd",
            "/usr/bin/qemu-system-x86_64",
            "/usr/sbin/mke2fs",
            "/bin/busybox",
            "/usr/bin/dpkg-deb");

    private static final String TINY = "tiny";

    private final Path directory;
    private final Daemons daemons;
    private final Map<String, TestGuest> guests = new LinkedHashMap<>();
    private final Map<String, Beats> beats = new LinkedHashMap<>();

    private boolean tinyMounted;

    private TestGuests(Path directory, Daemons daemons) {
        this.directory = directory;
        this.daemons = daemons;
    }

    /** The first tool that is missing here; empty when guests can be started. */
    public static Optional<String> missing() {
        return TOOLS.stream().filter(tool -> !Files.isExecutable(Path.of(tool))).findFirst();
    }

    /** Starts guests of these names and waits until each beats. */
    public static TestGuests start(InstantSource clock, String... names) throws IOException, InterruptedException {
        // Not the test's own directory: that is 0700, and QEMU runs as another user.
        Path directory = Files.createTempDirectory(
                Path.of("/var/tmp"),
                "sparekey-guests",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        TestGuests guests = new TestGuests(directory, Daemons.start());
        try {
            guests.mountTiny();
            TestKernel kernel = TestKernel.into(directory);
            for (String name : names) {
                guests.boot(name, kernel, clock);
            }
            for (Beats each : guests.beats.values()) {
                each.await(3, BOOT);
            }
            return guests;
        } catch (IOException | InterruptedException | RuntimeException e) {
            guests.close();
            throw e;
        }
    }

    public TestGuest guest(String name) {
        return java.util.Objects.requireNonNull(guests.get(name), name);
    }

    public Beats beats(String name) {
        return java.util.Objects.requireNonNull(beats.get(name), name);
    }

    /**
     * One MiB of memory, mounted before the guests started and so visible to them: scratch that is full at once.
     */
    public Path tinyDirectory() {
        return directory.resolve(TINY);
    }

    /** A directory that QEMU's user can reach and that goes with the guests: for sockets and scratch. */
    public Path directory() {
        return directory;
    }

    public String virsh(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", URI));
        command.addAll(List.of(arguments));
        return Command.run(directory, command);
    }

    @Override
    public void close() throws IOException {
        try {
            for (TestGuest guest : guests.values()) {
                beats(guest.name()).close();
                if (virsh("list", "--all", "--name").lines().anyMatch(guest.name()::equals)) {
                    virsh("destroy", guest.name());
                }
            }
        } finally {
            daemons.close();
            if (tinyMounted) {
                Command.run(Path.of("/"), "umount", tinyDirectory().toString());
            }
            delete(directory);
        }
    }

    private void mountTiny() throws IOException {
        Files.createDirectories(tinyDirectory());
        Command.run(
                Path.of("/"),
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=1m,mode=0711",
                "tmpfs",
                tinyDirectory().toString());
        tinyMounted = true;
    }

    private void boot(String name, TestKernel kernel, InstantSource clock) throws IOException {
        UUID uuid = UUID.nameUUIDFromBytes((directory + name).getBytes(StandardCharsets.UTF_8));
        TestGuest guest = new TestGuest(name, uuid, disk(name), DISK_BYTES, directory.resolve(name + ".console"));
        Path domain = Files.writeString(directory.resolve(name + ".xml"), guest.domain(kernel));
        virsh("create", domain.toString());
        guests.put(name, guest);
        beats.put(name, new Beats(guest.console(), clock));
    }

    /** An ext4 file system with a few plainly invented files, half of them incompressible. */
    private Path disk(String name) throws IOException {
        Path files = Files.createDirectories(directory.resolve(name + ".files"));
        byte[] random = new byte[RANDOM_BYTES];
        new SplittableRandom(name.hashCode()).nextBytes(random);
        Files.write(files.resolve("random.bin"), random);
        Files.writeString(files.resolve("orders.txt"), "order 1: one invented bicycle bell\n".repeat(50_000));
        Path disk = directory.resolve(name + ".raw");
        Command.run(
                directory,
                "mke2fs",
                "-q",
                "-t",
                "ext4",
                "-d",
                files.toString(),
                disk.toString(),
                DISK_BYTES / 1024 + "k");
        delete(files);
        return disk;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
