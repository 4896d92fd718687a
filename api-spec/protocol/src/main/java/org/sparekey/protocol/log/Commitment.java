// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;

/**
 * What an entry holds instead of its payload: SHA-256(domain payload || 32 random bytes || payload). Without the random
 * bytes nobody can try out candidates; once they and the payload are erased, the digest says nothing any more.
 */
public record Commitment(Digest commitment) {

    public static final int SALT_BYTES = 32;

    /** @param salt 32 fresh random bytes, used for nothing else */
    public static Commitment to(Bytes salt, byte[] payload) {
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a commitment's salt has 32 bytes");
        }
        return new Commitment(Digest.of(Domain.PAYLOAD, salt.array(), payload));
    }

    /** Whether these are the salt and the payload that were committed to. */
    public boolean opens(Bytes salt, byte[] payload) {
        return salt.length() == SALT_BYTES && to(salt, payload).equals(this);
    }
}
