// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import static org.sparekey.protocol.document.SignedPdf.require;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyAlgorithm;

/**
 * The CMS of a PAdES baseline signature (ETSI EN 319 142-1 section 6): detached, one signer, whose certificate is inside
 * and named by signing-certificate-v2. RSA signs by PSS, as everywhere here; whoever signs by PKCS #1 v1.5 is refused.
 */
final class PdfSignature {

    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final Set<ASN1ObjectIdentifier> ALGORITHMS = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            EdECObjectIdentifiers.id_Ed25519);
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private final SignerInformation signer;
    private final X509Certificate certificate;

    private PdfSignature(SignerInformation signer, X509Certificate certificate) {
        this.signer = signer;
        this.certificate = certificate;
    }

    /** @param padded DER, with the zeros that fill the place reserved for it */
    static PdfSignature parse(byte[] padded, byte[] signed) throws MalformedException {
        try {
            byte[] der = unpadded(padded);
            CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(signed), der);
            require(detached(der), "the signature holds a content of its own");
            Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
            require(signers.size() == 1, "the signature has not exactly one signer");
            SignerInformation signer = signers.iterator().next();
            Collection<X509CertificateHolder> found = cms.getCertificates().getMatches(signer.getSID());
            require(found.size() == 1, "the signature does not hold its signer's certificate");
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(found.iterator().next());
            requireNamed(signer, certificate);
            return new PdfSignature(signer, certificate);
        } catch (CMSException | GeneralSecurityException | IOException | RuntimeException e) {
            throw new MalformedException("", "the signature cannot be read", e);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    boolean verifiedBy(PublicKey key) {
        try {
            boolean known = ALGORITHMS.contains(new ASN1ObjectIdentifier(signer.getEncryptionAlgOID()))
                    && DIGESTS.containsKey(signer.getDigestAlgorithmID().getAlgorithm());
            return known
                    && signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(BC)
                            .build(KeyAlgorithm.of(key).publicKey(key.getEncoded())));
        } catch (CMSException
                | OperatorCreationException
                | GeneralSecurityException
                | IllegalArgumentException doesNotHold) {
            return false;
        }
    }

    private static byte[] unpadded(byte[] padded) throws IOException, MalformedException {
        try (ASN1InputStream in = new ASN1InputStream(padded)) {
            ASN1Primitive first = in.readObject();
            require(first != null, "an empty signature");
            byte[] der = first.getEncoded();
            require(der.length <= padded.length && Arrays.equals(der, Arrays.copyOf(padded, der.length)), "no DER");
            for (int i = der.length; i < padded.length; i++) {
                require(padded[i] == 0, "something follows the signature");
            }
            return der;
        }
    }

    private static boolean detached(byte[] der) throws CMSException {
        return new CMSSignedData(der).getSignedContent() == null;
    }

    private static void requireNamed(SignerInformation signer, X509Certificate certificate)
            throws MalformedException, GeneralSecurityException {
        ESSCertIDv2[] ids = Optional.ofNullable(signer.getSignedAttributes())
                .map(attributes -> attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2))
                .map(named -> SigningCertificateV2.getInstance(named.getAttributeValues()[0])
                        .getCerts())
                .orElse(new ESSCertIDv2[0]);
        require(ids.length > 0, "the signature does not name its certificate");
        String digest = DIGESTS.get(ids[0].getHashAlgorithm().getAlgorithm());
        require(digest != null, "the signature names its certificate by a digest that is not accepted");
        byte[] is = MessageDigest.getInstance(digest).digest(certificate.getEncoded());
        require(MessageDigest.isEqual(is, ids[0].getCertHash()), "the signature names another certificate");
    }
}
