// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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
import org.sparekey.protocol.channel.KeyFile;
import org.sparekey.protocol.key.SigningKey;

/** One root for everybody, P-256 keys under it, and the files in which they lie. */
final class FakePki {

    /** TLS looks at the machine's own clock, which no test holds. */
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");
    private static final X500Name ROOT = new X500Name("CN=Fake gateway root");
    private static final int SERIAL_BITS = 120;
    private static final int PASSPHRASE_BYTES = 24;

    private final SecureRandom random;
    private final KeyPair keys;
    private final X509Certificate root;

    FakePki(SecureRandom random) {
        this.random = random;
        this.keys = pair();
        this.root = certificate(ROOT, keys, true);
    }

    X509Certificate root() {
        return root;
    }

    /** A key with leaf and root; its certificate answers to localhost. */
    SigningKey issue(String name) {
        KeyPair pair = pair();
        return new SigningKey(pair.getPrivate(), List.of(certificate(new X500Name("CN=" + name), pair, false), root));
    }

    /** Writes {@code name.p12} and {@code name.pass}. */
    KeyFile write(Path directory, String name, SigningKey key) throws IOException {
        byte[] bytes = new byte[PASSPHRASE_BYTES];
        random.nextBytes(bytes);
        String passphrase = Base64.getUrlEncoder().encodeToString(bytes);
        try (OutputStream out = Files.newOutputStream(directory.resolve(name + ".p12"))) {
            store(key, passphrase.toCharArray()).store(out, passphrase.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK writes PKCS#12", e);
        }
        Files.writeString(directory.resolve(name + ".pass"), passphrase + "\n");
        return new KeyFile(name + ".p12", name + ".pass");
    }

    static KeyStore store(SigningKey key, char[] passphrase) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", key.privateKeyForTls(), passphrase, key.chain().toArray(X509Certificate[]::new));
        return store;
    }

    static void pem(Path file, X509Certificate certificate) throws IOException {
        try {
            String text = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
            Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made", e);
        }
    }

    private X509Certificate certificate(X500Name subject, KeyPair pair, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    ROOT,
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                    Date.from(FROM),
                    Date.from(TO),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                GeneralNames localhost = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
                builder.addExtension(Extension.subjectAlternativeName, false, localhost);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("a certificate of our own", e);
        }
    }

    private KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
