// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyAlgorithm;

/** Reads certificates and public keys from PEM (RFC 7468). */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PUBLIC_KEY = "PUBLIC KEY";

    private Pem() {}

    static List<X509Certificate> certificates(Path file) throws IOException, MalformedException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (blocks.find()) {
            certificates.add(certificate(file, blocks.group(1), der(blocks)));
        }
        if (certificates.isEmpty()) {
            throw new MalformedException("", "no certificate in " + file.getFileName());
        }
        return certificates;
    }

    /** The first block of each file: a certificate or a public key. */
    static List<PublicKey> publicKeys(Path base, List<String> files) throws IOException, MalformedException {
        List<PublicKey> keys = new ArrayList<>();
        for (String name : files) {
            Path file = base.resolve(name);
            Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!block.find()) {
                throw new MalformedException("", "neither a certificate nor a public key in " + file.getFileName());
            }
            keys.add(
                    block.group(1).equals(PUBLIC_KEY)
                            ? publicKey(file, der(block))
                            : certificate(file, block.group(1), der(block)).getPublicKey());
        }
        return keys;
    }

    private static X509Certificate certificate(Path file, String label, byte[] der) throws MalformedException {
        try {
            if (label.equals(CERTIFICATE)) {
                return (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            }
        } catch (CertificateException e) {
            throw new MalformedException("", "not a certificate in " + file.getFileName(), e);
        }
        throw new MalformedException("", "something else than certificates in " + file.getFileName());
    }

    private static PublicKey publicKey(Path file, byte[] der) throws MalformedException {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            try {
                PublicKey key = algorithm.publicKey(der);
                KeyAlgorithm.of(key);
                return key;
            } catch (GeneralSecurityException | IllegalArgumentException anotherKind) {
                continue;
            }
        }
        throw new MalformedException("", "not a public key of a known kind in " + file.getFileName());
    }

    private static byte[] der(Matcher block) throws MalformedException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not base64 in a PEM block", e);
        }
    }
}
