// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * Line 1 of a batch, as a signed document; the records follow, one JCS line each.
 *
 * @param seq 1, 2, 3... per reseller, so that a dropped or reordered batch is noticed
 * @param count records that follow, 1 to 10,000
 * @param root RFC 6962 root over the raw line bytes without LF
 */
public record BatchHeader(int v, String type, String reseller, long seq, int count, Digest root, Bytes salt) {

    public static final String TYPE = "registration-batch";
    public static final int MAX_RECORDS = 10_000;

    public BatchHeader {
        if (v != 1 || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a registration batch of version 1");
        }
        if (seq < 1 || count < 1 || count > MAX_RECORDS) {
            throw new IllegalArgumentException("a batch has a number from 1 on and 1 to 10000 records");
        }
        if (salt.length() != RegistrationRecord.SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
