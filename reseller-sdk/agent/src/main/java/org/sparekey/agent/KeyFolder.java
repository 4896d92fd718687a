// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Makes a reseller's keys where they are to stay: P-256 in PKCS#12 under a random passphrase in a file beside, and a
 * certificate request. The JDK's keytool does it, which reads the passphrase from the file: no secret is in an argument.
 */
final class KeyFolder {

    private static final int PASSPHRASE_BYTES = 32;

    /** The holder's own issuer, for the length of one run. */
    private static final String ISSUER = "own-issuer";

    private final Path directory;
    private final SecureRandom random;

    KeyFolder(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** @throws IOException also when one of the files is there: a key is never written over */
    void make(String use, String reseller) throws IOException {
        if (Files.exists(store(use)) || Files.exists(passphrase(use))) {
            throw new IOException(use + ".p12 or " + use + ".pass is there already; it is not written over");
        }
        newPassphrase(use);
        keytool(
                List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA"),
                use,
                List.of("-validity", "366", "-dname", "CN=" + reseller + " " + use));
        Files.setPosixFilePermissions(store(use), PosixFilePermissions.fromString("rw-------"));
        keytool(
                List.of("-certreq"),
                use,
                List.of("-file", directory.resolve(use + ".csr").toString()));
    }

    /**
     * Certifies the keys by a key of the holder's own that is thrown away: what is enrolled is the key, and TLS wants an
     * issuer beside the leaf. A crash leaves requests and some certified keys; the next run certifies all again.
     */
    void certify(List<String> uses, String reseller) throws IOException {
        try {
            newPassphrase(ISSUER);
            keytool(
                    List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA"),
                    ISSUER,
                    List.of("-validity", "366", "-dname", "CN=" + reseller + " own keys", "-ext", "bc:c"));
            keytool(
                    List.of("-exportcert", "-rfc"),
                    ISSUER,
                    List.of("-file", directory.resolve(ISSUER + ".pem").toString()));
            for (String use : uses) {
                certify(use);
            }
        } finally {
            for (String file : List.of(ISSUER + ".p12", ISSUER + ".pass", ISSUER + ".pem")) {
                Files.deleteIfExists(directory.resolve(file));
            }
        }
    }

    private void certify(String use) throws IOException {
        Path request = directory.resolve(use + ".csr");
        Path leaf = directory.resolve(use + ".leaf.pem");
        Path chain = directory.resolve(use + ".chain.pem");
        try {
            keytool(
                    List.of("-gencert", "-rfc"),
                    ISSUER,
                    List.of("-infile", request.toString(), "-outfile", leaf.toString(), "-validity", "365"));
            String pem = Files.readString(leaf) + Files.readString(directory.resolve(ISSUER + ".pem"));
            Files.writeString(chain, pem);
            install(use, chain);
        } finally {
            Files.deleteIfExists(leaf);
            Files.deleteIfExists(chain);
        }
    }

    /** Whether its certificate has an issuer beside it. */
    boolean certified(String use) throws IOException {
        try {
            return open(use).getCertificateChain(use).length > 1;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot open " + use + ".p12", e);
        }
    }

    PublicKey publicKey(String use) throws IOException {
        try {
            return open(use).getCertificate(use).getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot open " + use + ".p12", e);
        }
    }

    /**
     * Puts the certificate that the hoster issued beside its key.
     *
     * @param chain PEM: the certificate first, then its issuer's
     */
    void install(String use, Path chain) throws IOException {
        char[] passphrase = Files.readString(passphrase(use)).strip().toCharArray();
        try (InputStream pem = Files.newInputStream(chain)) {
            Certificate[] certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .toArray(Certificate[]::new);
            KeyStore store = open(use);
            boolean fits = certificates.length > 1
                    && certificates[0]
                            .getPublicKey()
                            .equals(store.getCertificate(use).getPublicKey());
            if (!fits) {
                throw new IOException(chain.getFileName() + " is not the certificate of the " + use
                        + " key, followed by its issuer's");
            }
            certificates[0].verify(certificates[1].getPublicKey());
            store.setKeyEntry(use, store.getKey(use, passphrase), passphrase, certificates);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, passphrase);
            DurableFiles.replace(store(use), bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates in " + chain.getFileName(), e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void newPassphrase(String use) throws IOException {
        byte[] bytes = new byte[PASSPHRASE_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
        DurableFiles.replace(passphrase(use), text.getBytes(StandardCharsets.US_ASCII));
    }

    private KeyStore open(String use) throws IOException, GeneralSecurityException {
        char[] passphrase = Files.readString(passphrase(use)).strip().toCharArray();
        try (InputStream in = Files.newInputStream(store(use))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            return store;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void keytool(List<String> what, String use, List<String> more) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> words = new java.util.ArrayList<>(List.of(keytool.toString()));
        words.addAll(what);
        words.addAll(List.of(
                "-alias", use, "-storetype", "PKCS12", "-keystore", store(use).toString()));
        words.addAll(List.of("-storepass:file", passphrase(use).toString()));
        words.addAll(more);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IOException("keytool " + what.get(0) + " failed for the " + use + " key");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Path store(String use) {
        return directory.resolve(use + ".p12");
    }

    private Path passphrase(String use) {
        return directory.resolve(use + ".pass");
    }
}
