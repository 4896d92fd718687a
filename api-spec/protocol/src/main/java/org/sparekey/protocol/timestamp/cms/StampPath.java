// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.timestamp.TimeStampFault;

/**
 * The path from an authority's certificate to a trusted root, by the JDK's PKIX builder (RFC 5280 section 6). Nothing is
 * fetched: what a token carries about revocation is {@link StampRevocation}'s.
 */
final class StampPath {

    private StampPath() {}

    /** The signer's certificate and the key that issued it, as the path has them. */
    record Trusted(X509Certificate signer, PublicKey issuer) {}

    static Trusted require(
            X509CertificateHolder signer, Collection<X509CertificateHolder> enclosed, Collection<Bytes> roots, Date at)
            throws RefusedException {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(parse(signer.getEncoded()));
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(roots), target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(parse(enclosed))));
            PKIXCertPathBuilderResult built = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            X509Certificate root = built.getTrustAnchor().getTrustedCert();
            root.checkValidity(at);
            List<? extends Certificate> path = built.getCertPath().getCertificates();
            Certificate issuer = path.size() > 1 ? path.get(1) : root;
            return new Trusted(parse(signer.getEncoded()), issuer.getPublicKey());
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new RefusedException(TimeStampFault.CERTIFICATE_EXPIRED, e);
        } catch (CertPathBuilderException e) {
            throw new RefusedException(TimeStampFault.PATH_INVALID, e);
        } catch (GeneralSecurityException | IOException e) {
            // Without any root the parameters themselves are refused.
            throw new RefusedException(TimeStampFault.PATH_INVALID, e);
        }
    }

    private static Set<TrustAnchor> anchors(Collection<Bytes> roots) throws CertificateException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (Bytes root : roots) {
            anchors.add(new TrustAnchor(parse(root.array()), null));
        }
        return anchors;
    }

    private static List<X509Certificate> parse(Collection<X509CertificateHolder> enclosed)
            throws CertificateException, IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : enclosed) {
            certificates.add(parse(holder.getEncoded()));
        }
        return certificates;
    }

    private static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
