// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * {@code key.cms}: CMS AuthEnvelopedData (RFC 5083, RFC 5084) with AES-256-GCM, the content key wrapped by RSA-OAEP with
 * SHA-256 or by ephemeral-static ECDH (RFC 5753), as {@code openssl cms -decrypt} of OpenSSL 3.0 opens it.
 */
final class KeyEnvelope {

    /** Bouncy Castle for a hundred bytes only; bulk data goes through the JDK's providers (7-traps, 5 of 4-evidence). */
    private static final Provider BC = new BouncyCastleProvider();

    private static final AlgorithmIdentifier SHA_256 =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    private static final AlgorithmIdentifier RSA_OAEP = new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSAES_OAEP,
            new RSAESOAEPparams(
                    SHA_256,
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA_256),
                    RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

    private KeyEnvelope() {}

    /** DER of the envelope that holds {@code secret}. */
    static byte[] seal(byte[] secret, Recipients recipients, SecureRandom random) throws IOException {
        try {
            CMSAuthEnvelopedDataGenerator envelope = new CMSAuthEnvelopedDataGenerator();
            for (X509Certificate certificate : recipients.certificates()) {
                envelope.addRecipientInfoGenerator(recipient(certificate, random));
            }
            OutputAEADEncryptor aesGcm =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(BC)
                            .setSecureRandom(random)
                            .build();
            return envelope.generate(new CMSProcessableByteArray(secret), aesGcm)
                    .toASN1Structure()
                    .getEncoded("DER");
        } catch (CMSException | GeneralSecurityException e) {
            throw new IOException("the key envelope could not be made", e);
        }
    }

    private static RecipientInfoGenerator recipient(X509Certificate certificate, SecureRandom random)
            throws GeneralSecurityException {
        if (certificate.getPublicKey() instanceof ECPublicKey key) {
            KeyPairGenerator ephemeral = KeyPairGenerator.getInstance("EC", BC);
            ephemeral.initialize(key.getParams(), random);
            KeyPair pair = ephemeral.generateKeyPair();
            return new JceKeyAgreeRecipientInfoGenerator(
                            CMSAlgorithm.ECDH_SHA256KDF, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES256_WRAP)
                    .addRecipient(certificate)
                    .setProvider(BC)
                    .setSecureRandom(random);
        }
        return new JceKeyTransRecipientInfoGenerator(certificate, RSA_OAEP).setProvider(BC);
    }
}
