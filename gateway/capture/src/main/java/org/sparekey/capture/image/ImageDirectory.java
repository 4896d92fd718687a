// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The description beside the images, {@code hypervisor.json}:
 * {@code {"v":1,"cluster":"ams-1","guests":[{"name":"shop","uuid":"...","vmId":"101",
 * "disks":[{"target":"vda","format":"raw","file":"shop.raw"}],"macs":["52:54:00:00:00:01"],"addresses":["192.0.2.7"]}]}}
 */
public record ImageDirectory(int v, String cluster, List<Entry> guests) {

    /** Its name in the directory. */
    public static final String FILE = "hypervisor.json";

    static final int MAX_GUESTS = 10_000;
    static final int MAX_DISKS = 32;
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");

    public ImageDirectory {
        guests = List.copyOf(guests);
        Set<String> ids = new HashSet<>();
        for (Entry guest : guests) {
            if (!ids.add(guest.vmId()) || !ids.add(guest.uuid().toString())) {
                throw new IllegalArgumentException("two guests with one id");
            }
        }
        if (v != 1 || cluster.isBlank() || guests.size() > MAX_GUESTS) {
            throw new IllegalArgumentException("not a description of version 1");
        }
    }

    /** @param running what the inventory shall show; off when absent */
    public record Entry(
            String name,
            UUID uuid,
            String vmId,
            Optional<Boolean> running,
            List<DiskEntry> disks,
            List<String> macs,
            List<String> addresses) {
        public Entry {
            if (vmId.isBlank() || disks.isEmpty() || disks.size() > MAX_DISKS) {
                throw new IllegalArgumentException("a guest has an id and 1 to " + MAX_DISKS + " disks");
            }
        }
    }

    /** @param file a plain name in the same directory: a description must not reach outside */
    public record DiskEntry(String target, String format, String file) {
        public DiskEntry {
            if (!FILE_NAME.matcher(file).matches() || target.isBlank()) {
                throw new IllegalArgumentException("a disk has a target and a plain file name");
            }
        }
    }
}
