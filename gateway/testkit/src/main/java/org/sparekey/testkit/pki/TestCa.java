// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.key.SigningKey;

/** A root certificate authority of one invented organisation; it issues end certificates and a revocation list. */
public final class TestCa {

    /** In every subject, so that no certificate of ours is ever mistaken for a real one. */
    public static final String TEST_UNIT = "Sparekey test PKI";

    public static final Duration ROOT_VALIDITY = Duration.ofDays(3650);
    public static final Duration CRL_VALIDITY = Duration.ofDays(30);
    private static final int SERIAL_BITS = 120;

    private final String organisation;
    private final InstantSource clock;
    private final SecureRandom random;
    private final URI crlLocation;
    private final KeyKind kind;
    private final KeyPair keys;
    private final X509Certificate root;
    private final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();
    private final AtomicLong crlNumber = new AtomicLong();

    private TestCa(String organisation, KeyKind kind, URI crlLocation, InstantSource clock, SecureRandom random) {
        this.organisation = organisation;
        this.clock = clock;
        this.random = random;
        this.crlLocation = crlLocation;
        this.kind = kind;
        this.keys = kind.generate(random);
        this.root = selfSigned();
    }

    /**
     * A new P-256 root.
     *
     * @param crlLocation the distribution point that its end certificates name; a file: or http: URI
     */
    public static TestCa root(String organisation, URI crlLocation, InstantSource clock, SecureRandom random) {
        return root(organisation, KeyKind.P_256, crlLocation, clock, random);
    }

    public static TestCa root(
            String organisation, KeyKind kind, URI crlLocation, InstantSource clock, SecureRandom random) {
        return new TestCa(organisation, kind, crlLocation, clock, random);
    }

    public X509Certificate certificate() {
        return root;
    }

    public String organisation() {
        return organisation;
    }

    public URI crlLocation() {
        return crlLocation;
    }

    /** A P-256 key with a certificate for this purpose, valid now. */
    public SigningKey issue(Purpose purpose, String commonName) {
        return issue(Wanted.of(purpose, commonName, clock.instant()));
    }

    /** A new key with its certificate; the chain is leaf and root (a leaf alone would count as self-signed). */
    public SigningKey issue(Wanted wanted) {
        KeyPair subject = wanted.kind().generate(random);
        return new SigningKey(subject.getPrivate(), List.of(certify(wanted, subject.getPublic()), root));
    }

    /** A certificate over a key made elsewhere. */
    public X509Certificate certify(Wanted wanted, PublicKey subject) {
        try {
            X509v3CertificateBuilder builder =
                    builder(name(organisation, wanted.commonName()), wanted.notBefore(), wanted.notAfter(), subject);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, wanted.purpose().usage(wanted.kind()));
            builder.addExtension(Extension.cRLDistributionPoints, false, distributionPoint());
            if (wanted.purpose().extended().isPresent()) {
                ExtendedKeyUsage usage =
                        new ExtendedKeyUsage(wanted.purpose().extended().get());
                builder.addExtension(
                        Extension.extendedKeyUsage, wanted.purpose().critical(), usage);
            }
            if (!wanted.hosts().isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, hosts(wanted.hosts()));
            }
            return sign(builder);
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("certificate for " + wanted.commonName(), e);
        }
    }

    /** From now on the revocation list names this certificate. */
    public void revoke(X509Certificate certificate) {
        revoked.put(certificate.getSerialNumber(), clock.instant());
    }

    /** A fresh revocation list, DER, valid for {@link #CRL_VALIDITY} from now. */
    public byte[] crl() {
        return crl(clock.instant());
    }

    /** A revocation list issued at the given instant: an old one shows what a stale list does. */
    public byte[] crl(Instant issued) {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(root.getSubjectX500Principal(), Date.from(issued));
            builder.setNextUpdate(Date.from(issued.plus(CRL_VALIDITY)));
            revoked.forEach((serial, at) -> builder.addCRLEntry(serial, Date.from(at), CRLReason.keyCompromise));
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(root));
            builder.addExtension(
                    Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(crlNumber.incrementAndGet())));
            return builder.build(signer()).getEncoded();
        } catch (IOException
                | java.security.NoSuchAlgorithmException
                | java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("revocation list of " + organisation, e);
        }
    }

    private X509Certificate selfSigned() {
        try {
            Instant start = clock.instant().minus(ROOT_VALIDITY.dividedBy(2));
            X509v3CertificateBuilder builder = builder(
                    name(organisation, organisation + " root"), start, start.plus(ROOT_VALIDITY), keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder);
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("root of " + organisation, e);
        }
    }

    private X509v3CertificateBuilder builder(X500Principal subject, Instant from, Instant to, PublicKey key)
            throws IOException, java.security.NoSuchAlgorithmException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name(organisation, organisation + " root"),
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(from),
                Date.from(to),
                subject,
                key);
        JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(keys.getPublic()));
        return builder;
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (CertificateException e) {
            throw new IllegalStateException("certificate of " + organisation, e);
        }
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder(kind.signatureName())
                    .setSecureRandom(random)
                    .build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("signer of " + organisation, e);
        }
    }

    private CRLDistPoint distributionPoint() {
        GeneralName location = new GeneralName(GeneralName.uniformResourceIdentifier, crlLocation.toString());
        DistributionPointName name = new DistributionPointName(new GeneralNames(location));
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
    }

    private static GeneralNames hosts(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host ->
                        new GeneralName(host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    /** Through X500Principal, so that the order of the parts is the usual one. */
    private static X500Principal name(String organisation, String commonName) {
        return new X500Principal("CN=\"" + commonName + "\",OU=\"" + TEST_UNIT + "\",O=\"" + organisation + "\",C=NL");
    }
}
