// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.sparekey.protocol.key.SigningKey;

/**
 * A PKCS#12 file with one key and its chain, and the file that holds its passphrase on one line. Paths only: the secret
 * itself is read when it is needed and wiped behind.
 *
 * @param file relative to the configuration file
 */
public record KeyFile(String file, String passphraseFile) {

    /** @throws IOException when a file is not there, or the passphrase does not open the key */
    SigningKey load(Path base) throws IOException {
        char[] passphrase = passphrase(base.resolve(passphraseFile));
        try {
            return SigningKey.load(base.resolve(file), passphrase);
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("cannot open the key in " + file, e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static char[] passphrase(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(bytes));
        int end = text.limit();
        while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
            end--;
        }
        char[] passphrase = Arrays.copyOf(text.array(), end);
        Arrays.fill(text.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return passphrase;
    }
}
