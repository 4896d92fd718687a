// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * Two officers take a signed list of authorities into their gateway's register. The supervisor's word is the list's own
 * signature.
 *
 * @param list SHA-256 of the list's compact JWS
 */
public record AuthoritiesImport(int v, String type, Digest list, List<String> officers, Instant time, Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "authorities-import";
    public static final int VERSION = 1;

    public AuthoritiesImport {
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an import of authorities of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
