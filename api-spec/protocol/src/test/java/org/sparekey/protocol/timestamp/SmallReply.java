// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCRLStore;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.sparekey.protocol.json.Digest;

/** A TimeStampResp built piece by piece, so that each piece can be wrong. */
public final class SmallReply {

    public static final String POLICY = "1.3.6.1.4.1.32473.1";

    /** How the token names the certificate that signed. */
    enum Naming {
        BY_SHA256,
        BY_SHA1_ONLY,
        ANOTHER,
        NOT_AT_ALL
    }

    private final SmallTsa tsa;
    private final Digest stamped;
    private final BigInteger serial;
    private final Instant time;
    private X509Certificate certificate;
    private Naming naming = Naming.BY_SHA256;
    private ASN1ObjectIdentifier imprintAlgorithm = NISTObjectIdentifiers.id_sha256;
    private BigInteger nonce = BigInteger.ONE;
    private boolean enclosed = true;
    private Optional<X509CRL> revocation = Optional.empty();
    private int status = PKIStatus.GRANTED;

    SmallReply(SmallTsa tsa, X509Certificate certificate, Digest stamped, Instant time, BigInteger serial) {
        this.tsa = tsa;
        this.certificate = certificate;
        this.stamped = stamped;
        this.time = time;
        this.serial = serial;
    }

    SmallReply certificate(X509Certificate other) {
        certificate = other;
        return this;
    }

    SmallReply naming(Naming other) {
        naming = other;
        return this;
    }

    SmallReply imprintAlgorithm(ASN1ObjectIdentifier other) {
        imprintAlgorithm = other;
        return this;
    }

    SmallReply nonce(BigInteger other) {
        nonce = other;
        return this;
    }

    SmallReply revocation(X509CRL list) {
        revocation = Optional.of(list);
        return this;
    }

    SmallReply withoutCertificate() {
        enclosed = false;
        return this;
    }

    SmallReply status(int other) {
        status = other;
        return this;
    }

    public byte[] bytes() {
        try {
            boolean granted = status <= PKIStatus.GRANTED_WITH_MODS;
            var token = granted ? token().toASN1Structure() : null;
            return new TimeStampResp(new PKIStatusInfo(PKIStatus.getInstance(new ASN1Integer(status))), token)
                    .getEncoded("DER");
        } catch (IOException | GeneralSecurityException | CMSException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private org.bouncycastle.cms.CMSSignedData token()
            throws IOException, GeneralSecurityException, CMSException, OperatorCreationException {
        TSTInfo info = new TSTInfo(
                new ASN1ObjectIdentifier(POLICY),
                new MessageImprint(new AlgorithmIdentifier(imprintAlgorithm), stamped.array()),
                new ASN1Integer(serial),
                new ASN1GeneralizedTime(Date.from(time)),
                null,
                null,
                new ASN1Integer(nonce),
                null,
                null);
        var signer = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder()
                        .setProvider(SmallTsa.BC)
                        .build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(named()))
                .build(SmallTsa.signer(tsa.keys()), certificate);
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(signer);
        if (enclosed) {
            generator.addCertificates(new JcaCertStore(List.of(certificate, tsa.between())));
        }
        if (revocation.isPresent()) {
            generator.addCRLs(new JcaCRLStore(List.of(revocation.get())));
        }
        return generator.generate(
                new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded("DER")), true);
    }

    private AttributeTable named() throws GeneralSecurityException {
        byte[] der = SmallTsa.bytes(naming == Naming.ANOTHER ? tsa.between() : certificate)
                .array();
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(time)))));
        if (naming == Naming.BY_SHA1_ONLY) {
            ESSCertID id = new ESSCertID(MessageDigest.getInstance("SHA-1").digest(der));
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificate, new DERSet(new SigningCertificate(id))));
        } else if (naming != Naming.NOT_AT_ALL) {
            ESSCertIDv2 id =
                    new ESSCertIDv2(MessageDigest.getInstance("SHA-256").digest(der));
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(id))));
        }
        ASN1EncodableVector vector = new ASN1EncodableVector();
        attributes.forEach(vector::add);
        return new AttributeTable(vector);
    }
}
