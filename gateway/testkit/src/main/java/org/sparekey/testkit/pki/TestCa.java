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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.key.SigningKey;

/**
 * A certificate authority of one invented organisation, a root or one below it; it issues end certificates, a revocation list and
 * answers of a responder.
 */
public final class TestCa {

    /** In every subject, so that no certificate of ours is ever mistaken for a real one. */
    public static final String TEST_UNIT = "Sparekey test PKI";

    public static final Duration ROOT_VALIDITY = Duration.ofDays(3650);
    public static final Duration CRL_VALIDITY = Duration.ofDays(30);
    public static final Duration ANSWER_VALIDITY = Duration.ofHours(12);
    private static final int SERIAL_BITS = 120;

    private final String organisation;
    private final InstantSource clock;
    private final SecureRandom random;
    private final URI crlLocation;
    private final KeyKind kind;
    private final KeyPair keys;
    private final X500Principal subject;
    private final X509Certificate certificate;
    private final List<X509Certificate> above;
    private final Set<BigInteger> issued = ConcurrentHashMap.newKeySet();
    private final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();
    private final AtomicLong crlNumber = new AtomicLong();

    private TestCa(
            String organisation,
            KeyKind kind,
            URI crlLocation,
            InstantSource clock,
            SecureRandom random,
            Optional<TestCa> parent) {
        this.organisation = organisation;
        this.clock = clock;
        this.random = random;
        this.crlLocation = crlLocation;
        this.kind = kind;
        this.keys = kind.generate(random);
        this.subject = name(organisation, organisation + (parent.isPresent() ? " intermediate" : " root"));
        this.certificate = parent.orElse(this).certify(subject, keys.getPublic(), parent.isPresent() ? 0 : 1);
        this.above = parent.map(TestCa::path).orElse(List.of());
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
        return new TestCa(organisation, kind, crlLocation, clock, random, Optional.empty());
    }

    /** One below this one, with a key and a revocation list of its own. */
    public TestCa below(URI crlLocation) {
        return new TestCa(organisation, kind, crlLocation, clock, random, Optional.of(this));
    }

    /** This one's certificate and those above it, the root last. */
    public List<X509Certificate> path() {
        return Stream.concat(Stream.of(certificate), above.stream()).toList();
    }

    public X509Certificate certificate() {
        return certificate;
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

    /** A new key with its certificate; the chain leads to the root (a leaf alone would count as self-signed). */
    public SigningKey issue(Wanted wanted) {
        KeyPair subject = wanted.kind().generate(random);
        return new SigningKey(subject.getPrivate(), chain(certify(wanted, subject.getPublic())));
    }

    /** The same key under a new certificate of this authority. */
    public SigningKey reissue(Wanted wanted, SigningKey key) {
        return new SigningKey(key.privateKeyForTls(), chain(certify(wanted, key.publicKey())));
    }

    private List<X509Certificate> chain(X509Certificate leaf) {
        return Stream.concat(Stream.of(leaf), path().stream()).toList();
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

    /** From now on its responder knows nothing of this certificate. */
    public void forget(X509Certificate certificate) {
        issued.remove(certificate.getSerialNumber());
    }

    /** A fresh revocation list, DER, valid for {@link #CRL_VALIDITY} from now. */
    public byte[] crl() {
        return crl(clock.instant());
    }

    /** A revocation list issued at the given instant: an old one shows what a stale list does. */
    public byte[] crl(Instant issued) {
        try {
            JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(subject, Date.from(issued));
            builder.setNextUpdate(Date.from(issued.plus(CRL_VALIDITY)));
            revoked.forEach((serial, at) -> builder.addCRLEntry(serial, Date.from(at), CRLReason.keyCompromise));
            JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(certificate));
            builder.addExtension(
                    Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(crlNumber.incrementAndGet())));
            return builder.build(signer()).getEncoded();
        } catch (IOException
                | java.security.NoSuchAlgorithmException
                | java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException("revocation list of " + organisation, e);
        }
    }

    /** What its responder answers (RFC 6960); what this authority never issued is unknown to it. */
    public byte[] ocsp(byte[] request) {
        return ocsp(request, clock.instant());
    }

    /** The same, issued at the given instant and good for {@link #ANSWER_VALIDITY} from then. */
    public byte[] ocsp(byte[] request, Instant issued) {
        return new Responder(subject, signer()).answer(request, issued, this::status);
    }

    private @Nullable CertificateStatus status(BigInteger serial) {
        Instant at = revoked.get(serial);
        if (at != null) {
            return new RevokedStatus(Date.from(at), CRLReason.keyCompromise);
        }
        return issued.contains(serial) ? CertificateStatus.GOOD : new UnknownStatus();
    }

    private X509Certificate certify(X500Principal authority, PublicKey key, int below) {
        try {
            Instant start = clock.instant().minus(ROOT_VALIDITY.dividedBy(2));
            X509v3CertificateBuilder builder = builder(authority, start, start.plus(ROOT_VALIDITY), key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(below));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder);
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("root of " + organisation, e);
        }
    }

    private X509v3CertificateBuilder builder(X500Principal holder, Instant from, Instant to, PublicKey key)
            throws IOException, java.security.NoSuchAlgorithmException {
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
        issued.add(serial);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(subject, serial, Date.from(from), Date.from(to), holder, key);
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
