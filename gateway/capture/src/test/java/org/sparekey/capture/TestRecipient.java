// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A throw-away recipient: key and self-signed certificate. */
public record TestRecipient(KeyPair keys, X509Certificate certificate) {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public static TestRecipient rsa() {
        return make("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), KeyUsage.keyEncipherment, NOW);
    }

    public static TestRecipient ec(String curve) {
        return make("EC", new ECGenParameterSpec(curve), KeyUsage.keyAgreement, NOW);
    }

    public static TestRecipient signing() {
        return make("EC", new ECGenParameterSpec("secp256r1"), KeyUsage.digitalSignature, NOW);
    }

    public static TestRecipient expired() {
        return make("EC", new ECGenParameterSpec("secp256r1"), KeyUsage.keyAgreement, NOW.minus(Duration.ofDays(400)));
    }

    public static TestRecipient weak() {
        return make("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), KeyUsage.keyEncipherment, NOW);
    }

    public void write(Path directory, String name) throws IOException {
        try {
            Files.writeString(directory.resolve(name + ".pem"), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(
                    directory.resolve(name + ".key"),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static TestRecipient make(String algorithm, AlgorithmParameterSpec spec, int usage, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(spec);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=Recipient " + algorithm);
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(keys.getPublic().hashCode())
                                    .abs()
                                    .add(BigInteger.ONE),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(300))),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            String signature = algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new TestRecipient(
                    keys,
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
