// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * Two officers let an order go on, or end, whose row was found behind its log. They sign for exactly one freezing of exactly
 * one order and for what becomes of it, so that their word serves nowhere else and not a second time.
 *
 * @param order the gateway's code of the order
 * @param orderDigest of the order document
 * @param frozen leaf hash of the log entry that says it was frozen; no entry of the case stands behind it yet
 * @param explanation what happened, in the officers' words; no personal data
 */
public record OrderThaw(
        int v,
        String type,
        String order,
        Digest orderDigest,
        Digest frozen,
        ThawOutcome outcome,
        String explanation,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "order-thaw";
    public static final int VERSION = 1;

    /** Name in clear, in the entry of the thaw, of the leaf hash of the freezing that it ends. */
    public static final String FROZEN = "frozen";

    public OrderThaw {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a thaw of an order of version 1");
        }
        if (salt.length() != SALT_BYTES || explanation.isBlank() || explanation.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a salt has 32 bytes, and an explanation 1 to 256 characters");
        }
    }
}
