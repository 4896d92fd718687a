// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;

/** 100,000 trees against the RFC's own recursion; small ones mostly, because every shape of a proof is among them. */
class RandomTreesTest {

    private static final long SEED = 20_261_123;
    private static final int TREES = 100_000;

    @Test
    void every_root_and_proof_of_100000_random_trees_is_the_rfcs_and_no_altered_one_is_accepted() {
        SplittableRandom random = new SplittableRandom(SEED);
        int judged = 0;
        for (int i = 0; i < TREES; i++) {
            int most = random.nextInt(100) == 0 ? 130 : 18;
            RfcTree tree = tree(random, 1 + random.nextInt(most));
            inclusion(tree, random);
            consistency(tree, random);
            judged++;
        }
        assertThat(judged).isEqualTo(TREES);
    }

    private static RfcTree tree(SplittableRandom random, int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(RfcTree.entry(i, random.nextLong()));
        }
        return new RfcTree(entries);
    }

    private static void inclusion(RfcTree tree, SplittableRandom random) {
        int size = tree.d().size();
        int index = random.nextInt(size);
        List<Digest> leaves = leaves(tree);
        CompactTree compact = CompactTree.empty();
        leaves.forEach(compact::append);
        Digest root = tree.mth();
        InclusionProof proof = InclusionProof.make(index, size, nodes(leaves));
        boolean agree = compact.root().equals(root)
                && proof.path().equals(tree.path(index))
                && proof.proves(leaves.get(index), root);
        boolean fooled = new InclusionProof(index, size, altered(proof.path(), random)).proves(leaves.get(index), root)
                || size > 1 && elsewhere(proof, size, random).proves(leaves.get(index), root)
                || size > 1 && proof.proves(leaves.get((index + 1) % size), root);
        require(agree && !fooled, "inclusion of " + index + " in " + size);
    }

    private static InclusionProof elsewhere(InclusionProof proof, int size, SplittableRandom random) {
        long other = (proof.index() + 1 + random.nextInt(size - 1)) % size;
        return new InclusionProof(other, size, proof.path());
    }

    private static void consistency(RfcTree tree, SplittableRandom random) {
        int size = tree.d().size();
        int old = 1 + random.nextInt(size);
        Digest oldRoot = new RfcTree(tree.d().subList(0, old)).mth();
        Digest root = tree.mth();
        ConsistencyProof proof = ConsistencyProof.make(old, size, nodes(leaves(tree)));
        boolean agree = proof.path().equals(tree.proof(old)) && proof.proves(oldRoot, root);
        boolean fooled = new ConsistencyProof(old, size, altered(proof.path(), random)).proves(oldRoot, root)
                || proof.proves(flipped(oldRoot, random), root)
                || proof.proves(oldRoot, flipped(root, random));
        require(agree && !fooled, "consistency of " + old + " and " + size);
    }

    /** One bit flipped, one hash dropped, one hash too many, or two exchanged. */
    private static List<Digest> altered(List<Digest> path, SplittableRandom random) {
        List<Digest> altered = new ArrayList<>(path);
        int kind = path.isEmpty() ? 0 : random.nextInt(path.size() > 1 ? 4 : 3);
        int at = path.isEmpty() ? 0 : random.nextInt(path.size());
        if (kind == 0) {
            altered.add(at, TreeHash.EMPTY_ROOT);
        } else if (kind == 1) {
            altered.remove(at);
        } else if (kind == 2) {
            altered.set(at, flipped(path.get(at), random));
        } else {
            Collections.swap(altered, at, (at + 1) % path.size());
        }
        return altered;
    }

    private static Digest flipped(Digest hash, SplittableRandom random) {
        byte[] bytes = hash.array();
        int bit = random.nextInt(bytes.length * Byte.SIZE);
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return Digest.of(bytes);
    }

    private static List<Digest> leaves(RfcTree tree) {
        return tree.d().stream().map(TreeHash::leaf).toList();
    }

    private static Nodes nodes(List<Digest> leaves) {
        return new Nodes() {
            @Override
            public Digest node(int level, long index) {
                return level == 0
                        ? leaves.get((int) index)
                        : TreeHash.node(node(level - 1, index * 2), node(level - 1, index * 2 + 1));
            }
        };
    }

    /** Cheaper than an assertion object for each of 200,000 proofs. */
    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
