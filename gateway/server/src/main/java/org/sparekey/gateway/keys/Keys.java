// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.SigningKey;

/**
 * The gateway's private keys, one purpose each, from PKCS#12 files of mode 0600. The TLS key is not kept here: it
 * goes from its own file (tls.p12) into the TLS engine.
 */
public final class Keys {

    private final SigningKey message;
    private final SigningKey statement;
    private final SigningKey manifest;
    private final Map<String, SigningKey> logs;

    private Keys(SigningKey message, SigningKey statement, SigningKey manifest, Map<String, SigningKey> logs) {
        this.message = message;
        this.statement = statement;
        this.manifest = manifest;
        this.logs = Map.copyOf(logs);
    }

    /** @throws IllegalStateException in one sentence when a file is absent, open to others, or of another passphrase */
    public static Keys load(Path directory, Path passphraseFile) {
        char[] passphrase = SecretFile.passphrase(passphraseFile);
        try {
            Map<String, SigningKey> logs = new HashMap<>();
            for (String log : new String[] {"registry", "case"}) {
                SigningKey key = SecretFile.key(directory.resolve("log-" + log + ".p12"), passphrase);
                if (key.algorithm() != KeyAlgorithm.ED25519) {
                    throw new IllegalStateException("The log key log-" + log + ".p12 must be an Ed25519 key.");
                }
                logs.put(log, key);
            }
            return new Keys(
                    SecretFile.key(directory.resolve("message.p12"), passphrase),
                    SecretFile.key(directory.resolve("statement.p12"), passphrase),
                    SecretFile.key(directory.resolve("manifest.p12"), passphrase),
                    logs);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The key of the gateway's own TLS certificate, for the listeners alone; read anew, not kept here. */
    public static SigningKey tls(KeysSettings settings) {
        char[] passphrase = SecretFile.passphrase(settings.requiredPassphraseFile());
        try {
            return SecretFile.key(settings.requiredDirectory().resolve("tls.p12"), passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Signs HTTP responses. */
    public SigningKey message() {
        return message;
    }

    /** Signs receipts, identity answers and execution tickets. */
    public SigningKey statement() {
        return statement;
    }

    /** Signs manifests, lists of files and bundles; its certificate goes with them. */
    public SigningKey manifest() {
        return manifest;
    }

    /**
     * The signer of one log's checkpoints.
     *
     * @param log {@code registry} or {@code case}
     * @param origin the name it signs under
     */
    public LogSigner log(String log, String origin) {
        SigningKey key = logs.get(log);
        if (key == null) {
            throw new IllegalArgumentException("no log of this name");
        }
        return new LogSigner(origin, key);
    }

    @Override
    public String toString() {
        return "Keys";
    }
}
