// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * Which guests of the directory count as off the net: {@code links.json} beside the images. This driver runs no guest and
 * reaches no network, so this is a note and nothing else; {@link GuestLinks.Reach#RECORDED_ONLY} says so wherever it is shown.
 */
final class LinkBook {

    static final String FILE = "links.json";

    private static final String LABEL = "recorded only: guests of this driver have no network";

    private final Path file;

    LinkBook(Path directory) {
        this.file = directory.resolve(FILE);
    }

    /** What the file says: only links that are down. */
    record Book(int v, String label, List<Down> down) {
        Book {
            down = List.copyOf(down);
            if (v != 1) {
                throw new IllegalArgumentException("not a book of version 1");
            }
        }
    }

    record Down(UUID uuid, String mac) {}

    synchronized GuestLinks of(Guest guest) throws IOException {
        List<Down> down = read().down();
        List<GuestLinks.Link> links = new ArrayList<>();
        for (String mac : guest.macs()) {
            boolean up = !down.contains(new Down(guest.uuid(), mac));
            links.add(new GuestLinks.Link(
                    mac, guest.state() == Guest.State.OFF ? Optional.empty() : Optional.of(up), Optional.of(up)));
        }
        return new GuestLinks(GuestLinks.Reach.RECORDED_ONLY, links);
    }

    synchronized GuestLinks cut(Guest guest) throws IOException {
        if (guest.macs().isEmpty()) {
            throw new CaptureException(CaptureRefusal.NETWORK_ABSENT, "the guest has no interface");
        }
        List<Down> down = new ArrayList<>(read().down());
        for (String mac : guest.macs()) {
            Down entry = new Down(guest.uuid(), mac);
            if (!down.contains(entry)) {
                down.add(entry);
            }
        }
        write(down);
        return of(guest);
    }

    synchronized GuestLinks restore(Guest guest, GuestLinks before) throws IOException {
        List<Down> down = new ArrayList<>(read().down());
        for (GuestLinks.Link link : before.links()) {
            Down entry = new Down(guest.uuid(), link.mac());
            down.remove(entry);
            if (link.cut()) {
                down.add(entry);
            }
        }
        write(down);
        return of(guest);
    }

    private Book read() throws IOException {
        if (!Files.exists(file)) {
            return new Book(1, LABEL, List.of());
        }
        try {
            return Wire.read(Files.readAllBytes(file), Book.class);
        } catch (MalformedException e) {
            throw new CaptureException(
                    CaptureRefusal.DESCRIPTION_MALFORMED, FILE + ": " + e.pointer() + " " + e.reason(), e);
        }
    }

    /** Written beside it, flushed, and moved over it: a crash leaves the old book or the new one. */
    private void write(List<Down> down) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.write(fresh, Wire.write(new Book(1, LABEL, down)));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
