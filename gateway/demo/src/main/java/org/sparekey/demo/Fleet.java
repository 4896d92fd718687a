// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.disk.DemoDisk;

/** Three VPSes as image files, each disk a real ext4 file system, in a directory that stands in for a hypervisor. */
final class Fleet {

    static final String CLUSTER = "ams-1";

    /** What the story asks for. */
    static final String SUSPECT = "192.0.2.7";

    /** Rented to somebody else since. */
    static final String MOVED_ON = "192.0.2.8";

    /** Of another reseller, and never asked for. */
    static final String NEIGHBOUR = "192.0.2.21";

    private static final List<Vps> ALL = List.of(
            new Vps("101", SUSPECT, "6f1b1c7e-0000-4000-8000-000000000101", "52:54:00:00:01:01", DemoDisk.SHOP),
            new Vps("102", MOVED_ON, "6f1b1c7e-0000-4000-8000-000000000102", "52:54:00:00:01:02", DemoDisk.MAIL),
            new Vps("103", NEIGHBOUR, "6f1b1c7e-0000-4000-8000-000000000103", "52:54:00:00:01:03", DemoDisk.FORUM));

    private Fleet() {}

    record Vps(String id, String address, String uuid, String mac, DemoDisk disk) {
        String file() {
            return "vps-" + id + ".raw";
        }
    }

    static List<Vps> all() {
        return ALL;
    }

    /** Writes images and description. */
    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Vps vps : ALL) {
            vps.disk().write(directory.resolve(vps.file()));
        }
        List<ImageDirectory.Entry> entries = ALL.stream().map(Fleet::entry).toList();
        Files.write(directory.resolve(ImageDirectory.FILE), Wire.write(new ImageDirectory(1, CLUSTER, entries)));
    }

    private static ImageDirectory.Entry entry(Vps vps) {
        return new ImageDirectory.Entry(
                "vps-" + vps.id(),
                UUID.fromString(vps.uuid()),
                vps.id(),
                Optional.of(true),
                List.of(new ImageDirectory.DiskEntry("vda", "raw", vps.file())),
                List.of(vps.mac()),
                List.of(vps.address()));
    }
}
