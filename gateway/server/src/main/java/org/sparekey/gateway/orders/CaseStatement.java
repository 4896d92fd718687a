// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/** The gateway's own words about an order, where no document of an actor is the payload; its JCS bytes are. */
record CaseStatement(int v, String type, UUID orderId, Digest orderDigest, Map<String, String> facts) {

    private static final int VERSION = 1;

    static byte[] bytes(OrderStatement says, OrderRow.Filed filed, Map<String, String> facts) {
        return Wire.write(
                new CaseStatement(VERSION, says.type(), filed.documentId(), filed.digest(), new TreeMap<>(facts)));
    }
}
