// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.sparekey.protocol.key.SigningKey;

/** Files that only their owner may read; any other mode is refused before a byte is read. */
final class SecretFile {

    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /** The first line. The caller overwrites the array when done. */
    static char[] passphrase(Path file) {
        requireOwnerOnly(file);
        try {
            byte[] bytes = Files.readAllBytes(file);
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            char[] passphrase = new char[end];
            text.get(passphrase);
            Arrays.fill(text.array(), '\0');
            return passphrase;
        } catch (IOException e) {
            throw new UncheckedIOException("The passphrase file " + file + " cannot be read.", e);
        }
    }

    static SigningKey key(Path file, char[] passphrase) {
        requireOwnerOnly(file);
        try {
            return SigningKey.load(file, passphrase);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The key file " + file + " does not open with the configured passphrase.", e);
        }
    }

    private static void requireOwnerOnly(Path file) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalStateException("The file " + file + " holds a secret: its mode must be 0600.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " is missing or cannot be read.", e);
        }
    }
}
