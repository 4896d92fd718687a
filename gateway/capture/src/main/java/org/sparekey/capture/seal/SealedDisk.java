// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.util.List;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.image.ImageDigests;

/**
 * One disk as it was sealed.
 *
 * @param number from 1, as in the names of its files
 * @param extents how many allocated runs the driver named, {@code extentBytes} their sum
 * @param bytesRead what was in fact read from the disk
 */
public record SealedDisk(
        int number,
        Guest.Disk disk,
        int extents,
        long extentBytes,
        long bytesRead,
        ImageDigests digests,
        List<SealedVolume> volumes) {

    public SealedDisk {
        volumes = List.copyOf(volumes);
    }

    /** The name under which {@code IMAGES.sha256} lists the opened image. */
    public String imageName() {
        return Names.image(number);
    }
}
