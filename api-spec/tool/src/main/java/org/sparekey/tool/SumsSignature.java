// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Store;

/** The detached CMS signature over SHA256SUMS (RFC 5652), as {@code openssl cms -verify} checks it. */
final class SumsSignature {

    private static final Provider BC = new BouncyCastleProvider();

    private SumsSignature() {}

    /**
     * Exactly one signer, whose certificate leads to one of the roots or is one of them.
     *
     * @throws EvidenceException when it does not hold
     */
    static void check(byte[] sums, byte[] signature, List<X509Certificate> roots) throws EvidenceException {
        try {
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(sums), signature);
            Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
            if (signers.size() != 1) {
                throw altered("the list of files has another number of signatures than one");
            }
            SignerInformation signer = signers.iterator().next();
            X509Certificate certificate = certificate(signed.getCertificates(), signer);
            requireTrusted(certificate, roots);
            if (!signer.verify(
                    new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(certificate))) {
                throw altered("the signature over the list of files does not hold");
            }
        } catch (CMSException | OperatorCreationException | GeneralSecurityException e) {
            throw new EvidenceException(
                    EvidenceException.Kind.ALTERED, "the signature over the list of files does not hold", e);
        }
    }

    private static X509Certificate certificate(Store<X509CertificateHolder> store, SignerInformation signer)
            throws EvidenceException, GeneralSecurityException {
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> found = store.getMatches(signer.getSID());
        if (found.isEmpty()) {
            throw altered("the signature names a certificate that is not there");
        }
        return new JcaX509CertificateConverter().getCertificate(found.iterator().next());
    }

    /** Revocation is the bundle's matter: this check works with the folder and one certificate from elsewhere. */
    private static void requireTrusted(X509Certificate leaf, List<X509Certificate> roots)
            throws GeneralSecurityException, EvidenceException {
        if (roots.contains(leaf)) {
            return;
        }
        if (roots.isEmpty()) {
            throw altered("no certificate of the hoster was given");
        }
        PKIXParameters parameters = new PKIXParameters(
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }

    private static EvidenceException altered(String words) {
        return new EvidenceException(EvidenceException.Kind.ALTERED, words);
    }
}
