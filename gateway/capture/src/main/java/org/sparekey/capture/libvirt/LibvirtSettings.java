// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.nio.file.Path;

/**
 * Where libvirt is and where its scratch goes.
 *
 * @param uri as {@code virsh -c} takes it
 * @param cluster the hoster's name for this installation
 * @param workDirectory for scratch and sockets: on a file system mounted before the guests started, encrypted with a
 *     one-time key, reachable (o+x) for QEMU's user, a short path; one process at a time uses it
 * @param qemuUser whom QEMU runs as
 * @param scratchPercent free space demanded before a capture, in percent of the disks' virtual size
 */
public record LibvirtSettings(
        String uri, String cluster, Path workDirectory, Path virsh, String qemuUser, int scratchPercent) {

    public static final String SYSTEM = "qemu:///system";

    /** A guest that rewrites its whole disk during the capture still does not fill this. */
    public static final int DEFAULT_SCRATCH_PERCENT = 100;

    /** As Debian installs it. */
    public static LibvirtSettings debian(String cluster, Path workDirectory) {
        return new LibvirtSettings(
                SYSTEM, cluster, workDirectory, Path.of("/usr/bin/virsh"), "libvirt-qemu", DEFAULT_SCRATCH_PERCENT);
    }

    /** Enough to list, nothing to capture with. */
    public static LibvirtSettings listing(String uri, String cluster) {
        return new LibvirtSettings(
                uri,
                cluster,
                Path.of("/nonexistent"),
                Path.of("/usr/bin/virsh"),
                "libvirt-qemu",
                DEFAULT_SCRATCH_PERCENT);
    }
}
