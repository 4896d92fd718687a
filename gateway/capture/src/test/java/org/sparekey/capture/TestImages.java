// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.capture.image.ImageHypervisor;

/** A directory of images with two guests: {@code shop} (101) and its neighbour {@code mail} (102). */
public final class TestImages {

    public static final UUID SHOP = UUID.fromString("6f0e8b1a-0000-4000-8000-000000000101");
    private static final UUID MAIL = UUID.fromString("6f0e8b1a-0000-4000-8000-000000000102");

    private final Path directory;

    public TestImages(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        describe(entry("shop", SHOP, "101", "shop.raw", "raw") + "," + entry("mail", MAIL, "102", "mail.raw", "raw"));
        image("shop.raw", 5 << 20, new long[][] {{0, 300_000}, {(2 << 20) + 4096, 1 << 20}});
        image("mail.raw", 1 << 20, new long[][] {{0, 4096}});
    }

    public ImageHypervisor hypervisor() {
        return new ImageHypervisor(directory, InstantSource.fixed(TestRecipient.NOW));
    }

    public Guest shop() throws IOException {
        return hypervisor().guests().stream()
                .filter(guest -> guest.name().equals("shop"))
                .findFirst()
                .orElseThrow();
    }

    public Path path(String name) {
        return directory.resolve(name);
    }

    public void describe(String guests) throws IOException {
        Files.writeString(
                directory.resolve(ImageDirectory.FILE), "{\"v\":1,\"cluster\":\"ams-1\",\"guests\":[" + guests + "]}");
    }

    public static String entry(String name, UUID uuid, String vmId, String file, String format) {
        return """
                {"name":"%s","uuid":"%s","vmId":"%s","disks":[{"target":"vda","format":"%s","file":"%s"}],
                 "macs":["52:54:00:00:00:01"],"addresses":["192.0.2.7"]}""".formatted(name, uuid, vmId, format, file);
    }

    /** A sparse image with random bytes in the runs {offset, length}. */
    public void image(String name, long size, long[][] runs) throws IOException {
        try (FileChannel file = FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            Random random = new Random(42);
            for (long[] run : runs) {
                byte[] bytes = new byte[(int) run[1]];
                random.nextBytes(bytes);
                file.write(ByteBuffer.wrap(bytes), run[0]);
            }
            if (file.size() < size) {
                file.write(ByteBuffer.wrap(new byte[1]), size - 1);
            }
        }
    }
}
