// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;

/**
 * Every running and every defined guest of some libvirt hosts, virtual machines and LXC containers. One guest with a
 * description that nobody can read does not hide the others; it makes the listing incomplete.
 */
public final class LibvirtListing implements GuestSource {

    static final String SOURCE = "libvirt-listing";

    private static final String[] ALL = {"list", "--uuid", "--all"};
    private static final String[] LIVE = {"list", "--uuid", "--state-running", "--state-paused"};

    private final String cluster;
    private final List<Host> hosts;

    /**
     * @param cluster the hoster's name for all of these hosts together
     * @param hosts each with its own {@code virsh -c} address; the same host twice for QEMU and LXC
     */
    public LibvirtListing(String cluster, List<Host> hosts) {
        this.cluster = cluster;
        this.hosts = List.copyOf(hosts);
    }

    /** @param node what registrations call this host, if it has a name */
    public record Host(Optional<String> node, LibvirtSettings settings) {}

    @Override
    public String name() {
        return "libvirt " + cluster;
    }

    @Override
    public Listing list() {
        List<ListedGuest> guests = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        hosts.forEach(host -> list(host, guests, gaps));
        return new Listing(cluster, guests, gaps);
    }

    private void list(Host host, List<ListedGuest> guests, List<Gap> gaps) {
        Virsh virsh = new Virsh(host.settings());
        String place = host.node().orElse(host.settings().uri());
        try {
            List<String> before = uuids(virsh, ALL);
            // A paused guest is one that runs: it holds its addresses and comes back by itself.
            Set<String> running = new HashSet<>(uuids(virsh, LIVE));
            for (String uuid : before) {
                guest(virsh, host, uuid, running.contains(uuid))
                        .ifPresentOrElse(guests::add, () -> gaps.add(new Gap(uuid, Gap.Reason.MALFORMED)));
            }
            if (!uuids(virsh, ALL).equals(before)) {
                gaps.add(new Gap(place, Gap.Reason.CHANGED_WHILE_LISTED));
            }
        } catch (IOException away) {
            gaps.add(new Gap(place, Gap.Reason.UNREACHABLE));
        }
    }

    private static List<String> uuids(Virsh virsh, String... command) throws IOException {
        return virsh.run(command)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    /** Empty for a description that is there and cannot be read. */
    private Optional<ListedGuest> guest(Virsh virsh, Host host, String uuid, boolean running) throws IOException {
        String xml = virsh.run("dumpxml", uuid);
        try {
            DomainIdentity identity = DomainIdentity.parse(xml);
            return Optional.of(ListedGuest.of(
                    SOURCE,
                    identity.kind(),
                    cluster,
                    host.node(),
                    identity.name(),
                    identity.name(),
                    identity.uuid().or(() -> Optional.of(uuid)),
                    running,
                    identity.identifiers()));
        } catch (CaptureException e) {
            if (e.refusal() == CaptureRefusal.DESCRIPTION_MALFORMED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
