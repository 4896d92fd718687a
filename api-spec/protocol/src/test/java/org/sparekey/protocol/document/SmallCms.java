// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.sparekey.protocol.key.SigningKey;

/** A CMS as PAdES wants it, and every way to have it otherwise. */
record SmallCms(
        List<SigningKey> signers,
        String algorithm,
        List<X509Certificate> inside,
        Map<ASN1ObjectIdentifier, String> named,
        X509Certificate namedCertificate,
        boolean attached)
        implements SmallPdf.Signing {

    static final Map<ASN1ObjectIdentifier, String> SHA256 = Map.of(NISTObjectIdentifiers.id_sha256, "SHA-256");
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    static SmallCms by(SigningKey key, String algorithm) {
        return new SmallCms(List.of(key), algorithm, List.of(key.certificate()), SHA256, key.certificate(), false);
    }

    SmallCms and(SigningKey second) {
        List<X509Certificate> both = new ArrayList<>(inside);
        both.add(second.certificate());
        return new SmallCms(List.of(signers.get(0), second), algorithm, both, named, namedCertificate, attached);
    }

    SmallCms holding(X509Certificate... certificates) {
        return new SmallCms(signers, algorithm, List.of(certificates), named, namedCertificate, attached);
    }

    /** No digest: the certificate is not named at all. */
    SmallCms naming(X509Certificate certificate, Map<ASN1ObjectIdentifier, String> digest) {
        return new SmallCms(signers, algorithm, inside, digest, certificate, attached);
    }

    SmallCms withContent() {
        return new SmallCms(signers, algorithm, inside, named, namedCertificate, true);
    }

    @Override
    public byte[] cms(byte[] signed) throws Exception {
        var generator = new CMSSignedDataGenerator();
        for (SigningKey signer : signers) {
            generator.addSignerInfoGenerator(info(signer));
        }
        generator.addCertificates(new JcaCertStore(inside));
        return generator.generate(new CMSProcessableByteArray(signed), attached).getEncoded("DER");
    }

    private SignerInfoGenerator info(SigningKey signer) throws Exception {
        var builder = new JcaSignerInfoGeneratorBuilder(
                new JcaDigestCalculatorProviderBuilder().setProvider(BC).build());
        if (!named.isEmpty()) {
            builder.setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(name())));
        }
        return builder.build(
                new JcaContentSignerBuilder(algorithm).setProvider(BC).build(signer.privateKeyForCms()),
                signer.certificate());
    }

    private Attribute name() throws Exception {
        var by = named.entrySet().iterator().next();
        byte[] digest = MessageDigest.getInstance(by.getValue()).digest(namedCertificate.getEncoded());
        return new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(new AlgorithmIdentifier(by.getKey()), digest))));
    }
}
