// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.security.SecureRandom;
import java.util.UUID;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;

/** Who asked for the bundle of an order; payload of the entry with which that bundle ends. */
record BundleRequest(int v, String type, UUID orderId, String party, String person, Bytes salt) {

    static final String TYPE = "bundle-asked";
    private static final int SALT_BYTES = 32;

    static byte[] of(Caller caller, OrderFile order, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new BundleRequest(
                1, TYPE, order.documentId(), caller.party().value(), caller.person(), Bytes.of(salt)));
    }
}
