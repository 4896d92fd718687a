// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guests of one libvirt host, running or only defined. A guest that came or went while the list was read, or whose
 * description cannot be used, is a gap: what is there is registered, and nothing is ended.
 */
public final class LibvirtSource implements Source {

    private final Virsh virsh;
    private final Joining joining;
    private final InstantSource clock;

    LibvirtSource(Virsh virsh, Joining joining, InstantSource clock) {
        this.virsh = virsh;
        this.joining = joining;
        this.clock = clock;
    }

    @Override
    public Listing list() throws IOException {
        Set<String> all = uuids("--all");
        Set<String> running = uuids("--state-running", "--state-paused");
        List<Guest> guests = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        for (String uuid : all) {
            try {
                guests.add(DomainXml.guest(virsh.run("dumpxml", uuid), running.contains(uuid)));
            } catch (SourceException e) {
                gaps.add(e.getMessage());
            } catch (IOException e) {
                gaps.add("a guest could not be read: " + e.getMessage());
            }
        }
        if (!uuids("--all").equals(all)) {
            gaps.add("a guest came or went while the guests were listed");
        }
        return joining.join(guests, gaps, clock.instant());
    }

    private Set<String> uuids(String... which) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("list", "--uuid"));
        arguments.addAll(List.of(which));
        Set<String> uuids = new TreeSet<>();
        virsh.run(arguments.toArray(String[]::new))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(uuids::add);
        return uuids;
    }
}
