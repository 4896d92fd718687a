// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.Preflight;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** Guests whose disks are image files in one directory, described by {@link ImageDirectory}. Linux. */
public final class ImageHypervisor implements Hypervisor {

    public static final String DRIVER = "image-file";

    private static final Path QEMU_NBD = Path.of("/usr/bin/qemu-nbd");

    private final Path directory;
    private final InstantSource clock;
    private final Images images;
    private final LinkBook links;

    /** @param directory holds {@link ImageDirectory#FILE} and the images; read again at every call */
    public ImageHypervisor(Path directory, InstantSource clock) {
        this(directory, clock, QEMU_NBD);
    }

    /** @param qemuNbd the program that serves qcow2 images; where it is absent they are refused */
    public ImageHypervisor(Path directory, InstantSource clock, Path qemuNbd) {
        this.directory = directory.toAbsolutePath();
        this.clock = clock;
        this.images = new Images(qemuNbd, clock);
        this.links = new LinkBook(this.directory);
    }

    @Override
    public String driver() {
        return DRIVER;
    }

    @Override
    public List<Guest> guests() throws IOException {
        ImageDirectory description = describe();
        List<Guest> guests = new ArrayList<>();
        for (ImageDirectory.Entry entry : description.guests()) {
            guests.add(guest(description.cluster(), entry));
        }
        return List.copyOf(guests);
    }

    @Override
    public Preflight preflight(Guest guest, List<Guest.Disk> disks) throws IOException {
        try {
            for (Guest.Disk disk : disks) {
                Path image = image(disk);
                images.check(image, disk.format());
                Use.of(image).demandFree(image);
            }
            return new Preflight.Ready();
        } catch (CaptureException e) {
            return new Preflight.Refused(e.refusal(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CaptureSession capture(Guest guest, List<Guest.Disk> disks) throws IOException {
        ImageSession session = new ImageSession(guest, directory, clock.instant());
        try {
            for (Guest.Disk disk : disks) {
                Path image = image(disk);
                session.add(disk, image, () -> images.open(image, disk.format()));
            }
            return session;
        } catch (IOException | RuntimeException e) {
            session.abort();
            throw e;
        }
    }

    /** Nothing outlives this process: descriptors and the qemu-nbd children end with it. */
    @Override
    public List<String> recover() {
        return List.of();
    }

    @Override
    public GuestLinks links(Guest guest) throws IOException {
        return links.of(guest);
    }

    @Override
    public GuestLinks isolate(Guest guest) throws IOException {
        return links.cut(guest);
    }

    @Override
    public GuestLinks restore(Guest guest, GuestLinks before) throws IOException {
        return links.restore(guest, before);
    }

    @Override
    public Map<String, String> versions() {
        return images.versions();
    }

    private ImageDirectory describe() throws IOException {
        try {
            return Wire.read(Files.readAllBytes(directory.resolve(ImageDirectory.FILE)), ImageDirectory.class);
        } catch (MalformedException e) {
            throw new CaptureException(
                    CaptureRefusal.DESCRIPTION_MALFORMED,
                    ImageDirectory.FILE + ": " + e.pointer() + " " + e.reason(),
                    e);
        } catch (NoSuchFileException e) {
            throw new CaptureException(CaptureRefusal.DESCRIPTION_MALFORMED, ImageDirectory.FILE + " is missing", e);
        }
    }

    private Guest guest(String cluster, ImageDirectory.Entry entry) throws IOException {
        List<Guest.Disk> disks = new ArrayList<>();
        for (ImageDirectory.DiskEntry disk : entry.disks()) {
            long size = images.virtualSize(directory.resolve(disk.file()), disk.format());
            disks.add(new Guest.Disk(disk.target(), disk.format(), disk.file(), size));
        }
        return new Guest(
                DRIVER,
                cluster,
                entry.name(),
                entry.uuid(),
                entry.vmId(),
                entry.running().orElse(false) ? Guest.State.RUNNING : Guest.State.OFF,
                disks,
                entry.macs().stream().map(mac -> mac.toLowerCase(Locale.ROOT)).toList(),
                entry.addresses());
    }

    /** The source id is a name that {@link ImageDirectory} has checked; a symbolic link out of the directory is not followed. */
    private Path image(Guest.Disk disk) throws IOException {
        Path image = directory.resolve(disk.sourceId());
        if (!Files.isRegularFile(image, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new CaptureException(CaptureRefusal.DISK_MISSING, "the image of " + disk.target() + " is missing");
        }
        return image;
    }
}
