// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/** A private key with the certificate chain that names its holder, leaf first. It never prints itself. */
public final class SigningKey {

    private final KeyAlgorithm algorithm;
    private final PrivateKey privateKey;
    private final List<X509Certificate> chain;

    /** @throws IllegalArgumentException when the chain is empty or its leaf holds a key that {@link KeyAlgorithm} refuses */
    public SigningKey(PrivateKey privateKey, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a signing key comes with its certificate");
        }
        this.algorithm = KeyAlgorithm.of(chain.get(0).getPublicKey());
        this.privateKey = privateKey;
        this.chain = List.copyOf(chain);
    }

    /** Reads the only key entry of a PKCS#12 file. */
    public static SigningKey load(Path pkcs12, char[] passphrase) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            store.load(in, passphrase);
        }
        String alias = store.aliases().nextElement();
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) certificate);
        }
        return new SigningKey((PrivateKey) store.getKey(alias, passphrase), chain);
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    public PublicKey publicKey() {
        return certificate().getPublicKey();
    }

    public Digest keyId() {
        return KeyId.of(publicKey());
    }

    /** For the TLS engine only, which wants the key itself. */
    public PrivateKey privateKeyForTls() {
        return privateKey;
    }

    /** For CMS signing only (Bouncy Castle's builder wants the key itself). */
    public PrivateKey privateKeyForCms() {
        return privateKey;
    }

    /** Signs as a JWS does (RFC 7515). */
    public byte[] signJose(byte[] data) {
        try {
            return algorithm.signJose(privateKey, data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + keyId() + " cannot sign", e);
        }
    }

    /** Signs as an HTTP message signature does (RFC 9421). */
    public byte[] signHttp(byte[] data) {
        try {
            return algorithm.signHttp(privateKey, data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + keyId() + " cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + algorithm + " " + keyId() + "]";
    }
}
