// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.util.List;
import org.sparekey.protocol.json.Digest;

/** What the gateway offers of a delivery ({@code EvidenceList} of openapi.yaml). */
record DeliveryListing(String orderId, int attempt, Digest manifestDigest, boolean timeStamped, List<Offered> files) {

    DeliveryListing {
        files = List.copyOf(files);
    }

    record Offered(String name, long length, Digest sha256) {}
}
