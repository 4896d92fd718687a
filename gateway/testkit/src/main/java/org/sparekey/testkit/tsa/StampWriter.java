// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.tsa;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;

/**
 * Writes one TimeStampResp (RFC 3161 section 2.4.2). By hand: Bouncy Castle's generator refuses to sign with the wrong
 * certificates that we need too.
 */
final class StampWriter {

    /** When the question names none; under the documentation arc of RFC 5612. */
    static final String POLICY = "1.3.6.1.4.1.32473.1";

    private static final int SERIAL_BITS = 120;

    private final TimeStampRequest asked;
    private final Instant time;
    private final SecureRandom random;
    private final byte[] imprint;
    private final @Nullable BigInteger nonce;

    StampWriter(TimeStampRequest asked, Instant time, SecureRandom random) {
        this(asked, time, random, asked.getMessageImprintDigest(), asked.getNonce());
    }

    private StampWriter(
            TimeStampRequest asked, Instant time, SecureRandom random, byte[] imprint, @Nullable BigInteger nonce) {
        this.asked = asked;
        this.time = time;
        this.random = random;
        this.imprint = imprint;
        this.nonce = nonce;
    }

    StampWriter over(Digest other) {
        return new StampWriter(asked, time, random, other.array(), nonce);
    }

    StampWriter nonce(BigInteger other) {
        return new StampWriter(asked, time, random, imprint, other);
    }

    byte[] granted(SigningKey key) {
        try {
            PKIStatusInfo granted = new PKIStatusInfo(PKIStatus.granted);
            return new TimeStampResp(granted, token(key).toASN1Structure()).getEncoded("DER");
        } catch (IOException | CMSException | OperatorCreationException | CertificateEncodingException e) {
            throw new IllegalStateException("a time-stamp that cannot be written", e);
        }
    }

    byte[] rejected() throws IOException {
        PKIStatusInfo status = new PKIStatusInfo(
                PKIStatus.rejection,
                new PKIFreeText("no time today"),
                new PKIFailureInfo(PKIFailureInfo.timeNotAvailable));
        return new TimeStampResp(status, null).getEncoded("DER");
    }

    private CMSSignedData token(SigningKey key)
            throws IOException, CMSException, OperatorCreationException, CertificateEncodingException {
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(key.privateKeyForCms());
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                        new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes(key.certificate())))
                .build(signer, key.certificate()));
        if (asked.getCertReq()) {
            generator.addCertificates(new JcaCertStore(List.of(key.certificate())));
        }
        return generator.generate(
                new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info().getEncoded("DER")), true);
    }

    private TSTInfo info() {
        return new TSTInfo(
                asked.getReqPolicy() == null ? new ASN1ObjectIdentifier(POLICY) : asked.getReqPolicy(),
                new MessageImprint(asked.getMessageImprintAlgID(), imprint),
                new ASN1Integer(new BigInteger(SERIAL_BITS, random)),
                new ASN1GeneralizedTime(Date.from(time)),
                null,
                null,
                nonce == null ? null : new ASN1Integer(nonce),
                null,
                null);
    }

    /** RFC 5816: the certificate by its SHA-256; and the signing time, which must not contradict the stated one. */
    private AttributeTable attributes(X509Certificate certificate) throws CertificateEncodingException {
        ESSCertIDv2 named =
                new ESSCertIDv2(Digest.sha256(certificate.getEncoded()).array());
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(named))));
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(time)))));
        return new AttributeTable(attributes);
    }
}
