// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * What may be fetched of an order.
 *
 * @param manifestDigest what the acknowledgement names
 * @param timeStamped false while no authority has stamped the manifest: then it says only when the gateway says it was
 * @param files by name
 */
public record DeliveryList(
        String orderId, int attempt, Digest manifestDigest, boolean timeStamped, List<DeliveredFile> files) {

    public DeliveryList {
        files = List.copyOf(files);
    }

    /**
     * @param length bytes
     * @param sha256 of the file as it is stored; its strong ETag is the same in hex
     */
    public record DeliveredFile(String name, long length, Digest sha256) {}
}
