// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.CaseTeam;

/** To whom an order's evidence is sealed: the enrolled case team it names, and the authority's recovery certificate. */
final class Recipients {

    private final Parties parties;

    Recipients(Parties parties) {
        this.parties = parties;
    }

    /** Empty when the issuing authority has not enrolled that team; never taken from the order itself. */
    Optional<List<X509Certificate>> of(OrderDocument order) {
        return parties.authority(new PartyId(order.issuer().authority()))
                .flatMap(authority -> authority.caseTeams().stream()
                        .filter(team -> team.id().equals(order.deliverTo()))
                        .findFirst()
                        .map(team -> certificates(authority, team)));
    }

    static List<Digest> keyIds(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> KeyId.of(certificate.getPublicKey()))
                .distinct()
                .sorted(java.util.Comparator.comparing(Digest::base64url))
                .toList();
    }

    private static List<X509Certificate> certificates(AuthorityEntry authority, CaseTeam team) {
        List<X509Certificate> certificates = new ArrayList<>(team.x509());
        certificates.add(authority.recoveryX509());
        return List.copyOf(certificates);
    }
}
