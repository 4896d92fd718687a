// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.EnrolmentStatus.ClaimedKey;
import org.sparekey.protocol.party.Invitation;

/**
 * One enrolment as it is stored.
 *
 * @param facts of a new reseller, JCS
 * @param codeDigest see {@code EnrolmentCode.boundTo}
 * @param claim the request without its code, JCS
 * @param inForceAt when the keys begin or began to count
 * @param oldUntil when the keys that these replace are revoked
 */
record EnrolmentRow(
        String enrolment,
        Kind kind,
        PartyId party,
        String person,
        Role role,
        Optional<byte[]> facts,
        Optional<Digest> codeDigest,
        int tries,
        EnrolmentState state,
        Instant expiresAt,
        Optional<byte[]> claim,
        Optional<Digest> claimDigest,
        Optional<Digest> awaitedLeaf,
        Optional<Instant> inForceAt,
        Optional<Instant> oldUntil) {

    private static final Digest NO_FACTS = Digest.of(new byte[Digest.LENGTH_BYTES]);

    enum Kind {
        INVITATION,
        ROTATION
    }

    /** The claimed keys; none before the claim. */
    List<EnrolmentClaim.Key> keys() {
        return proven().map(proven -> proven.claim().keys()).orElse(List.of());
    }

    /** The old key that signed beside the new ones, in a rotation. */
    Optional<Digest> vouching() {
        return proven().flatMap(EnrolmentRequest.Proven::vouching);
    }

    private Optional<EnrolmentRequest.Proven> proven() {
        try {
            return claim.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Wire.read(claim.get(), EnrolmentRequest.class).proven());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored claim cannot be read", e);
        }
    }

    Optional<Invitation.ResellerFacts> reseller() {
        try {
            return facts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Wire.read(facts.get(), Invitation.ResellerFacts.class));
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored invitation cannot be read", e);
        }
    }

    Digest factsDigest() {
        return facts.map(Digest::sha256).orElse(NO_FACTS);
    }

    /** @param code in the answer to the invitation only */
    EnrolmentStatus status(Optional<String> code) {
        return new EnrolmentStatus(
                enrolment,
                state.word(),
                code,
                expiresAt,
                party.value(),
                person,
                role.name(),
                claimDigest,
                factsDigest(),
                keys().stream().map(ClaimedKey::of).toList(),
                EnrolmentDecisions.supervised(kind, role),
                inForceAt);
    }
}
