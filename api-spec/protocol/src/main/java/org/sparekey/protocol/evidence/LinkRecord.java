// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.time.Instant;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * One guest's network links were cut or given back by the gateway's own hand; signed by its statement key.
 *
 * @param attempt 1 to 3
 * @param intentLeaf the entry that announced the act, in a signed checkpoint before anything was touched
 * @param before what the links were before the guest was isolated, in both acts
 * @param after as read back
 * @param others how many other guests of the same hypervisor were looked at, before and after
 * @param othersUnchanged whether none of their links changed meanwhile: by our hand or, which cannot be told apart, by
 *     somebody else's
 */
public record LinkRecord(
        int v,
        String type,
        Act act,
        Digest orderDigest,
        int attempt,
        LocatedAsset asset,
        Digest intentLeaf,
        GuestLinks before,
        GuestLinks after,
        int others,
        boolean othersUnchanged,
        Instant at,
        Bytes salt) {

    public static final String TYPE = "link-record";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    public enum Act {
        ISOLATED,
        RESTORED
    }

    public LinkRecord {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a link record of version 1");
        }
        if (salt.length() != SALT_BYTES || attempt < 1 || others < 0) {
            throw new IllegalArgumentException("a salt has 32 bytes, an attempt a number");
        }
    }

    /** Whether what was read back is what the act promises. */
    public boolean asPromised() {
        return act == Act.ISOLATED ? !after.links().isEmpty() && after.cut() : after.givesBack(before);
    }
}
