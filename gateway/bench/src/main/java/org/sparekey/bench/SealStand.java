// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.sparekey.capture.Guest;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.capture.image.ImageHypervisor;
import org.sparekey.capture.seal.Recipients;
import org.sparekey.capture.seal.SealPlan;
import org.sparekey.capture.seal.SealRequest;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;

/** One guest with one disk in a directory of its own, half of it allocated, and those to whom its copies are sealed. */
final class SealStand {

    static final int MEBIBYTE = 1 << 20;

    /** Data and holes take turns by so much. */
    private static final int RUN_MEBIBYTES = 8;

    private static final int SEED = 6;
    private static final int PAGE = 4096;
    private static final UUID GUEST = new UUID(0, 6);

    private final Path directory;
    private final String format;
    private final InstantSource clock;
    private final SecureRandom random;

    /** @param format of the image, {@code raw} or {@code qcow2} */
    SealStand(Path directory, String format, InstantSource clock, SecureRandom random) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.format = format;
        this.clock = clock;
        this.random = random;
    }

    Path image() {
        return directory.resolve("disk." + format);
    }

    Path output() {
        return directory.resolve("copy");
    }

    /** @param mebibytes of the disk; every second run of {@link #RUN_MEBIBYTES} is a hole */
    void write(int mebibytes) throws IOException {
        Path raw = directory.resolve("disk.raw");
        try (FileChannel file = FileChannel.open(
                raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            SplittableRandom bytes = new SplittableRandom(SEED);
            for (int at = 0; at < mebibytes; at++) {
                if (at / RUN_MEBIBYTES % 2 == 0) {
                    file.write(ByteBuffer.wrap(data(bytes)), (long) at * MEBIBYTE);
                }
            }
        }
        Shell.run(directory, List.of("truncate", "-s", mebibytes + "M", raw.toString()));
        if (format.equals("qcow2")) {
            Shell.run(
                    directory,
                    List.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), image().toString()));
            Files.delete(raw);
        }
        ImageDirectory.Entry guest = new ImageDirectory.Entry(
                "shop",
                GUEST,
                "101",
                Optional.of(false),
                List.of(new ImageDirectory.DiskEntry(
                        "vda", format, image().getFileName().toString())),
                List.of(),
                List.of());
        Files.write(
                directory.resolve(ImageDirectory.FILE), Wire.write(new ImageDirectory(1, "rack-1", List.of(guest))));
    }

    /** One mebibyte as disks have it: half of each page does not compress, and half does well. */
    static byte[] data(SplittableRandom random) {
        byte[] data = new byte[MEBIBYTE];
        random.nextBytes(data);
        byte[] text = "in the beginning was the disk, and the disk was full. "
                .repeat(40)
                .getBytes(StandardCharsets.US_ASCII);
        for (int page = 0; page < MEBIBYTE; page += PAGE) {
            System.arraycopy(text, 0, data, page, PAGE / 2);
        }
        return data;
    }

    ImageHypervisor hypervisor() {
        return new ImageHypervisor(directory, clock);
    }

    /** One whole copy into an empty {@link #output}. */
    SealedCapture seal() throws IOException {
        ImageHypervisor hypervisor = hypervisor();
        Guest guest = hypervisor.guests().getFirst();
        FileEvidenceStore store = new FileEvidenceStore(output());
        SealRequest request = new SealRequest(
                guest.cluster(),
                guest.uuid(),
                guest.vmId(),
                guest.configurationHash(),
                List.of("vda"),
                recipients(),
                SealPlan.standard());
        return new Sealer(random, clock).capture(hypervisor, request, store, store, (done, total) -> {});
    }

    private Recipients recipients() throws IOException {
        TestCa ca = TestCa.root("Bench", URI.create("file:///nowhere.crl"), clock, random);
        List<X509Certificate> certificates = new ArrayList<>();
        for (String name : List.of("Case team", "Recovery")) {
            certificates.add(ca.issue(Purpose.ENCRYPTION, name).certificate());
        }
        return Recipients.of(certificates, clock.instant());
    }

    /** Removes what the last round wrote. */
    void clear() throws IOException {
        if (Files.exists(output())) {
            remove(output());
        }
    }

    /** A folder and all that is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
