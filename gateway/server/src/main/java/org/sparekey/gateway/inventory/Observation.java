// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * A guest as the hypervisor listed it, from the first to the last complete listing that said the same.
 *
 * @param uuid empty for a container that has none
 * @param addresses where the hypervisor knows them; often empty
 * @param node the host it was on, where the source knows
 */
public record Observation(
        String cluster,
        String uuid,
        String vmId,
        List<String> diskIds,
        List<String> macs,
        List<String> addresses,
        Digest configurationHash,
        boolean running,
        Instant seenFrom,
        Instant seenTo,
        Optional<String> node) {

    public Observation {
        diskIds = List.copyOf(diskIds);
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    /** Of a source that does not name its hosts. */
    public Observation(
            String cluster,
            String uuid,
            String vmId,
            List<String> diskIds,
            List<String> macs,
            List<String> addresses,
            Digest configurationHash,
            boolean running,
            Instant seenFrom,
            Instant seenTo) {
        this(
                cluster,
                uuid,
                vmId,
                diskIds,
                macs,
                addresses,
                configurationHash,
                running,
                seenFrom,
                seenTo,
                Optional.empty());
    }

    public boolean covers(Instant first, Instant last) {
        return !first.isBefore(seenFrom) && !last.isAfter(seenTo);
    }

    public boolean has(IpPrefix address) {
        return addresses.stream().map(IpPrefix::parse).anyMatch(own -> own.contains(address));
    }

    /** The same guest with the addresses that the plan routes to it. */
    Observation routed(List<PlannedAddress> own) {
        List<String> all = new ArrayList<>(addresses);
        own.forEach(planned -> all.add(planned.prefix().text()));
        return new Observation(
                cluster, uuid, vmId, diskIds, macs, all, configurationHash, running, seenFrom, seenTo, node);
    }

    /** Whether both are of one guest that did not change in between. */
    boolean sameAs(Observation other) {
        return at(seenFrom).equals(other.at(seenFrom));
    }

    private Observation at(Instant instant) {
        return new Observation(
                cluster, uuid, vmId, diskIds, macs, addresses, configurationHash, running, instant, instant, node);
    }
}
