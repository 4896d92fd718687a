// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.client.Vps;
import org.sparekey.protocol.registration.CaptureMeans;

/**
 * The second rung: the hypervisor knows what runs, the four columns know whose it is, with which addresses, since when. A
 * guest that the file does not name is registered without a customer; a line whose guest is not there is a gap.
 */
final class Joining {

    private final String cluster;
    private final CaptureMeans captureMeans;
    private final Map<String, Vps> lines = new LinkedHashMap<>();

    /** @param file machines as the four columns name them */
    Joining(String cluster, CaptureMeans captureMeans, List<Vps> file) {
        this.cluster = cluster;
        this.captureMeans = captureMeans;
        file.forEach(line -> lines.put(line.vm(), line));
    }

    /** @param now since when a guest that the file does not name is registered; its first registration decides */
    Listing join(List<Guest> guests, List<String> gaps, Instant now) {
        List<Vps> machines = new ArrayList<>();
        Map<String, Vps> unseen = new LinkedHashMap<>(lines);
        for (Guest guest : guests) {
            unseen.remove(guest.vm());
            machines.add(machine(guest, now));
        }
        List<String> all = new ArrayList<>(gaps);
        if (!unseen.isEmpty()) {
            all.add(unseen.size() + " machines of the file are not on the hypervisor");
        }
        return new Listing(cluster, machines, all);
    }

    private Vps machine(Guest guest, Instant now) {
        Vps.Description description = Vps.on(cluster, guest.vm()).kind(guest.kind(), captureMeans);
        guest.node().ifPresent(description::node);
        guest.uuid().ifPresent(description::uuid);
        guest.macs().forEach(description::mac);
        guest.disks().forEach(description::disk);
        Vps line = lines.get(guest.vm());
        List<String> addresses = new ArrayList<>(guest.addresses());
        if (line != null) {
            line.addresses().stream().filter(one -> !addresses.contains(one)).forEach(addresses::add);
            line.customer().ifPresent(description::customer);
        }
        addresses.forEach(description::address);
        if (!guest.running()) {
            description.stopped();
        }
        return line == null ? description.observedAt(now) : description.since(line.validFrom());
    }
}
