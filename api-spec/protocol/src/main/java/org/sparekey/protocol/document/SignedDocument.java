// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.SigningKey;

/**
 * A signed document: compact JWS (RFC 7515) over the exact payload bytes. Parsing checks the form and the certificate
 * reference; it trusts nothing. {@link #verifiedBy} checks the signature under a key that the caller found elsewhere.
 */
public final class SignedDocument {

    /** An order with its chain is a few kilobytes; a batch header less. */
    public static final int MAX_CHARS = 1 << 20;

    private final String compact;
    private final DocumentHeader header;
    private final byte[] payload;
    private final byte[] signature;
    private final List<X509Certificate> chain;

    private SignedDocument(
            String compact, DocumentHeader header, byte[] payload, byte[] signature, List<X509Certificate> chain) {
        this.compact = compact;
        this.header = header;
        this.payload = payload;
        this.signature = signature;
        this.chain = chain;
    }

    public static SignedDocument sign(String typ, byte[] payload, SigningKey key, Instant at) {
        DocumentHeader header = header(typ, key.chain(), key.algorithm(), at);
        String input = part(Wire.write(header)) + "." + part(payload);
        byte[] signature = key.signJose(ascii(input));
        return new SignedDocument(input + "." + part(signature), header, payload.clone(), signature, key.chain());
    }

    /**
     * Reads a compact JWS.
     *
     * @throws MalformedException when it is not three canonical base64url parts, its header has other members than
     *     {@link DocumentHeader}, its algorithm is not that of its leaf's key, or x5t#S256 is not its leaf's digest
     */
    public static SignedDocument parse(String compact) throws MalformedException {
        if (compact.length() > MAX_CHARS) {
            throw new MalformedException("", "a signed document has at most 1 MiB");
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new MalformedException("", "a compact JWS has three parts");
        }
        DocumentHeader header = Wire.read(bytes(parts[0]), DocumentHeader.class);
        List<X509Certificate> chain = chain(header);
        SignedDocument document = new SignedDocument(compact, header, bytes(parts[1]), bytes(parts[2]), chain);
        document.checkLeaf();
        return document;
    }

    /** The text to store and to send. */
    public String compact() {
        return compact;
    }

    public String type() {
        return header.typ();
    }

    /** What the signer says about the time; not proof of it. */
    public Instant claimedAt() {
        return Instant.ofEpochSecond(header.iat());
    }

    public byte[] payload() {
        return payload.clone();
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The path hint, leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** SHA-256 over the compact text: the name of this very document, signature included. */
    public Digest digest() {
        return Digest.sha256(ascii(compact));
    }

    /** Reads the payload, which must be the JCS bytes of the record and of the given type. */
    public <T> T read(String typ, Class<T> record) throws MalformedException {
        if (!header.typ().equals(typ)) {
            throw new MalformedException("/typ", "not a document of type " + typ);
        }
        T value = Wire.read(payload, record);
        if (!java.util.Arrays.equals(Wire.write(value), payload)) {
            throw new MalformedException("", "the payload is not canonical JSON");
        }
        return value;
    }

    /** Whether the signature holds under this key, which must be of the header's algorithm. */
    public boolean verifiedBy(PublicKey key) {
        KeyAlgorithm algorithm = KeyAlgorithm.of(key);
        String input = compact.substring(0, compact.lastIndexOf('.'));
        return algorithm.jose().equals(header.alg()) && algorithm.verifiesJose(key, ascii(input), signature);
    }

    @Override
    public String toString() {
        return "SignedDocument[" + header.typ() + " " + digest() + "]";
    }

    private void checkLeaf() throws MalformedException {
        try {
            if (!KeyAlgorithm.of(leaf().getPublicKey()).jose().equals(header.alg())) {
                throw new MalformedException("/alg", "not the algorithm of the certificate's key");
            }
            if (!Digest.sha256(leaf().getEncoded()).equals(header.x5t())) {
                throw new MalformedException("/x5t#S256", "not the digest of the first certificate");
            }
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            throw new MalformedException("/x5c/0", "a certificate with a key that is not accepted", e);
        }
    }

    private static DocumentHeader header(String typ, List<X509Certificate> chain, KeyAlgorithm algorithm, Instant at) {
        try {
            List<String> x5c = new ArrayList<>();
            for (X509Certificate certificate : chain) {
                x5c.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
            }
            Digest x5t = Digest.sha256(chain.get(0).getEncoded());
            return new DocumentHeader(algorithm.jose(), typ, x5c, x5t, at.getEpochSecond());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    private static List<X509Certificate> chain(DocumentHeader header) throws MalformedException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = new ArrayList<>();
            for (String base64 : header.x5c()) {
                byte[] der = Base64.getDecoder().decode(base64);
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return List.copyOf(chain);
        } catch (CertificateException | IllegalArgumentException e) {
            throw new MalformedException("/x5c", "not DER certificates in base64", e);
        }
    }

    private static byte[] bytes(String part) throws MalformedException {
        try {
            return Bytes.parse(part).array();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "a part is not base64url without padding", e);
        }
    }

    private static String part(byte[] bytes) {
        return Bytes.of(bytes).base64url();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
