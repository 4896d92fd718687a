// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * Two officers let through what one party terminated in one day beyond the usual number. Only the deletions that are named
 * go on, and each of them still waits for its grace and for whatever holds it.
 *
 * @param group which day of which party, as the gateway lists it
 * @param deletions codes of those that go on
 * @param explanation why so many, in the officers' words; no personal data
 */
public record BulkDeletion(
        int v,
        String type,
        String group,
        List<String> deletions,
        String explanation,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "bulk-deletion";
    public static final int VERSION = 1;
    public static final int MOST_DELETIONS = 1_000;

    public BulkDeletion {
        deletions = List.copyOf(deletions);
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a bulk deletion of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        if (deletions.isEmpty()
                || deletions.size() > MOST_DELETIONS
                || new HashSet<>(deletions).size() != deletions.size()) {
            throw new IllegalArgumentException("1 to " + MOST_DELETIONS + " different deletions");
        }
        if (explanation.isBlank() || explanation.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("an explanation has 1 to " + MAX_TEXT_CHARS + " characters");
        }
    }
}
