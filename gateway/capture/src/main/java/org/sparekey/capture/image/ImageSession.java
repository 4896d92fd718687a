// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.posix.Descriptors;
import org.sparekey.protocol.evidence.IsolationObservation;

/** The images of one guest, open and unused by anybody else. */
final class ImageSession implements CaptureSession {

    private record Opened(Guest.Disk disk, Path path, ImageSource source, Use before, String stamp) {}

    private final Guest guest;
    private final Path directory;
    private final Instant pointInTime;
    private final List<Opened> opened = new ArrayList<>();
    private final List<IsolationObservation> observations = new ArrayList<>();
    private boolean closed;

    ImageSession(Guest guest, Path directory, Instant pointInTime) {
        this.guest = guest;
        this.directory = directory;
        this.pointInTime = pointInTime;
    }

    interface Opening {
        ImageSource open() throws IOException;
    }

    /** Looks before opening: afterwards the lock of our own qemu-nbd would be there to find. */
    void add(Guest.Disk disk, Path image, Opening opening) throws IOException {
        Use use = Use.of(image);
        use.demandFree(image);
        String stamp = stamp(image);
        ImageSource source = opening.open();
        opened.add(new Opened(disk, image, source, use, stamp));
        if (source.size() != disk.virtualSize()) {
            throw new CaptureException(
                    CaptureRefusal.CONFIGURATION_CHANGED, disk.target() + " has another size than approved");
        }
    }

    @Override
    public Instant pointInTime() {
        return pointInTime;
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public List<Guest.Disk> disks() {
        return opened.stream().map(Opened::disk).toList();
    }

    @Override
    public List<Extent> extents(Guest.Disk disk) throws IOException {
        return opened(disk).source().extents();
    }

    @Override
    public void read(Guest.Disk disk, long offset, ByteBuffer into) throws IOException {
        opened(disk).source().read(offset, into);
    }

    @Override
    public List<IsolationObservation> observations() {
        return List.copyOf(observations);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            observations.add(openFiles());
        } finally {
            abort();
        }
        for (Opened disk : opened) {
            observations.add(disk.before()
                    .observed(
                            disk.disk().target(),
                            Use.of(disk.path()),
                            disk.stamp().equals(stamp(disk.path()))));
        }
    }

    @Override
    public void abort() {
        closed = true;
        for (Opened disk : opened) {
            try {
                disk.source().close();
            } catch (IOException ended) {
                continue; // Only a read-only descriptor is at stake: the kernel releases it in any case.
            }
        }
    }

    private Opened opened(Guest.Disk disk) {
        return opened.stream()
                .filter(candidate -> candidate.disk().equals(disk))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a disk that was not asked for"));
    }

    /** What of the images' directory this process has open: exactly the disks asked for. */
    private IsolationObservation openFiles() throws IOException {
        List<String> asked =
                opened.stream().map(disk -> disk.path().toString()).sorted().toList();
        List<String> open = Descriptors.own().stream()
                .filter(target -> target.startsWith(directory + "/"))
                .distinct()
                .sorted()
                .toList();
        boolean others = open.stream().anyMatch(target -> !asked.contains(target));
        return new IsolationObservation(
                "open-files",
                !others,
                Map.of(
                        "asked", String.valueOf(asked.size()),
                        "otherImagesOpen", String.valueOf(others),
                        "guest", guest.vmId()),
                "At the end of the capture the gateway's process had no other image of this directory open than the"
                        + " ones ordered. It does not show what other processes of this machine read.");
    }

    private static String stamp(Path image) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(image, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
    }
}
