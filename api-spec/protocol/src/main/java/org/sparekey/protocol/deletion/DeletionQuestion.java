// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;

/**
 * The hoster's own delete path asks, directly before it acts: may I really delete this disk now?
 *
 * @param salt 32 random bytes that the answer repeats: no earlier answer is taken for it
 */
public record DeletionQuestion(int v, String type, Bytes salt) {

    public static final String TYPE = "deletion-question";
    public static final int VERSION = 1;

    public DeletionQuestion {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new FieldFault("/type", "not a deletion question of version 1");
        }
        if (salt.length() != DeletionRequest.SALT_BYTES) {
            throw new FieldFault("/salt", "a salt has 32 bytes");
        }
    }
}
