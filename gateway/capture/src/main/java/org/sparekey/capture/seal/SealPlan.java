// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.util.OptionalLong;
import org.sparekey.protocol.image.ImageHash;

/**
 * How the sealed copy is cut and compressed.
 *
 * @param volumeBytes plaintext bytes of one volume: whole leaves, at most 4 GiB
 * @param zstdLevel 1 to 19
 * @param bytesPerSecond what is read of the guest's disks at most; empty: as fast as it goes
 */
public record SealPlan(long volumeBytes, int zstdLevel, OptionalLong bytesPerSecond) {

    public static final long DEFAULT_VOLUME_BYTES = 1L << 30;
    public static final long MAX_VOLUME_BYTES = 4L << 30;

    /** The fastest level: the seal must keep up with the disk, and the copy is not kept for long. */
    public static final int DEFAULT_ZSTD_LEVEL = 1;

    private static final int MAX_ZSTD_LEVEL = 19;

    public SealPlan {
        if (volumeBytes < ImageHash.LEAF_BYTES
                || volumeBytes > MAX_VOLUME_BYTES
                || volumeBytes % ImageHash.LEAF_BYTES != 0) {
            throw new IllegalArgumentException("a volume holds whole leaves of 1 MiB, at most 4 GiB");
        }
        if (zstdLevel < 1 || zstdLevel > MAX_ZSTD_LEVEL) {
            throw new IllegalArgumentException("zstd levels go from 1 to " + MAX_ZSTD_LEVEL);
        }
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < ImageHash.LEAF_BYTES) {
            throw new IllegalArgumentException("below 1 MiB a second a capture does not end");
        }
    }

    /** As fast as it goes. */
    public SealPlan(long volumeBytes, int zstdLevel) {
        this(volumeBytes, zstdLevel, OptionalLong.empty());
    }

    public static SealPlan standard() {
        return new SealPlan(DEFAULT_VOLUME_BYTES, DEFAULT_ZSTD_LEVEL);
    }
}
