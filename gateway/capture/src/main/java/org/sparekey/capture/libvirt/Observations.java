// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.Guest;
import org.sparekey.capture.posix.Descriptors;
import org.sparekey.protocol.evidence.IsolationObservation;

/** What was watched, in words that promise no more than was seen. */
final class Observations {

    private Observations() {}

    static IsolationObservation stops(List<MonitorEvent> events, boolean whole) {
        long pauses = events.stream().filter(MonitorEvent::pause).count();
        long errors = events.stream().filter(MonitorEvent::ioError).count();
        return new IsolationObservation(
                "stop-events",
                whole && pauses == 0 && errors == 0,
                Map.of(
                        "stopOrResume", String.valueOf(pauses),
                        "ioErrors", String.valueOf(errors),
                        "eventsHeard", String.valueOf(events.size()),
                        "streamWhole", String.valueOf(whole)),
                "The hypervisor's event stream, heard from the job's first event to its last, reported so many pauses of"
                        + " any guest on this machine. It shows pauses that QEMU reports, not slowness, and nothing"
                        + " of guests outside this libvirt.");
    }

    static IsolationObservation exports(List<Guest.Disk> disks, List<String> names, boolean readOnly) {
        List<String> ordered = disks.stream().map(Guest.Disk::target).sorted().toList();
        return new IsolationObservation(
                "export-list",
                readOnly && names.stream().sorted().toList().equals(ordered),
                Map.of(
                        "ordered", String.join(" ", ordered),
                        "exported", String.join(" ", names),
                        "readOnly", String.valueOf(readOnly)),
                "The socket that we read from offered exactly the ordered disks of this one guest, for reading only. It"
                        + " does not show what else the hypervisor does.");
    }

    static IsolationObservation openFiles(Guest guest, List<Path> others) throws IOException {
        List<String> open = Descriptors.own();
        long ofOthers =
                others.stream().map(Path::toString).filter(open::contains).count();
        long ofGuest = guest.disks().stream()
                .map(Guest.Disk::sourceId)
                .filter(open::contains)
                .count();
        return new IsolationObservation(
                "open-files",
                ofOthers == 0 && ofGuest == 0,
                Map.of(
                        "otherGuestsDisks", String.valueOf(ofOthers),
                        "ownDisks", String.valueOf(ofGuest),
                        "descriptors", String.valueOf(open.size())),
                "At the end of the capture the capturing process had no disk file of any guest open: it read through"
                        + " the hypervisor's export alone. It is a look at one instant and at this process only.");
    }
}
