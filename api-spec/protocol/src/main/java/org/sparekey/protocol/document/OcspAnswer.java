// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** Which certificate a responder's answer speaks of; what it says is for {@link Revocation}. */
final class OcspAnswer {

    /** How a certificate is named in an answer (RFC 5019 section 2.1.1); it protects nothing. */
    private static final AlgorithmIdentifier NAMES = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);

    private OcspAnswer() {}

    static boolean isAbout(byte[] der, X509Certificate certificate, X509Certificate issuer) {
        try {
            if (!(new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp basic)) {
                return false;
            }
            DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
            for (SingleResp single : Arrays.asList(basic.getResponses())) {
                if (single.getCertID().getSerialNumber().equals(certificate.getSerialNumber())
                        && single.getCertID().getHashAlgOID().equals(NAMES.getAlgorithm())
                        && single.getCertID().matchesIssuer(new JcaX509CertificateHolder(issuer), digests)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | OCSPException | CertificateEncodingException | RuntimeException unreadable) {
            return false;
        }
    }
}
