// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.agent.source.ProxmoxSettings;
import org.sparekey.agent.source.Source;
import org.sparekey.agent.source.SourceException;
import org.sparekey.agent.source.Sources;
import org.sparekey.protocol.registration.CaptureMeans;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the machines are listed. */
@NullUnmarked
final class SourceOptions {

    enum Kind {
        CSV,
        LIBVIRT,
        PROXMOX
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--source", required = true, paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind;

    @Option(
            names = "--cluster",
            required = true,
            paramLabel = "NAME",
            description = "where the machines run, by the name the hoster uses")
    private String cluster;

    @Option(
            names = "--file",
            paramLabel = "CSV",
            description = "ip,vm,customerRef,validFrom; with a hypervisor: whose its guests are, and their addresses")
    private Path file;

    @Option(
            names = "--capture",
            paramLabel = "MEANS",
            defaultValue = "HOSTER",
            description = "who could copy a disk there: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private CaptureMeans capture;

    @Option(
            names = "--libvirt-uri",
            paramLabel = "URI",
            defaultValue = "qemu:///system",
            description = "default: ${DEFAULT-VALUE}")
    private String libvirtUri;

    @Option(
            names = "--virsh",
            paramLabel = "COMMAND",
            defaultValue = "virsh",
            description = "default: ${DEFAULT-VALUE}")
    private String virsh;

    @Option(names = "--proxmox-url", paramLabel = "URL", description = "https://host:8006")
    private URI proxmoxUrl;

    @Option(names = "--proxmox-token", paramLabel = "FILE", description = "file with USER@REALM!TOKENID=SECRET")
    private Path proxmoxToken;

    @Option(names = "--proxmox-ca", paramLabel = "FILE", description = "PEM; no other certificate is trusted")
    private Path proxmoxCa;

    Source open(Surroundings around) throws IOException, SourceException {
        Sources sources = new Sources(cluster, capture, around.clock());
        if (kind == Kind.CSV) {
            return sources.csv(needed(file, "--file"));
        }
        if (kind == Kind.LIBVIRT) {
            return sources.libvirt(virsh, libvirtUri, java.util.Optional.ofNullable(file));
        }
        ProxmoxSettings settings = new ProxmoxSettings(
                needed(proxmoxUrl, "--proxmox-url"),
                needed(proxmoxToken, "--proxmox-token"),
                needed(proxmoxCa, "--proxmox-ca"));
        return sources.proxmox(settings, java.util.Optional.ofNullable(file));
    }

    private <T> T needed(T value, String option) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "--source " + kind + " needs " + option);
        }
        return value;
    }
}
