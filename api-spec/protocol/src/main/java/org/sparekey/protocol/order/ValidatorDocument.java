// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The validator's authorisation (the rechter-commissaris's machtiging) of exactly one signed order.
 *
 * @param orderDigest digest of the order's compact JWS
 */
public record ValidatorDocument(
        int v, String type, Digest orderDigest, String role, String reference, Instant at, Bytes salt) {

    public static final String TYPE = "order-validation";
    public static final int VERSION = 1;

    public ValidatorDocument {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an order validation of version 1");
        }
        if (salt.length() != OrderDocument.SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
