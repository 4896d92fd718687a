// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * How far an enrolment is.
 *
 * @param state invited, claimed, signed, waiting, in-force, expired or burnt
 * @param code the one-time code, in the answer to the invitation only and never again
 * @param expiresAt until when the code may be used
 * @param claim SHA-256 of what the claimed keys signed
 * @param facts SHA-256 of the reseller's entry that comes with it, all zero where none does
 * @param keys the claimed keys: their fingerprints are read out by telephone before anybody signs
 * @param supervisor whether the supervisor has to sign beside two officers
 * @param inForceAt from when on the keys count, once that is known
 */
public record EnrolmentStatus(
        String enrolment,
        String state,
        Optional<String> code,
        Instant expiresAt,
        String party,
        String person,
        String role,
        Optional<Digest> claim,
        Digest facts,
        List<ClaimedKey> keys,
        boolean supervisor,
        Optional<Instant> inForceAt) {

    public EnrolmentStatus {
        keys = List.copyOf(keys);
    }

    /** @param fingerprint key id in groups of hex, as the holder's own tool shows it */
    public record ClaimedKey(KeyUse use, Digest keyId, String fingerprint) {

        public static ClaimedKey of(EnrolmentClaim.Key key) {
            return new ClaimedKey(key.use(), key.keyId(), groups(key.keyId()));
        }
    }

    /** A key id in hex, in groups of four: what is read out. */
    public static String groups(Digest keyId) {
        return keyId.hex().replaceAll("(.{4})(?=.)", "$1 ");
    }

    @Override
    public String toString() {
        return "EnrolmentStatus[" + enrolment + " " + state + "]";
    }
}
