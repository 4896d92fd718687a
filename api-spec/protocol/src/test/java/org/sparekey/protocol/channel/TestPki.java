// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.key.SigningKey;

/** A root of its own with keys for localhost; every instance is another organisation. */
public final class TestPki {

    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final X500Name ROOT = new X500Name("CN=Invented root");

    private final KeyPair keys = pair();
    private final X509Certificate root = certificate(keys, ROOT, keys, true);

    public X509Certificate root() {
        return root;
    }

    /** A P-256 key with leaf and root; its certificate answers to localhost. */
    public SigningKey issue(String commonName) {
        KeyPair subject = pair();
        return new SigningKey(
                subject.getPrivate(),
                List.of(certificate(keys, new X500Name("CN=" + commonName), subject, false), root));
    }

    /** Writes a PKCS#12 file and its passphrase file. */
    public static KeyFile write(Path directory, String name, SigningKey key) throws IOException {
        String passphrase = "passphrase of " + name;
        try (var out = Files.newOutputStream(directory.resolve(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    name,
                    key.privateKeyForTls(),
                    passphrase.toCharArray(),
                    key.chain().toArray(X509Certificate[]::new));
            store.store(out, passphrase.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        Files.writeString(directory.resolve(name + ".pass"), passphrase + "\n");
        return new KeyFile(name + ".p12", name + ".pass");
    }

    public static void pem(Path file, X509Certificate certificate) throws IOException {
        pem(file, "CERTIFICATE", encoded(certificate));
    }

    public static void pem(Path file, String label, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(KeyPair issuer, X500Name subject, KeyPair pair, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    ROOT,
                    BigInteger.valueOf(System.identityHashCode(pair)),
                    Date.from(START),
                    Date.from(START.plus(Duration.ofDays(20_000))),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                GeneralNames localhost = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
                builder.addExtension(Extension.subjectAlternativeName, false, localhost);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
