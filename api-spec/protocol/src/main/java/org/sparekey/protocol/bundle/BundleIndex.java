// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What {@code bundle.json} says: every other member by name and digest. The file is the compact JWS over this, signed by
 * the manifest key.
 *
 * @param gatewayOrigin HTTPS origin of the gateway that made the bundle
 * @param state where the order stood, in the word of the cycle
 * @param at when the bundle was made
 * @param calledBack whether the issuer was called back on the register's number (proof 4)
 */
public record BundleIndex(
        int v,
        String type,
        UUID orderId,
        String gatewayOrigin,
        String state,
        Instant at,
        boolean calledBack,
        Map<String, Digest> members,
        Bytes salt) {

    public static final String TYPE = "bundle";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    public BundleIndex {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a bundle of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        if (members.containsKey(BundleMembers.INDEX)) {
            throw new IllegalArgumentException("a bundle's index does not name itself");
        }
    }

    /** What the index says of these members. */
    public static Map<String, Digest> digests(SortedMap<String, byte[]> members) {
        Map<String, Digest> digests = new TreeMap<>();
        members.forEach((name, bytes) -> digests.put(name, Digest.sha256(bytes)));
        return digests;
    }
}
