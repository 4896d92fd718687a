// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.FileEvidenceStore;

/** Where the copies lie: one directory per attempt, with the key apart from the volumes. */
final class EvidenceFolders {

    private static final int NAME_BYTES = 16;

    private final Path directory;
    private final SecureRandom random;

    EvidenceFolders(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** A name that tells nothing about the order and is used once. */
    String fresh() {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name);
    }

    EvidenceStore volumes(Attempt attempt) throws IOException {
        return new FileEvidenceStore(directory.resolve(attempt.folder()).resolve("volumes"));
    }

    /** Holds key.cms alone. */
    EvidenceStore keys(Attempt attempt) throws IOException {
        return new FileEvidenceStore(directory.resolve(attempt.folder()).resolve("key"));
    }
}
