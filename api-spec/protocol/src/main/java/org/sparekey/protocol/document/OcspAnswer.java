// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** Of which certificate a responder's answer speaks, as of when, and whether it says anything. */
public final class OcspAnswer {

    /** How a certificate is named in an answer (RFC 5019 section 2.1.1); it protects nothing. */
    private static final AlgorithmIdentifier NAMES = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);

    private OcspAnswer() {}

    /**
     * Whether an answer says "good" or "revoked" of this certificate in the name of its issuer and in time. One about another
     * certificate, of another responder, too old, or "unknown" is the same as none.
     *
     * @param der OCSPResponse
     */
    public static boolean settles(byte[] der, X509Certificate certificate, X509Certificate issuer, Instant at) {
        return isAbout(der, certificate, issuer)
                && Revocation.answered(der, certificate, issuer, at) != Revocation.Status.UNKNOWN;
    }

    /** Since when it is known to be so, by the answer; empty for an answer about another certificate. */
    public static Optional<Instant> thisUpdate(byte[] der, X509Certificate certificate, X509Certificate issuer) {
        return about(der, certificate, issuer)
                .map(single -> single.getThisUpdate().toInstant());
    }

    static boolean isAbout(byte[] der, X509Certificate certificate, X509Certificate issuer) {
        return about(der, certificate, issuer).isPresent();
    }

    private static Optional<SingleResp> about(byte[] der, X509Certificate certificate, X509Certificate issuer) {
        try {
            if (!(new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp basic)) {
                return Optional.empty();
            }
            DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
            for (SingleResp single : Arrays.asList(basic.getResponses())) {
                if (single.getCertID().getSerialNumber().equals(certificate.getSerialNumber())
                        && single.getCertID().getHashAlgOID().equals(NAMES.getAlgorithm())
                        && single.getCertID().matchesIssuer(new JcaX509CertificateHolder(issuer), digests)) {
                    return Optional.of(single);
                }
            }
            return Optional.empty();
        } catch (IOException | OCSPException | CertificateEncodingException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
