// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.sparekey.protocol.key.SigningKey;

/** Writes keys the way people keep them: PKCS#12 with a passphrase file, or PEM for openssl and curl; secrets 0600. */
public final class KeyFiles {

    public static final int PASSPHRASE_BYTES = 18;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private final SecureRandom random;

    public KeyFiles(SecureRandom random) {
        this.random = random;
    }

    /** A new random passphrase in a file of its own, one line without a line end. */
    public char[] passphrase(Path file) throws IOException {
        byte[] bytes = new byte[PASSPHRASE_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        writeSecret(file, text.getBytes(StandardCharsets.US_ASCII));
        return text.toCharArray();
    }

    /** One key entry with its chain; the alias is the file's name without its ending. */
    public void pkcs12(Path file, SigningKey key, char[] passphrase) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            String alias = file.getFileName().toString().replaceFirst("\\.p12$", "");
            store.setKeyEntry(
                    alias, key.privateKeyForTls(), passphrase, key.chain().toArray(X509Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, passphrase);
            writeSecret(file, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKCS#12 file " + file.getFileName(), e);
        }
    }

    /** Certificates in PEM, in the order given. */
    public static void certificates(Path file, List<X509Certificate> certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(pem(certificate));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    /** The private key in PEM (PKCS#8, not encrypted): for throw-away keys only. */
    public static void privateKey(Path file, SigningKey key) throws IOException {
        writeSecret(
                file, pem("PRIVATE KEY", key.privateKeyForTls().getEncoded()).getBytes(StandardCharsets.US_ASCII));
    }

    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that cannot be encoded", e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + PEM.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The mode is set before the first byte is written, so that nobody reads in between. */
    private static void writeSecret(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }
}
