// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;

/** Reads the listing: complete, or an exception. */
final class Domains {

    private static final int RUNNING = 1;
    private static final int SHUT_OFF = 5;

    private final Virsh virsh;
    private final String cluster;

    Domains(Virsh virsh, String cluster) {
        this.virsh = virsh;
        this.cluster = cluster;
    }

    List<Guest> all() throws IOException {
        List<String> before = uuids();
        List<Guest> guests = new ArrayList<>();
        for (String uuid : before) {
            guests.add(guest(uuid));
        }
        if (!uuids().equals(before)) {
            throw new CaptureException(
                    CaptureRefusal.HYPERVISOR_FAILED, "a guest came or went while the guests were listed");
        }
        return List.copyOf(guests);
    }

    /** The files behind the disks of every guest but one: what nobody may open in the meantime. */
    List<Path> filesOfOthers(Guest captured) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String uuid : uuids()) {
            if (!uuid.equals(captured.uuid().toString())) {
                DomainXml.parse(virsh.run("dumpxml", uuid)).disks().stream()
                        .filter(disk -> disk.file() && Files.exists(Path.of(disk.id())))
                        .forEach(disk -> files.add(Path.of(disk.id())));
            }
        }
        return files;
    }

    private List<String> uuids() throws IOException {
        return virsh.run("list", "--all", "--uuid")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    private Guest guest(String uuid) throws IOException {
        DomainXml xml = DomainXml.parse(virsh.run("dumpxml", uuid));
        Map<String, String> facts = facts(virsh.run("domstats", "--state", "--block", uuid));
        Guest.State state = state(facts);
        List<Guest.Disk> disks = new ArrayList<>();
        for (DomainXml.Source disk : xml.disks()) {
            disks.add(new Guest.Disk(disk.target(), disk.format(), disk.id(), capacity(uuid, disk.target(), facts)));
        }
        return new Guest(
                LibvirtHypervisor.DRIVER,
                cluster,
                xml.name(),
                xml.uuid(),
                xml.name(),
                state,
                disks,
                xml.macs(),
                List.of());
    }

    /** QEMU's own answer where the guest runs, so that no disk is opened for it. */
    private long capacity(String uuid, String target, Map<String, String> facts) throws IOException {
        for (int i = 0; facts.containsKey("block." + i + ".name"); i++) {
            String capacity = facts.get("block." + i + ".capacity");
            if (target.equals(facts.get("block." + i + ".name")) && capacity != null) {
                return size(capacity);
            }
        }
        return size(facts(virsh.run("domblkinfo", uuid, target)).getOrDefault("Capacity", ""));
    }

    private static long size(String text) throws CaptureException {
        try {
            long size = Long.parseLong(text);
            if (size > 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new CaptureException(CaptureRefusal.HYPERVISOR_FAILED, "a disk without a size", e);
        }
        throw new CaptureException(CaptureRefusal.HYPERVISOR_FAILED, "a disk without a size");
    }

    private static Guest.State state(Map<String, String> facts) {
        int state = Integer.parseInt(facts.getOrDefault("state.state", "0"));
        return switch (state) {
            case RUNNING -> Guest.State.RUNNING;
            case SHUT_OFF -> Guest.State.OFF;
            default -> Guest.State.PAUSED;
        };
    }

    /** Lines of the form {@code name=value} or {@code name: value}. */
    static Map<String, String> facts(String text) {
        Map<String, String> facts = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.strip().split("[=:]", 2);
            if (parts.length == 2) {
                facts.put(parts[0].strip(), parts[1].strip());
            }
        }
        return facts;
    }
}
