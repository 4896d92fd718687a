// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * {@code authorities.jws}: authorities with their units, call-back numbers, roles and certificates, as the supervisor
 * signed them once for many hosters.
 *
 * @param salt 32 random bytes
 */
public record AuthorityList(int v, String type, Instant issuedAt, List<AuthorityEntry> authorities, Bytes salt) {

    public static final String TYPE = "authority-list";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    public AuthorityList {
        authorities = List.copyOf(authorities);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an authority list of version 1");
        }
        if (authorities.isEmpty() || authorities.size() > PartyList.MAX_AUTHORITIES) {
            throw new IllegalArgumentException("a list has 1 to 100 authorities");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        Name.distinct(authorities.stream().map(AuthorityEntry::id).toList(), "an id is used once in the list");
        Name.distinct(
                authorities.stream()
                        .flatMap(authority -> authority.persons().stream())
                        .flatMap(person -> person.keys().stream())
                        .map(KeyEnrolment::keyId)
                        .toList(),
                "a key is enrolled once, for one holder and one use");
    }
}
