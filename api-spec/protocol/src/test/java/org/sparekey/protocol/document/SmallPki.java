// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.key.SigningKey;

/** A throw-away authority of certificates: a root, or one below another; with lists and answers. All valid in 2026. */
public final class SmallPki {

    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant UNTIL = FROM.plus(Duration.ofDays(365));
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private final X500Name name;
    private final KeyPair keys = pair();
    private final X509Certificate certificate;
    private final List<BigInteger> revoked = new ArrayList<>();
    private long serial = 1;

    private SmallPki(String name, Optional<SmallPki> above) {
        this.name = new X500Name("CN=" + name);
        this.certificate = above.orElse(this).certify(this.name, keys, true);
    }

    public static SmallPki root(String name) {
        return new SmallPki(name, Optional.empty());
    }

    public SmallPki below(String name) {
        return new SmallPki(name, Optional.of(this));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The chain holds the leaf alone. */
    public SigningKey issue(String commonName) {
        KeyPair subject = pair();
        return new SigningKey(subject.getPrivate(), List.of(certify(new X500Name("CN=" + commonName), subject, false)));
    }

    /** A certificate over a key of any kind and size, which nobody holds. */
    public X509Certificate of(String kind, int size) {
        return certify(new X500Name("CN=nobody"), pair(kind, size), false);
    }

    void revoke(X509Certificate one) {
        revoked.add(one.getSerialNumber());
    }

    /** Valid for 30 days; revocations count from a minute before. */
    X509CRL crl(Instant issued) {
        try {
            var builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(issued));
            builder.setNextUpdate(Date.from(issued.plus(Duration.ofDays(30))));
            revoked.forEach(
                    number -> builder.addCRLEntry(number, Date.from(issued.minusSeconds(60)), CRLReason.keyCompromise));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            byte[] der = builder.build(signer()).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A responder's answer, signed by this authority; valid for a day. */
    byte[] answer(X509Certificate about, CertificateStatus status, Instant issued) {
        return answer(about, certificate, status, issued);
    }

    /** The same about a certificate of another issuer, in this authority's own name. */
    byte[] answer(X509Certificate about, X509Certificate issuer, CertificateStatus status, Instant issued) {
        try {
            var digests = new BcDigestCalculatorProvider();
            var id = new CertificateID(
                    digests.get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(issuer),
                    about.getSerialNumber());
            var basic = new BasicOCSPRespBuilder(new RespID(name));
            basic.addResponse(id, status, Date.from(issued), Date.from(issued.plus(Duration.ofDays(1))));
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            basic.build(signer(), new JcaX509CertificateHolder[0], Date.from(issued)))
                    .getEncoded();
        } catch (IOException | GeneralSecurityException | OCSPException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certify(X500Name subject, KeyPair of, boolean ca) {
        try {
            var utils = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.valueOf(serial++), Date.from(FROM), Date.from(UNTIL), subject, of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            int usage =
                    ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(of.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(keys.getPublic()));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(BC)
                    .build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        return pair("EC", 256);
    }

    private static KeyPair pair(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, BC);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
