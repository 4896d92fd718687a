// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The signature algorithms Sparekey knows, one per kind of key. Signatures come from Bouncy Castle by name: one provider
 * for verdicts. ECDSA is raw r||s (RFC 7518 section 3.4, RFC 9421 section 3.3.4). RS256, HS* and none do not exist here.
 */
public enum KeyAlgorithm {
    P256("ES256", "ecdsa-p256-sha256", "EC"),
    P384("ES384", "ecdsa-p384-sha384", "EC"),
    ED25519("EdDSA", "ed25519", "Ed25519"),
    RSA("PS256", "rsa-pss-sha512", "RSA");

    /** NIST SP 800-57: 128-bit strength. */
    public static final int MIN_RSA_BITS = 3072;

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private final String jose;
    private final String http;
    private final String keyFactory;

    KeyAlgorithm(String jose, String http, String keyFactory) {
        this.jose = jose;
        this.http = http;
        this.keyFactory = keyFactory;
    }

    /** The JWS name (RFC 7518, RFC 8037). */
    public String jose() {
        return jose;
    }

    /** The HTTP signature name (RFC 9421 section 6.2.2). */
    public String http() {
        return http;
    }

    /** @throws IllegalArgumentException for a key of another kind, another curve, or RSA below 3072 bits */
    public static KeyAlgorithm of(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case P256_BITS -> P256;
                case P384_BITS -> P384;
                default -> throw new IllegalArgumentException("only the curves P-256 and P-384");
            };
        }
        if (key instanceof RSAPublicKey rsa) {
            if (rsa.getModulus().bitLength() < MIN_RSA_BITS) {
                throw new IllegalArgumentException("RSA keys have at least 3072 bits");
            }
            return RSA;
        }
        if (key.getAlgorithm().equals("Ed25519") || key.getAlgorithm().equals("EdDSA")) {
            return ED25519;
        }
        throw new IllegalArgumentException("only P-256, P-384, Ed25519 and RSA keys");
    }

    /** Reads a DER SubjectPublicKeyInfo of this kind. */
    public PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance(keyFactory, PROVIDER).generatePublic(new X509EncodedKeySpec(spki));
    }

    byte[] signJose(PrivateKey key, byte[] data) throws GeneralSecurityException {
        return sign(joseSignature(), key, data);
    }

    byte[] signHttp(PrivateKey key, byte[] data) throws GeneralSecurityException {
        return sign(httpSignature(), key, data);
    }

    /** False for whatever does not verify, also for a signature of the wrong length. */
    public boolean verifiesJose(PublicKey key, byte[] data, byte[] signature) {
        try {
            return verify(joseSignature(), key, data, signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    /** False for whatever does not verify, also for a signature of the wrong length. */
    public boolean verifiesHttp(PublicKey key, byte[] data, byte[] signature) {
        try {
            return verify(httpSignature(), key, data, signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private byte[] sign(Signature signature, PrivateKey key, byte[] data) throws GeneralSecurityException {
        signature.initSign(KeyFactory.getInstance(keyFactory, PROVIDER)
                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
        signature.update(data);
        return signature.sign();
    }

    private boolean verify(Signature verifier, PublicKey key, byte[] data, byte[] signature)
            throws GeneralSecurityException {
        verifier.initVerify(publicKey(key.getEncoded()));
        verifier.update(data);
        return verifier.verify(signature);
    }

    private Signature joseSignature() throws GeneralSecurityException {
        return this == RSA ? pss("SHA-256", MGF1ParameterSpec.SHA256, 32) : plain();
    }

    private Signature httpSignature() throws GeneralSecurityException {
        return this == RSA ? pss("SHA-512", MGF1ParameterSpec.SHA512, 64) : plain();
    }

    private Signature plain() throws GeneralSecurityException {
        return Signature.getInstance(
                switch (this) {
                    case P256 -> "SHA256withPLAIN-ECDSA";
                    case P384 -> "SHA384withPLAIN-ECDSA";
                    case ED25519 -> "Ed25519";
                    case RSA -> throw new IllegalStateException("RSA signs by PSS");
                },
                PROVIDER);
    }

    private static Signature pss(String hash, MGF1ParameterSpec mask, int saltBytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", PROVIDER);
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", mask, saltBytes, 1));
        return signature;
    }
}
