// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.witness.Cosigner;

/** A witness's private key in a file of one line that only its owner may read. */
public final class WitnessKeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final int MAX_BYTES = 4096;

    private WitnessKeyFile() {}

    /** Writes a new file; an existing one is never overwritten. */
    public static void write(Path file, Cosigner cosigner) throws IOException {
        if (posix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, cosigner.secretLine() + "\n", StandardCharsets.UTF_8);
    }

    /** @throws IOException when others than the owner may read it */
    public static Cosigner read(Path file) throws IOException, MalformedException {
        if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file.getFileName() + " is open to others than its owner: chmod 600");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedException("", "not a witness's private key");
        }
        return Cosigner.parseSecretLine(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).stripTrailing());
    }

    private static boolean posix(Path file) throws IOException {
        Path there = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? file
                : file.toAbsolutePath().getParent();
        return there != null && Files.getFileStore(there).supportsFileAttributeView("posix");
    }
}
