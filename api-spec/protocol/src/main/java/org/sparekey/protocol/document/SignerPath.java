// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way from a signer's certificate to a root of his authority, over the authorities of certificates that are enrolled and
 * no others: what arrives in a message is no step of it. The JDK's PKIX validation (RFC 5280 section 6) judges it, and
 * every certificate on it is asked for revocation by the one above it.
 */
final class SignerPath {

    private static final int MAX_STEPS = 5;

    private SignerPath() {}

    /** Empty when the path holds. */
    static Optional<DocumentVerdict> fault(X509Certificate leaf, DocumentCheck.Trust trust, Instant at) {
        try {
            List<X509Certificate> steps = steps(leaf, trust);
            X509Certificate anchor = anchor(steps, trust, at);
            boolean unknown = false;
            for (int i = 0; i < steps.size(); i++) {
                X509Certificate issuer = i + 1 < steps.size() ? steps.get(i + 1) : anchor;
                Revocation.Status status = Revocation.of(steps.get(i), issuer, trust, at);
                if (status == Revocation.Status.REVOKED) {
                    return refused(DocumentFault.CERTIFICATE_REVOKED);
                }
                unknown |= status == Revocation.Status.UNKNOWN;
            }
            return unknown ? Optional.of(new DocumentVerdict.RevocationUnknown()) : Optional.empty();
        } catch (CertPathValidatorException e) {
            boolean validity = e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID;
            return refused(validity ? DocumentFault.CERTIFICATE_EXPIRED : DocumentFault.PATH_INVALID);
        } catch (GeneralSecurityException e) {
            return refused(DocumentFault.PATH_INVALID);
        }
    }

    private static Optional<DocumentVerdict> refused(DocumentFault fault) {
        return Optional.of(new DocumentVerdict.Refused(fault));
    }

    private static List<X509Certificate> steps(X509Certificate leaf, DocumentCheck.Trust trust) {
        List<X509Certificate> steps = new ArrayList<>(List.of(leaf));
        for (int i = 1; i < MAX_STEPS; i++) {
            X509Certificate last = steps.get(steps.size() - 1);
            Optional<X509Certificate> next = trust.intermediates().stream()
                    .filter(above -> !steps.contains(above) && Certificates.issued(above, last))
                    .findFirst();
            if (next.isEmpty()) {
                return steps;
            }
            steps.add(next.get());
        }
        return steps;
    }

    private static X509Certificate anchor(List<X509Certificate> steps, DocumentCheck.Trust trust, Instant at)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = trust.anchors().stream()
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            throw new CertPathValidatorException("no root is enrolled");
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setDate(Date.from(at));
        parameters.setRevocationEnabled(false);
        PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(steps), parameters);
        return result.getTrustAnchor().getTrustedCert();
    }
}
