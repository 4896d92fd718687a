// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.Preflight;
import org.sparekey.protocol.evidence.GuestLinks;

/** The real image driver, with a note of every guest that was opened. */
final class CountingHypervisor implements Hypervisor {

    private final Hypervisor real;
    private final List<UUID> opened = new CopyOnWriteArrayList<>();
    private final List<UUID> isolated = new CopyOnWriteArrayList<>();
    private final List<Runnable> before = new CopyOnWriteArrayList<>();

    CountingHypervisor(Hypervisor real) {
        this.real = real;
    }

    /** How often this guest's disks were opened. */
    long captures(Guest guest) {
        return opened.stream().filter(guest.uuid()::equals).count();
    }

    /** How often this guest was taken off the net. */
    long isolations(Guest guest) {
        return isolated.stream().filter(guest.uuid()::equals).count();
    }

    /** Runs right before any guest is opened. */
    void before(Runnable look) {
        before.add(look);
    }

    Guest guest(UUID uuid) throws IOException {
        return guests().stream()
                .filter(guest -> guest.uuid().equals(uuid))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public CaptureSession capture(Guest guest, List<Guest.Disk> disks) throws IOException {
        new ArrayList<>(before).forEach(Runnable::run);
        opened.add(guest.uuid());
        return real.capture(guest, disks);
    }

    @Override
    public String driver() {
        return real.driver();
    }

    @Override
    public List<Guest> guests() throws IOException {
        return real.guests();
    }

    @Override
    public Preflight preflight(Guest guest, List<Guest.Disk> disks) throws IOException {
        return real.preflight(guest, disks);
    }

    @Override
    public List<String> recover() throws IOException {
        return real.recover();
    }

    @Override
    public GuestLinks links(Guest guest) throws IOException {
        return real.links(guest);
    }

    @Override
    public GuestLinks isolate(Guest guest) throws IOException {
        isolated.add(guest.uuid());
        return real.isolate(guest);
    }

    @Override
    public GuestLinks restore(Guest guest, GuestLinks links) throws IOException {
        return real.restore(guest, links);
    }

    @Override
    public Map<String, String> versions() throws IOException {
        return real.versions();
    }
}
