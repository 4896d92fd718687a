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
import java.util.Optional;
import java.util.function.Predicate;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.SigningKey;

/**
 * A signed document: compact JWS (RFC 7515) over the exact payload bytes, or an authority's signed PDF that holds them
 * ({@link AuthorityDocument}). Parsing checks the form and the certificate reference; it trusts nothing. {@link #verifiedBy}
 * checks the signature under a key that the caller found elsewhere.
 */
public final class SignedDocument {

    /** An order with its chain is a few kilobytes; a batch header less. */
    public static final int MAX_CHARS = 1 << 20;

    private final String compact;
    private final String type;
    private final Instant claimedAt;
    private final byte[] payload;
    private final List<X509Certificate> chain;
    private final Optional<byte[]> pdf;
    private final Predicate<PublicKey> signature;

    private SignedDocument(
            String compact,
            String type,
            Instant claimedAt,
            byte[] payload,
            List<X509Certificate> chain,
            Optional<byte[]> pdf,
            Predicate<PublicKey> signature) {
        this.compact = compact;
        this.type = type;
        this.claimedAt = claimedAt;
        this.payload = payload;
        this.chain = List.copyOf(chain);
        this.pdf = pdf;
        this.signature = signature;
    }

    private static SignedDocument jws(
            String compact, DocumentHeader header, byte[] payload, byte[] signature, List<X509Certificate> chain) {
        byte[] input = ascii(compact.substring(0, compact.lastIndexOf('.')));
        return new SignedDocument(
                compact,
                header.typ(),
                Instant.ofEpochSecond(header.iat()),
                payload,
                chain,
                Optional.empty(),
                key -> holds(header.alg(), key, input, signature));
    }

    private static boolean holds(String alg, PublicKey key, byte[] input, byte[] signature) {
        KeyAlgorithm algorithm = KeyAlgorithm.of(key);
        return algorithm.jose().equals(alg) && algorithm.verifiesJose(key, input, signature);
    }

    /** @param text by which it is stored and sent */
    static SignedDocument pdf(String text, byte[] bytes, SignedPdf pdf, String type) throws MalformedException {
        PdfSignature signature = pdf.signature();
        return new SignedDocument(
                text,
                type,
                pdf.claimedAt(),
                pdf.payload(),
                List.of(signature.certificate()),
                Optional.of(bytes.clone()),
                signature::verifiedBy);
    }

    public static SignedDocument sign(String typ, byte[] payload, SigningKey key, Instant at) {
        DocumentHeader header = header(typ, key.chain(), key.algorithm(), at);
        String input = part(Wire.write(header)) + "." + part(payload);
        byte[] signature = key.signJose(ascii(input));
        return jws(input + "." + part(signature), header, payload.clone(), signature, key.chain());
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
        checkLeaf(header, chain.get(0));
        return jws(compact, header, bytes(parts[1]), bytes(parts[2]), chain);
    }

    /** The text to store and to send. */
    public String compact() {
        return compact;
    }

    public String type() {
        return type;
    }

    /** What the signer says about the time; not proof of it. */
    public Instant claimedAt() {
        return claimedAt;
    }

    /** The file that was signed, where it is a PDF and no JWS. */
    public Optional<byte[]> pdf() {
        return pdf.map(byte[]::clone);
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

    /** SHA-256 over the compact text, or over the PDF: the name of this very document, signature included. */
    public Digest digest() {
        return Digest.sha256(pdf.orElseGet(() -> ascii(compact)));
    }

    /** Reads the payload, which must be the JCS bytes of the record and of the given type. */
    public <T> T read(String typ, Class<T> record) throws MalformedException {
        if (!type.equals(typ)) {
            throw new MalformedException("/typ", "not a document of type " + typ);
        }
        T value = Wire.read(payload, record);
        if (!java.util.Arrays.equals(Wire.write(value), payload)) {
            throw new MalformedException("", "the payload is not canonical JSON");
        }
        return value;
    }

    /** Whether the signature holds under this key, which must be of the algorithm that the document names. */
    public boolean verifiedBy(PublicKey key) {
        return signature.test(key);
    }

    @Override
    public String toString() {
        return "SignedDocument[" + type + " " + digest() + "]";
    }

    private static void checkLeaf(DocumentHeader header, X509Certificate leaf) throws MalformedException {
        try {
            if (!KeyAlgorithm.of(leaf.getPublicKey()).jose().equals(header.alg())) {
                throw new MalformedException("/alg", "not the algorithm of the certificate's key");
            }
            if (!Digest.sha256(leaf.getEncoded()).equals(header.x5t())) {
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
