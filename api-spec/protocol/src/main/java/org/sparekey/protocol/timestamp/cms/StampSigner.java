// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import static org.sparekey.protocol.timestamp.cms.RefusedException.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.bouncycastle.tsp.TimeStampToken;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.timestamp.TimeStampFault;

/** Who signed a token, and whether he may: RFC 3161 section 2.3, RFC 5816. */
final class StampSigner {

    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    /** What the authority may digest with, and the JDK's names; SHA-1 and MD5 are not among them. */
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private final TimeStampToken token;
    private final X509CertificateHolder certificate;

    private StampSigner(TimeStampToken token, X509CertificateHolder certificate) {
        this.token = token;
        this.certificate = certificate;
    }

    /** The enclosed certificate that the signature points at; a token without one cannot be judged years later. */
    static StampSigner of(TimeStampToken token) throws RefusedException {
        try {
            Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
            require(found.size() == 1, TimeStampFault.WRONG_CERTIFICATE);
            return new StampSigner(token, found.iterator().next());
        } catch (RuntimeException e) {
            // The certificates are parsed here and not before.
            throw new RefusedException(TimeStampFault.UNREADABLE, e);
        }
    }

    String subject() {
        return certificate.getSubject().toString();
    }

    /**
     * The signature holds under the certificate that the signed attribute signing-certificate-v2 names by its digest,
     * that certificate is for stamping time and nothing else, and it was valid at the time that is stated.
     */
    void requireSigned() throws RefusedException {
        require(named().filter(this::isCertificate).isPresent(), TimeStampFault.WRONG_CERTIFICATE);
        requireForTimeOnly();
        require(certificate.isValidOn(time()), TimeStampFault.CERTIFICATE_EXPIRED);
        for (SignerInformation signer : token.toCMSSignedData().getSignerInfos()) {
            require(
                    DIGESTS.containsKey(signer.getDigestAlgorithmID().getAlgorithm()),
                    TimeStampFault.SIGNATURE_INVALID);
        }
        try {
            token.validate(
                    new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(certificate));
        } catch (TSPException | OperatorCreationException | CertificateException | RuntimeException e) {
            throw new RefusedException(TimeStampFault.SIGNATURE_INVALID, e);
        }
    }

    /** The path is judged as of the time that is stated: it must still hold when the certificate is long expired. */
    void requireTrusted(Collection<Bytes> roots) throws RefusedException {
        StampPath.Trusted path =
                StampPath.require(certificate, token.getCertificates().getMatches(null), roots, time());
        StampRevocation.require(path.signer(), path.issuer(), token.getCRLs().getMatches(null), time());
    }

    private Date time() {
        return token.getTimeStampInfo().getGenTime();
    }

    /** RFC 3161 section 2.3: one extended key usage, id-kp-timeStamping, and critical. */
    private void requireForTimeOnly() throws RefusedException {
        try {
            TSPUtil.validateCertificate(certificate);
        } catch (TSPException | RuntimeException e) {
            throw new RefusedException(TimeStampFault.WRONG_CERTIFICATE, e);
        }
    }

    /** RFC 5816 section 2.2.1; the older attribute, whose digest is SHA-1, is not enough. */
    private Optional<ESSCertIDv2> named() {
        Attribute attribute = token.getSignedAttributes() == null
                ? null
                : token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (attribute == null || attribute.getAttrValues().size() != 1) {
            return Optional.empty();
        }
        try {
            ESSCertIDv2[] named = SigningCertificateV2.getInstance(
                            attribute.getAttrValues().getObjectAt(0))
                    .getCerts();
            return Arrays.stream(named).findFirst();
        } catch (RuntimeException notThatAttribute) {
            return Optional.empty();
        }
    }

    private boolean isCertificate(ESSCertIDv2 named) {
        String digest = DIGESTS.get(named.getHashAlgorithm().getAlgorithm());
        return digest != null && Arrays.equals(named.getCertHash(), digest(digest));
    }

    private byte[] digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform of ours has " + algorithm, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
