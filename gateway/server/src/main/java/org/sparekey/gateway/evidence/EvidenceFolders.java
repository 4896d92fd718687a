// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.evidence.EvidenceFolder;

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

    /**
     * The key first: without it the rest is noise even after a crash. May be repeated.
     *
     * @throws IOException where something of it stands
     */
    void destroy(Attempt attempt) throws IOException {
        keys(attempt).destroy(EvidenceFolder.KEY);
        volumes(attempt).destroy(EvidenceFolder.SUMS);
        Path folder = directory.resolve(attempt.folder());
        Files.deleteIfExists(folder.resolve("key"));
        Files.deleteIfExists(folder.resolve("volumes"));
        Files.deleteIfExists(folder);
    }

    /** Holds key.cms alone. */
    EvidenceStore keys(Attempt attempt) throws IOException {
        return new FileEvidenceStore(directory.resolve(attempt.folder()).resolve("key"));
    }
}
