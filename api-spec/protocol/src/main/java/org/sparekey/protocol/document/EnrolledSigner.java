// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * A document key as it is enrolled: what the gateway reads from its register and a verifier from its trust file.
 *
 * @param party id of the authority or reseller, or the hoster for officers
 * @param person number within the party
 * @param role such as PROSECUTOR, JUDGE or OFFICER
 * @param from when the key came into force, inclusive
 * @param until when it ends, exclusive
 * @param revokedAt from then on it counts for nothing
 */
public record EnrolledSigner(
        String party,
        String person,
        String role,
        Digest keyId,
        Instant from,
        Instant until,
        Optional<Instant> revokedAt) {

    public boolean inForce(Instant at) {
        return !at.isBefore(from)
                && at.isBefore(until)
                && revokedAt.filter(revoked -> !at.isBefore(revoked)).isEmpty();
    }

    /** One person, whatever key he signs with. */
    public boolean samePerson(EnrolledSigner other) {
        return party.equals(other.party) && person.equals(other.person);
    }
}
