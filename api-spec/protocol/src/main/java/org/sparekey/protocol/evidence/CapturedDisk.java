// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * One disk of the copy.
 *
 * @param number its place in the guest's order; {@code NN} of the file names
 * @param target the device in the guest, such as {@code vda}
 * @param sourceId the host's identity of the storage, as approved
 * @param format how the host stores it: {@code raw} or {@code qcow2}
 * @param virtualSize bytes that the guest sees; the decrypted image has exactly as many
 * @param extents number of allocated runs
 * @param extentBytes bytes in them
 * @param bytesRead bytes that were read from the disk; the rest was known to be zero
 * @param image SHA-256 of the whole decrypted image
 * @param treeRoot RFC 6962 root over its 1 MiB leaves
 * @param volumes in order, without a gap, together the whole image
 */
public record CapturedDisk(
        int number,
        String target,
        String sourceId,
        String format,
        long virtualSize,
        long extents,
        long extentBytes,
        long bytesRead,
        Digest image,
        Digest treeRoot,
        List<CapturedVolume> volumes) {

    public CapturedDisk {
        volumes = List.copyOf(volumes);
        if (number < 0 || number > EvidenceFolder.MAX_DISK) {
            throw new IllegalArgumentException("a disk's number is between 0 and 99");
        }
        if (virtualSize <= 0 || extents < 0 || extentBytes < 0 || bytesRead < 0) {
            throw new IllegalArgumentException("sizes of a disk are not negative");
        }
        if (!contiguous(volumes, virtualSize)) {
            throw new IllegalArgumentException("volumes follow each other from 0 to the end of the image");
        }
    }

    private static boolean contiguous(List<CapturedVolume> volumes, long virtualSize) {
        long at = 0;
        int number = volumes.isEmpty() ? 0 : volumes.get(0).number();
        for (CapturedVolume volume : volumes) {
            if (volume.offset() != at || volume.number() != number++) {
                return false;
            }
            at += volume.length();
        }
        return at == virtualSize;
    }
}
