// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the private keys are. Neither has a default.
 *
 * @param directory holds message.p12, statement.p12, manifest.p12, log-registry.p12 and log-case.p12, each 0600
 * @param passphraseFile one line, 0600: the passphrase of all of them
 */
@ConfigurationProperties("sparekey.keys")
public record KeysSettings(
        @Nullable Path directory, @Nullable Path passphraseFile) {

    Path requiredDirectory() {
        if (directory == null) {
            throw new IllegalStateException("No keys: set sparekey.keys.directory to the directory of the .p12 files.");
        }
        return directory;
    }

    Path requiredPassphraseFile() {
        if (passphraseFile == null) {
            throw new IllegalStateException(
                    "No passphrase: set sparekey.keys.passphrase-file to the file that holds it.");
        }
        return passphraseFile;
    }
}
