// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A Debian kernel and an initramfs of busybox, nine modules and {@code /init}. The package is downloaded once into a
 * cache and unpacked, never installed.
 */
record TestKernel(Path kernel, Path initramfs) {

    /** virtio before virtio_ring fails with an unknown symbol. */
    private static final List<String> MODULES = List.of(
            "virtio_ring",
            "virtio",
            "virtio_pci_legacy_dev",
            "virtio_pci_modern_dev",
            "virtio_pci",
            "virtio_blk",
            "failover",
            "net_failover",
            "virtio_net");

    private static final String PACKAGE = "linux-image-cloud-amd64";

    /** Puts both files into the directory, readable for QEMU's own user. */
    static TestKernel into(Path directory) throws IOException {
        Path unpacked = unpacked();
        Path kernel = Files.copy(find(unpacked.resolve("boot"), "vmlinuz"), directory.resolve("vmlinuz"));
        Path root = Files.createDirectories(directory.resolve("initramfs"));
        for (String name : List.of("bin", "dev", "proc", "sys", "mnt", "modules")) {
            Files.createDirectories(root.resolve(name));
        }
        Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
        for (String module : MODULES) {
            Files.copy(
                    find(unpacked.resolve("lib/modules"), module + ".ko"), root.resolve("modules/" + module + ".ko"));
        }
        try (InputStream init = TestKernel.class.getResourceAsStream("init.sh")) {
            Files.write(
                    root.resolve("init"), java.util.Objects.requireNonNull(init).readAllBytes());
        }
        Files.setPosixFilePermissions(root.resolve("init"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return new TestKernel(kernel, pack(root, directory));
    }

    private static Path pack(Path root, Path directory) throws IOException {
        Path archive = directory.resolve("initramfs.cpio");
        Command.run(root, "sh", "-c", "find . | /bin/busybox cpio -o -H newc > \"$0\"", archive.toString());
        Path packed = directory.resolve("initramfs.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(archive, out);
        }
        return packed;
    }

    private static Path unpacked() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "sparekey", "kernel");
        String name = packageName();
        Path unpacked = cache.resolve(name);
        if (Files.exists(unpacked)) {
            return unpacked;
        }
        Path download = Files.createDirectories(
                cache.resolve("download-" + ProcessHandle.current().pid()));
        Command.run(download, "apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", name);
        Path half = download.resolve("unpacked");
        Path archive = find(download, ".deb");
        Command.run(download, "dpkg-deb", "-x", archive.toString(), half.toString());
        Files.delete(archive);
        try {
            Files.move(half, unpacked);
            Files.delete(download);
        } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException another) {
            return unpacked; // Another build was quicker.
        }
        return unpacked;
    }

    /** The versioned package that the meta package depends on. */
    private static String packageName() throws IOException {
        return Command.run(Path.of("/"), "apt-cache", "depends", PACKAGE)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Depends: linux-image-"))
                .map(line -> line.substring("Depends: ".length()))
                .findFirst()
                .orElseThrow(() -> new IOException("apt knows no " + PACKAGE));
    }

    private static Path find(Path directory, String part) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().startsWith(part)
                            || file.getFileName().toString().endsWith(part))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + part + " in " + directory));
        }
    }
}
