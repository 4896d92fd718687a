// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed throw-away keys for the protocol's own tests. */
public final class TestKeys {

    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private TestKeys() {}

    public static SigningKey p256() {
        return key("EC", 256, "SHA256withECDSA");
    }

    public static SigningKey p384() {
        return key("EC", 384, "SHA384withECDSA");
    }

    public static SigningKey rsa(int bits) {
        return key("RSA", bits, "SHA256withRSA");
    }

    public static SigningKey ed25519() {
        return key("Ed25519", 255, "Ed25519");
    }

    private static SigningKey key(String kind, int size, String signature) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, BC);
            if (!kind.equals("Ed25519")) {
                generator.initialize(size);
            }
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=Throw-away");
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now),
                    Date.from(now.plus(Duration.ofDays(365))),
                    name,
                    pair.getPublic());
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(signature)
                            .setProvider(BC)
                            .build(pair.getPrivate())));
            return new SigningKey(pair.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
