// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CRLHolder;
import org.sparekey.protocol.timestamp.TimeStampFault;

/**
 * What the revocation lists inside a token say of the certificate that signed it (RFC 5652 section 5.1, {@code crls}; they stand
 * beside what is signed, so that they can be added later). RFC 3161 section 4: a key that was given up, or nobody said why, stamps
 * nothing for ever; one that only ceased to be used stamped what it stamped before.
 */
final class StampRevocation {

    private static final Set<CRLReason> ONLY_FROM_THEN_ON = EnumSet.of(
            CRLReason.UNSPECIFIED,
            CRLReason.AFFILIATION_CHANGED,
            CRLReason.SUPERSEDED,
            CRLReason.CESSATION_OF_OPERATION);

    private StampRevocation() {}

    /**
     * @param issuer key of the certificate above the signer's, on the path to the trusted root; a list that it did not sign
     *     says nothing
     */
    static void require(X509Certificate signer, PublicKey issuer, Collection<X509CRLHolder> lists, Date at)
            throws RefusedException {
        for (X509CRLHolder each : lists) {
            Optional<X509CRLEntry> entry = list(each, signer, issuer).map(list -> list.getRevokedCertificate(signer));
            if (entry.isPresent()) {
                // Without a reason the entry has none to be harmless for.
                boolean later = entry.get().getRevocationReason() != null
                        && ONLY_FROM_THEN_ON.contains(entry.get().getRevocationReason())
                        && entry.get().getRevocationDate().after(at);
                RefusedException.require(later, TimeStampFault.CERTIFICATE_REVOKED);
            }
        }
    }

    private static Optional<X509CRL> list(X509CRLHolder holder, X509Certificate signer, PublicKey issuer) {
        try {
            X509CRL list = (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(holder.getEncoded()));
            list.verify(issuer);
            return list.getIssuerX500Principal().equals(signer.getIssuerX500Principal())
                    ? Optional.of(list)
                    : Optional.empty();
        } catch (GeneralSecurityException | IOException anothersOrNone) {
            return Optional.empty();
        }
    }
}
