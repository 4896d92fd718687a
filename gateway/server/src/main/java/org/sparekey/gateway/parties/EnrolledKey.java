// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;

/**
 * A key and its holder. What is enrolled is the key; the certificate carries it.
 *
 * @param keyId {@code KeyId} of the SPKI
 * @param from the first instant it may be used at
 * @param until the first instant it may not be used at any more
 * @param revokedAt from when on it is refused, whatever {@code until} says
 */
public record EnrolledKey(
        Digest keyId,
        KeyUse use,
        PartyId party,
        String person,
        Role role,
        List<Scope> scopes,
        X509Certificate certificate,
        Instant from,
        Instant until,
        Optional<Instant> revokedAt) {

    public EnrolledKey {
        scopes = List.copyOf(scopes);
    }

    public PublicKey publicKey() {
        return certificate.getPublicKey();
    }

    /** Whether it could be used at that instant, as far as is known now. */
    public boolean activeAt(Instant instant) {
        return !instant.isBefore(from)
                && instant.isBefore(until)
                && revokedAt.map(instant::isBefore).orElse(true);
    }

    /** As the checks of protocol read it. */
    public EnrolledSigner signer() {
        return new EnrolledSigner(party.value(), person, role.name(), keyId, from, until, revokedAt);
    }

    /** Whether both keys are of one person of one party. */
    public boolean sameHolder(EnrolledKey other) {
        return party.equals(other.party) && person.equals(other.person);
    }
}
