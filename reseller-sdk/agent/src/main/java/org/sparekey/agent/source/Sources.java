// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sparekey.client.Vps;
import org.sparekey.protocol.registration.CaptureMeans;

/** Opens sources of one cluster. The file beside a hypervisor is read anew at each opening. */
public final class Sources {

    private final String cluster;
    private final CaptureMeans captureMeans;
    private final InstantSource clock;

    public Sources(String cluster, CaptureMeans captureMeans, InstantSource clock) {
        this.cluster = cluster;
        this.captureMeans = captureMeans;
        this.clock = clock;
    }

    public Source csv(Path file) {
        return new CsvSource(file, cluster);
    }

    /** @param command the virsh to run, by name or path */
    public Source libvirt(String command, String uri, Optional<Path> file) throws IOException, SourceException {
        return new LibvirtSource(new Virsh(command, uri), joining(file), clock);
    }

    public Source proxmox(ProxmoxSettings settings, Optional<Path> file) throws IOException, SourceException {
        return new ProxmoxSource(ProxmoxApi.open(settings), joining(file), clock);
    }

    private Joining joining(Optional<Path> file) throws IOException, SourceException {
        List<Vps> machines =
                file.isPresent() ? new CsvSource(file.get(), cluster).list().machines() : List.of();
        return new Joining(cluster, captureMeans, machines);
    }
}
