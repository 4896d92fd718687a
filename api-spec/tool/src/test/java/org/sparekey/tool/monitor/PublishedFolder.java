// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;

/** A small log of our own, published as tlog-tiles says, by somebody who may lie. */
final class PublishedFolder {

    static final String ORIGIN = "log.hoster.example/log/registry/2026";

    final Path folder;
    final NoteSigner signer = new NoteSigner(ORIGIN, new byte[32]);
    final List<Digest> leaves = new ArrayList<>();

    PublishedFolder(Path folder) {
        this.folder = folder;
    }

    PublishedFolder grow(String history, int to) {
        while (leaves.size() < to) {
            leaves.add(Digest.sha256((history + leaves.size()).getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    /** Forgets the newest, to tell another story from there. */
    PublishedFolder cut(int to) {
        leaves.subList(to, leaves.size()).clear();
        return this;
    }

    Checkpoint head() {
        CompactTree tree = CompactTree.empty();
        leaves.forEach(tree::append);
        return new Checkpoint(ORIGIN, tree.size(), tree.root());
    }

    void publish(NoteSignature... cosignatures) throws IOException {
        for (TilePath path : TilePath.added(0, leaves.size())) {
            if (path.level() != TilePath.ENTRIES) {
                Path file = folder.resolve(path.path());
                Files.createDirectories(file.getParent());
                Files.write(file, hashes(path));
            }
        }
        String text = head().text();
        List<NoteSignature> lines = new ArrayList<>(List.of(signer.sign(text)));
        lines.addAll(List.of(cosignatures));
        Files.write(folder.resolve("checkpoint"), new SignedNote(text, lines).bytes());
    }

    private byte[] hashes(TilePath path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int each = 1 << TilePath.HEIGHT * path.level();
        for (int n = 0; n < path.width(); n++) {
            int from = (int) (path.index() * TilePath.FULL + n) * each;
            CompactTree tree = CompactTree.empty();
            leaves.subList(from, from + each).forEach(tree::append);
            out.writeBytes(tree.root().array());
        }
        return out.toByteArray();
    }

    TrustFile trust(String policy) {
        return new TrustFile(
                TrustFile.VERSION,
                TrustFile.TYPE,
                "Hoster Example B.V.",
                "https://gateway.hoster.example",
                List.of(new TrustFile.Log(ORIGIN, signer.key().vkey())),
                List.of(),
                policy,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
