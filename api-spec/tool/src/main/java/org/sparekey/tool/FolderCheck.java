// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** Whether a delivery folder is whole and as the hoster signed it, before anything is opened. */
public final class FolderCheck {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path folder;

    public FolderCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks the signature over the list, then every file the list names.
     *
     * @param roots the hoster's certificates, from elsewhere than the folder
     * @return the list
     * @throws EvidenceException when the signature does not hold, a file is altered or missing
     */
    public DigestList check(List<X509Certificate> roots) throws IOException, MalformedException {
        DigestList list = list(roots);
        for (String name : list.digests().keySet()) {
            unaltered(list, name);
        }
        return list;
    }

    /** The list of files, its signature checked, none of its files. */
    DigestList list(List<X509Certificate> roots) throws IOException, MalformedException {
        byte[] sums = Files.readAllBytes(present(EvidenceFolder.SUMS));
        SumsSignature.check(sums, Files.readAllBytes(present(EvidenceFolder.SUMS_SIGNATURE)), roots);
        return DigestList.parse(sums);
    }

    /** @throws EvidenceException when this file is not as the list says, or not in it */
    void unaltered(DigestList list, String name) throws IOException {
        if (!digest(present(name)).equals(list.digests().get(name))) {
            throw new EvidenceException(EvidenceException.Kind.ALTERED, name + " was altered");
        }
    }

    static Digest digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                sha256.update(chunk, 0, count);
            }
        }
        return Digest.of(sha256.digest());
    }

    private Path present(String name) throws EvidenceException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new EvidenceException(EvidenceException.Kind.INCOMPLETE, name + " is missing");
        }
        return file;
    }
}
