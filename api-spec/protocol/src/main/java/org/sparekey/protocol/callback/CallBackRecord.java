// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What an officer signs after he has called: whom, on which number of the register, about which order, and what was said.
 *
 * @param orderDigest digest of the order's compact JWS
 * @param authority id of the authority whose number was called
 * @param number as the register has it; never one that came with the order
 * @param code what was said; absent where the order was denied
 * @param officer the officer's number
 */
public record CallBackRecord(
        int v,
        String type,
        Digest orderDigest,
        CallBackSubject subject,
        String authority,
        String number,
        CallBackOutcome outcome,
        Optional<String> code,
        String officer,
        Instant at,
        Bytes salt) {

    public static final String TYPE = "call-back";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    private static final int MAX_TEXT_CHARS = 200;

    public CallBackRecord {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a call-back of version 1");
        }
        if (salt.length() != SALT_BYTES || number.isBlank() || number.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a salt has 32 bytes, and a number is named");
        }
        if ((outcome == CallBackOutcome.CONFIRMED) != code.isPresent()) {
            throw new IllegalArgumentException("whoever confirms says the code");
        }
    }
}
