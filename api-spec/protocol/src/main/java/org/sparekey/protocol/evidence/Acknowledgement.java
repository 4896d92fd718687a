// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.time.Instant;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The authority's signed receipt: this is what we opened.
 *
 * @param manifestDigest digest of the manifest's compact JWS
 */
public record Acknowledgement(int v, String type, UUID orderId, Digest manifestDigest, Instant at, Bytes salt) {

    public static final String TYPE = "acknowledgement";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    public Acknowledgement {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an acknowledgement of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
