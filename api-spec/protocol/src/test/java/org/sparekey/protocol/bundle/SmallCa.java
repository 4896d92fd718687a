// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.key.SigningKey;

/** A throw-away root with end certificates and a revocation list, all valid in 2026. */
final class SmallCa {

    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant UNTIL = FROM.plus(Duration.ofDays(365));
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private final KeyPair keys = pair();
    private final X509Certificate root;
    private final List<BigInteger> revoked = new ArrayList<>();
    private long serial = 1;

    SmallCa(String name) {
        root = certify(new X500Name("CN=" + name), new X500Name("CN=" + name), keys, true);
    }

    X509Certificate root() {
        return root;
    }

    SigningKey issue(String commonName) {
        KeyPair subject = pair();
        X500Name issuer = X500Name.getInstance(root.getSubjectX500Principal().getEncoded());
        X509Certificate leaf = certify(issuer, new X500Name("CN=" + commonName), subject, false);
        return new SigningKey(subject.getPrivate(), List.of(leaf, root));
    }

    void revoke(SigningKey key) {
        revoked.add(key.certificate().getSerialNumber());
    }

    /** DER, issued at this time, valid for 30 days; revocations count from a minute before. */
    byte[] crl(Instant issued) {
        try {
            var builder = new JcaX509v2CRLBuilder(root.getSubjectX500Principal(), Date.from(issued));
            builder.setNextUpdate(Date.from(issued.plus(Duration.ofDays(30))));
            revoked.forEach(
                    number -> builder.addCRLEntry(number, Date.from(issued.minusSeconds(60)), CRLReason.keyCompromise));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(root));
            return builder.build(signer()).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certify(X500Name issuer, X500Name subject, KeyPair of, boolean ca) {
        try {
            var utils = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                    issuer, BigInteger.valueOf(serial++), Date.from(FROM), Date.from(UNTIL), subject, of.getPublic());
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
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
