// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.libvirt.LibvirtSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which hypervisors the hoster runs.
 *
 * @param driver {@code image} (a directory of image files, for demo and tests) or {@code libvirt}; without one the
 *     gateway knows prefixes only
 * @param image settings of the image-file driver
 * @param libvirt settings of the driver for running guests
 */
@ConfigurationProperties("sparekey.hypervisor")
record HypervisorSettings(
        @Nullable String driver,
        @Nullable Image image,
        @Nullable Libvirt libvirt) {

    HypervisorSettings {
        if (driver != null && !driver.equals("image") && !driver.equals("libvirt")) {
            throw new IllegalArgumentException("sparekey.hypervisor.driver is image or libvirt");
        }
    }

    /** @param directory holds {@code hypervisor.json} and the images */
    record Image(Path directory) {}

    /**
     * As Debian installs libvirt; root or a user of its group.
     *
     * @param cluster the hoster's name for this installation, part of every configuration hash
     * @param workDirectory for scratch and sockets, see {@link LibvirtSettings}
     */
    record Libvirt(String cluster, Path workDirectory) {}

    LibvirtSettings libvirtSettings() {
        if (libvirt == null) {
            throw new IllegalStateException("No libvirt settings: set sparekey.hypervisor.libvirt.cluster and"
                    + " sparekey.hypervisor.libvirt.work-directory for the driver libvirt.");
        }
        return LibvirtSettings.debian(libvirt.cluster(), libvirt.workDirectory());
    }

    Path imageDirectory() {
        if (image == null) {
            throw new IllegalStateException(
                    "No image directory: set sparekey.hypervisor.image.directory for the driver image.");
        }
        return image.directory();
    }
}
