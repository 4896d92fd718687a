// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which hypervisors the hoster runs.
 *
 * @param driver {@code image} (a directory of image files, for demo and tests) or {@code libvirt}; without one the
 *     gateway knows prefixes only
 * @param image settings of the image-file driver
 */
@ConfigurationProperties("sparekey.hypervisor")
record HypervisorSettings(@Nullable String driver, @Nullable Image image) {

    /** @param directory holds {@code hypervisor.json} and the images */
    record Image(Path directory) {}

    Path imageDirectory() {
        if (image == null) {
            throw new IllegalStateException(
                    "No image directory: set sparekey.hypervisor.image.directory for the driver image.");
        }
        return image.directory();
    }
}
