// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/**
 * Why an officer refuses. His signed statement commits to it by digest, so that it can be shown, or erased, apart.
 *
 * @param text for the authority to read; no facts of another customer
 * @param salt 32 random bytes: the digest stands in what many see
 */
public record RefusalReason(int v, String type, RefusalGround ground, String text, Bytes salt) {

    public static final String TYPE = "refusal-reason";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    public static final int MAX_TEXT_CHARS = 2_000;

    public RefusalReason {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a refusal reason of version 1");
        }
        if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a reason has 1 to 2000 characters");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }

    /** What the officer's statement commits to. */
    public Digest digest() {
        return Digest.sha256(Wire.write(this));
    }
}
