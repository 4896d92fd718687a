// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What is signed for before keys count: this party, this person, this role, and exactly the keys whose fingerprints were
 * read out by telephone. Two officers sign; for whoever can order, approve or watch, the supervisor signs too.
 *
 * @param enrolment the gateway's code of the enrolment, such as {@code ENR-7Q4F-2KX9}
 * @param claim SHA-256 of the claim that every key signed
 * @param facts SHA-256 of what else is enrolled with it (a reseller's entry), all zero where nothing is
 * @param keys key ids, in the claim's order
 */
public record EnrolmentDecision(
        int v,
        String type,
        String enrolment,
        String party,
        String person,
        String role,
        Digest claim,
        Digest facts,
        List<Digest> keys,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "enrolment-decision";
    public static final int VERSION = 1;

    public EnrolmentDecision {
        keys = List.copyOf(keys);
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an enrolment decision of version 1");
        }
        if (salt.length() != SALT_BYTES || keys.isEmpty()) {
            throw new IllegalArgumentException("a salt has 32 bytes, and something is enrolled");
        }
    }
}
