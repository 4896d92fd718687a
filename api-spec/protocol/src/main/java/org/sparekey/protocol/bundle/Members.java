// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;

/** The members of a bundle by name; asking for one that is needed and not there is a {@link MissingException}. */
final class Members {

    private final SortedMap<String, byte[]> bytes;

    Members(SortedMap<String, byte[]> bytes) {
        this.bytes = new TreeMap<>(bytes);
    }

    SortedMap<String, byte[]> all() {
        return bytes;
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(bytes.get(name));
    }

    byte[] need(String name) throws MissingException {
        return find(name).orElseThrow(() -> new MissingException(name + " is not in the bundle"));
    }

    SignedDocument document(String name) throws MissingException, MalformedException {
        return SignedDocument.parse(new String(need(name), StandardCharsets.US_ASCII));
    }

    /** The names that begin with a folder, sorted. */
    List<String> in(String folder) {
        return bytes.keySet().stream().filter(name -> name.startsWith(folder)).toList();
    }

    /** {@code log/0000}, {@code log/0001}, ... as far as they go without a gap. */
    List<String> folders(String kind) {
        List<String> folders = new ArrayList<>();
        for (int i = 0; bytes.containsKey(BundleMembers.folder(kind, i) + BundleMembers.ENTRY); i++) {
            folders.add(BundleMembers.folder(kind, i));
        }
        return folders;
    }
}
