// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.Identifiers;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import org.sparekey.gateway.inventory.CsvTable.Row;

/**
 * {@code kind,node,vm,uuid,state,disks,macs,addresses}: a listing that the hoster writes himself, for a platform that no
 * driver knows. Several values in one cell are divided by spaces. The last line is {@code END,,COUNT,,,,,}, so that half
 * a file is seen to be half; a file that nobody has written for {@link Inventory#MAX_GAP} says nothing any more.
 */
final class GuestFile implements GuestSource {

    static final List<String> HEADER = List.of("kind", "node", "vm", "uuid", "state", "disks", "macs", "addresses");
    static final String END = "END";

    private static final String SOURCE = "csv";

    private final String cluster;
    private final Path file;
    private final InstantSource clock;

    GuestFile(String cluster, Path file, InstantSource clock) {
        this.cluster = cluster;
        this.file = file;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "csv " + cluster;
    }

    @Override
    public Listing list() {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            if (written.isBefore(clock.instant().minus(Inventory.MAX_GAP))) {
                return gap(Gap.Reason.UNREACHABLE);
            }
            if (Files.size(file) > CsvTable.MAX_BYTES) {
                return gap(Gap.Reason.TOO_LARGE);
            }
            return read(Files.readAllBytes(file));
        } catch (IOException e) {
            return gap(Gap.Reason.UNREACHABLE);
        }
    }

    /** What one line is. */
    private record Line(Optional<ListedGuest> guest, int ended) {}

    private Listing read(byte[] csv) {
        CsvTable table = new CsvTable();
        List<Line> lines = table.read(csv, HEADER, this::line);
        List<ListedGuest> guests = new ArrayList<>();
        Set<String> vmIds = new HashSet<>();
        lines.forEach(line -> line.guest().ifPresent(guests::add));
        guests.forEach(guest -> vmIds.add(guest.vmId()));
        boolean ended = !lines.isEmpty() && lines.get(lines.size() - 1).ended() == guests.size();
        boolean once = lines.size() == guests.size() + 1 && vmIds.size() == guests.size();
        if (!table.faults().isEmpty() || !ended || !once) {
            return gap(Gap.Reason.MALFORMED);
        }
        return new Listing(cluster, guests, List.of());
    }

    private Optional<Line> line(Row row) {
        if (row.text("kind").equals(END)) {
            return row.check("vm", CsvFault.Code.BAD_VALUE, text -> text.matches("[0-9]{1,6}") ? text : null)
                    .map(count -> new Line(Optional.empty(), Integer.parseInt(count)));
        }
        Optional<String> kind =
                row.check("kind", CsvFault.Code.BAD_KIND, text -> text.matches("VM|CONTAINER") ? text : null);
        Optional<String> vm = row.name("vm");
        Optional<String> state =
                row.check("state", CsvFault.Code.BAD_VALUE, text -> text.matches("RUNNING|STOPPED") ? text : null);
        if (kind.isEmpty() || vm.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Line(Optional.of(guest(row, kind.get(), vm.get(), state.get())), -1));
    }

    private ListedGuest guest(Row row, String kind, String vm, String state) {
        return ListedGuest.of(
                SOURCE,
                ListedGuest.Kind.valueOf(kind),
                cluster,
                Optional.of(row.text("node")).filter(node -> !node.isEmpty()),
                vm,
                vm,
                Identifiers.uuid(row.text("uuid")),
                state.equals("RUNNING"),
                Identifiers.of(words(row, "disks"), words(row, "macs"), words(row, "addresses")));
    }

    private static Stream<String> words(Row row, String column) {
        return Stream.of(row.text(column).split(" ", -1));
    }

    private Listing gap(Gap.Reason reason) {
        return new Listing(cluster, List.of(), List.of(new Gap(String.valueOf(file.getFileName()), reason)));
    }
}
