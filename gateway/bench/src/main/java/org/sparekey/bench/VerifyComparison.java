// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.TilePath;
import org.sparekey.protocol.tree.TreeHash;

/** Reading a whole log back and recomputing its root, against the bare hashes that this cannot do without. */
final class VerifyComparison {

    private static final int ENTRY_BYTES = 420;
    private static final long SEED = 20261123;

    private final List<byte[]> bundles = new ArrayList<>();
    private final byte[] entry = new byte[ENTRY_BYTES];
    private final byte[] node = new byte[1 + 2 * Digest.LENGTH_BYTES];
    private final int size;
    private final Digest root;

    private VerifyComparison(int size) throws MalformedException {
        this.size = size;
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> bundle = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            byte[] bytes = new byte[ENTRY_BYTES];
            random.nextBytes(bytes);
            bundle.add(bytes);
            if (bundle.size() == TilePath.FULL || n == size - 1) {
                bundles.add(EntryBundle.encode(bundle));
                bundle.clear();
            }
        }
        this.root = rootOfAll();
    }

    static Comparison of(Size size) throws MalformedException {
        int entries = size.of(200_000);
        VerifyComparison log = new VerifyComparison(entries);
        return new Comparison("verify_vs_hash", 0.5, entries, entries, log::verify, log::hash);
    }

    private void verify(int operations) throws MalformedException {
        for (int done = 0; done < operations; done += size) {
            if (!rootOfAll().equals(root)) {
                throw new IllegalStateException("the log changed under the measurement");
            }
        }
    }

    private Digest rootOfAll() throws MalformedException {
        CompactTree tree = CompactTree.empty();
        for (byte[] bundle : bundles) {
            for (byte[] each : EntryBundle.decode(bundle)) {
                tree.append(TreeHash.leaf(each));
            }
        }
        return tree.root();
    }

    /** One leaf hash and one node hash an entry, with one digest object and no tree. */
    private void hash(int operations) {
        MessageDigest sha256 = Digest.sha256();
        byte[] last = new byte[Digest.LENGTH_BYTES];
        for (int n = 0; n < operations; n++) {
            sha256.update((byte) 0);
            last = sha256.digest(entry);
            System.arraycopy(last, 0, node, 1, last.length);
            last = sha256.digest(node);
        }
        entry[0] = last[0];
    }
}
