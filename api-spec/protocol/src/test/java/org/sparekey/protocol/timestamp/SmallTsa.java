// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/** A throw-away time-stamp authority: root, one in between, and the certificate that stamps; all valid in 2026. */
public final class SmallTsa {

    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant UNTIL = FROM.plus(Duration.ofDays(365));
    public static final String SUBJECT = "CN=stamper of Example Time";
    static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private static final X500Name ROOT = new X500Name("CN=root of Example Time");
    private static final X500Name BETWEEN = new X500Name("CN=issuer of Example Time");

    private final KeyPair rootKeys = pair();
    private final KeyPair betweenKeys = pair();
    private final KeyPair keys = pair();
    private final Instant from;
    private final X509Certificate root;
    private final X509Certificate between;
    private long serial = 1;

    public SmallTsa() {
        this(FROM);
    }

    /** All valid for a year from an instant on. */
    SmallTsa(Instant from) {
        this.from = from;
        this.root = issue(ROOT, rootKeys, ROOT, rootKeys, Optional.empty(), false, from);
        this.between = issue(ROOT, rootKeys, BETWEEN, betweenKeys, Optional.empty(), false, from);
    }

    /** What a trust file names, DER. */
    public List<Bytes> roots() {
        return List.of(bytes(root));
    }

    /** A faultless reply over these bytes at this time. */
    public byte[] stamp(byte[] stamped, Instant time) {
        return reply(Digest.sha256(stamped), time).bytes();
    }

    /** The same, to be spoilt before its bytes are taken. */
    public SmallReply reply(Digest stamped, Instant time) {
        return new SmallReply(this, proper(), stamped, time, BigInteger.valueOf(serial++));
    }

    X509Certificate between() {
        return between;
    }

    KeyPair keys() {
        return keys;
    }

    X509Certificate proper() {
        return stamper(Optional.of(new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping)), true);
    }

    X509Certificate stamper(Optional<ExtendedKeyUsage> usage, boolean critical) {
        return issue(BETWEEN, betweenKeys, new X500Name(SUBJECT), keys, usage, critical, from);
    }

    /** A list of whoever issued the stamping certificate, with an entry for it where a reason is given. */
    X509CRL revoked(X509Certificate stamper, Instant at, OptionalInt reason) {
        return list(betweenKeys, stamper, at, reason);
    }

    /** The same under the issuer's name, signed by somebody else. */
    X509CRL forged(X509Certificate stamper, Instant at, OptionalInt reason) {
        return list(pair(), stamper, at, reason);
    }

    private static X509CRL list(KeyPair by, X509Certificate stamper, Instant at, OptionalInt reason) {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(BETWEEN, Date.from(at));
            if (reason.isPresent()) {
                list.addCRLEntry(stamper.getSerialNumber(), Date.from(at), reason.getAsInt());
            } else {
                list.addCRLEntry(stamper.getSerialNumber(), Date.from(at), (Extensions) null);
            }
            return new JcaX509CRLConverter().getCRL(list.build(signer(by)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static ContentSigner signer(KeyPair by) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(BC)
                    .build(by.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate issue(
            X500Name issuer,
            KeyPair issuerKeys,
            X500Name subject,
            KeyPair of,
            Optional<ExtendedKeyUsage> usage,
            boolean critical,
            Instant from) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(System.identityHashCode(of) + 1L),
                    Date.from(from),
                    Date.from(from.plus(Duration.ofDays(365))),
                    subject,
                    of.getPublic());
            boolean authority = !subject.equals(new X500Name(SUBJECT));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (usage.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, critical, usage.get());
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerKeys)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes bytes(X509Certificate certificate) {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException(e));
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
