// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.util.List;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.Wire;

/**
 * One guest as its hypervisor describes it.
 *
 * @param driver the driver's name; part of the configuration hash
 * @param cluster the hoster's name for the installation
 * @param name what the hypervisor calls it: a label, never an identifier
 * @param vmId the platform's own id, unique in the cluster
 * @param disks every disk the guest can write, in the hypervisor's order
 * @param macs lower case with colons
 * @param addresses IP addresses where the hypervisor knows them; often empty
 */
public record Guest(
        String driver,
        String cluster,
        String name,
        UUID uuid,
        String vmId,
        State state,
        List<Disk> disks,
        List<String> macs,
        List<String> addresses) {

    public Guest {
        disks = List.copyOf(disks);
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    public enum State {
        RUNNING,
        PAUSED,
        OFF
    }

    /**
     * @param target the device in the guest ({@code vda})
     * @param format {@code raw} or {@code qcow2}: how the host stores it
     * @param sourceId the host's identity of the storage: a path, a volume id
     * @param virtualSize bytes that the guest sees
     */
    public record Disk(String target, String format, String sourceId, long virtualSize) {
        public Disk {
            if (virtualSize <= 0) {
                throw new IllegalArgumentException("a disk has at least one byte");
            }
        }
    }

    /** The named stable fields of 9-formats, "Approval"; what a reboot or a migration inside the cluster leaves alone. */
    public record Configuration(String driver, String cluster, String uuid, String vmId, List<Disk> disks) {}

    public Configuration configuration() {
        return new Configuration(driver, cluster, uuid.toString(), vmId, disks);
    }

    /** What two officers approve and what is compared again before and after the capture. */
    public Digest configurationHash() {
        return Digest.of(Domain.CONFIG, Wire.write(configuration()));
    }
}
