// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * A suspended authority is served again. One officer suspends; this takes two and the supervisor.
 *
 * @param authority id in the register
 * @param suspendedAt which suspension is meant, as the report shows it
 * @param explanation what happened, in the officers' words; no personal data
 */
public record AuthorityResumption(
        int v,
        String type,
        String authority,
        Instant suspendedAt,
        String explanation,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "authority-resumption";
    public static final int VERSION = 1;

    public AuthorityResumption {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a resumption of an authority of version 1");
        }
        if (salt.length() != SALT_BYTES || explanation.isBlank() || explanation.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a salt has 32 bytes, and an explanation 1 to 256 characters");
        }
    }
}
