// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import java.util.List;
import java.util.Optional;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.Wire;

/**
 * A guest or container as a listing names it: enough to compare, not enough to capture.
 *
 * @param node the host it is on, where the source knows
 * @param name a label, never an identifier
 * @param vmId the platform's own id; it may be used again after the guest is gone
 * @param uuid lower case; clones may share it
 * @param diskIds the host's identities of its storage
 * @param macs lower case with colons
 * @param addresses addresses and prefixes in canonical form, where the source knows them
 */
public record ListedGuest(
        Kind kind,
        String cluster,
        Optional<String> node,
        String name,
        String vmId,
        Optional<String> uuid,
        boolean running,
        List<String> diskIds,
        List<String> macs,
        List<String> addresses,
        Digest configurationHash) {

    public enum Kind {
        VM,
        CONTAINER
    }

    public ListedGuest {
        diskIds = List.copyOf(diskIds);
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    /** What a driver that can also capture says of its guest; the hash is the one that officers approve. */
    static ListedGuest of(Guest guest) {
        return new ListedGuest(
                Kind.VM,
                guest.cluster(),
                Optional.empty(),
                guest.name(),
                guest.vmId(),
                Optional.of(guest.uuid().toString()),
                guest.state() == Guest.State.RUNNING,
                guest.disks().stream().map(Guest.Disk::sourceId).toList(),
                guest.macs(),
                guest.addresses(),
                guest.configurationHash());
    }

    /** What of a listed guest stays while it is the same guest: neither its node nor its addresses. */
    record Stable(String source, String cluster, String uuid, String vmId, List<String> diskIds, List<String> macs) {

        /** Never equal to the hash of a guest that a capture driver describes: the source is part of it. */
        Digest hash() {
            return Digest.of(Domain.CONFIG, Wire.write(this));
        }
    }

    /** What a source that cannot capture says. */
    public static ListedGuest of(
            String source,
            Kind kind,
            String cluster,
            Optional<String> node,
            String name,
            String vmId,
            Optional<String> uuid,
            boolean running,
            Identifiers identifiers) {
        Stable stable = new Stable(source, cluster, uuid.orElse(""), vmId, identifiers.diskIds(), identifiers.macs());
        return new ListedGuest(
                kind,
                cluster,
                node,
                name,
                vmId,
                uuid,
                running,
                identifiers.diskIds(),
                identifiers.macs(),
                identifiers.addresses(),
                stable.hash());
    }
}
