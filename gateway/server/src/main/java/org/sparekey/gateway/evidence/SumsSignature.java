// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.SigningKey;

/** {@code SHA256SUMS.p7s}: a detached CMS signature (RFC 5652) that {@code openssl cms -verify -binary} checks. */
final class SumsSignature {

    private static final Provider BC = new BouncyCastleProvider();

    private static final Map<KeyAlgorithm, String> NAMES = Map.of(
            KeyAlgorithm.P256, "SHA256withECDSA",
            KeyAlgorithm.P384, "SHA384withECDSA",
            KeyAlgorithm.RSA, "SHA256withRSAandMGF1");

    private SumsSignature() {}

    /**
     * @return DER
     * @throws IllegalArgumentException for an Ed25519 key, which Debian 12's openssl cannot check in CMS
     */
    static byte[] sign(byte[] sums, SigningKey key, Instant at) throws IOException {
        String name = NAMES.get(key.algorithm());
        if (name == null) {
            throw new IllegalArgumentException("the manifest key signs CMS: P-256, P-384 or RSA");
        }
        try {
            ContentSigner signer =
                    new JcaContentSignerBuilder(name).setProvider(BC).build(key.privateKeyForCms());
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signerInfo(key, signer, at));
            generator.addCertificates(new JcaCertStore(key.chain()));
            return generator
                    .generate(new CMSProcessableByteArray(sums), false)
                    .toASN1Structure()
                    .getEncoded("DER");
        } catch (CMSException | OperatorCreationException | GeneralSecurityException e) {
            throw new IOException("the list of files cannot be signed", e);
        }
    }

    private static SignerInfoGenerator signerInfo(SigningKey key, ContentSigner signer, Instant at)
            throws OperatorCreationException, GeneralSecurityException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at)))));
        return new JcaSignerInfoGeneratorBuilder(
                        new JcaDigestCalculatorProviderBuilder().setProvider(BC).build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(signer, key.certificate());
    }
}
