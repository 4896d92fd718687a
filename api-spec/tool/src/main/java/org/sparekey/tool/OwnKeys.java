// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sparekey.protocol.channel.KeyFile;

/**
 * P-256 keys made where they stay: PKCS#12, 0600, under a random passphrase in a file beside. What is enrolled is the key;
 * the issuer beside its certificate is made for it and thrown away.
 */
final class OwnKeys {

    private static final Duration LASTS = Duration.ofDays(365);
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final int SECRET_BYTES = 32;
    private static final int SERIAL_BITS = 120;
    private static final String SIGNATURE = "SHA256withECDSA";

    private final Path base;
    private final Instant now;
    private final SecureRandom random;

    OwnKeys(Path base, Instant now, SecureRandom random) {
        this.base = base;
        this.now = now;
        this.random = random;
    }

    /** Never writes over a key; a passphrase file that is there is used, so that several keys can share one. */
    void make(KeyFile file) throws IOException {
        char[] passphrase = passphrase(base.resolve(file.passphraseFile()));
        try {
            KeyPair issuer = pair();
            KeyPair own = pair();
            X500Name issuerName = new X500Name("CN=own issuer");
            X509Certificate root = certificate(issuerName, issuerName, issuer, issuer.getPrivate(), true);
            X509Certificate leaf = certificate(issuerName, new X500Name("CN=own key"), own, issuer.getPrivate(), false);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", own.getPrivate(), passphrase, new X509Certificate[] {leaf, root});
            Path target = base.resolve(file.file());
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
                store.store(out, passphrase);
            }
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the key " + file.file(), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private char[] passphrase(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray();
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(
            X500Name issuer, X500Name subject, KeyPair pair, PrivateKey signer, boolean authority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(0),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LASTS)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer)));
    }
}
