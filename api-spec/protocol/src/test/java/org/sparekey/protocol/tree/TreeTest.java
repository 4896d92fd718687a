// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;

class TreeTest {

    private static final long SEED = 20_261_123;

    /** transparency-dev/merkle testonly/constants.go: eight leaf inputs and the roots of the trees 0 to 8. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void leaf_and_node_hashes_are_those_of_the_reference() {
        assertThat(TreeHash.leaf("L123456".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .hex())
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    }

    @Test
    void the_roots_of_the_first_nine_trees_are_those_of_the_reference() {
        CompactTree tree = CompactTree.empty();
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertThat(tree.root().hex()).isEqualTo(ROOTS.get(size));
            assertThat(tree.size()).isEqualTo(size);
            if (size < LEAVES.size()) {
                tree.append(TreeHash.leaf(HexFormat.of().parseHex(LEAVES.get(size))));
            }
        }
    }

    @Test
    void every_proof_of_every_small_tree_is_the_slow_trees_proof_and_proves() {
        SlowTree all = random(70);
        for (int size = 1; size <= 70; size++) {
            SlowTree tree = all.first(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.make(index, size, all.nodes());
                assertThat(proof.path()).isEqualTo(tree.path(index));
                assertThat(proof.proves(all.leaves().get(index), tree.root())).isTrue();
            }
            for (int old = 0; old <= size; old++) {
                assertThat(ConsistencyProof.make(old, size, all.nodes())
                                .proves(all.first(old).root(), tree.root()))
                        .isTrue();
            }
        }
    }

    @Test
    void a_compact_tree_agrees_with_the_slow_one_and_survives_being_stored() {
        SlowTree all = random(600);
        CompactTree tree = CompactTree.empty();
        for (int size = 1; size <= 600; size++) {
            tree = CompactTree.of(tree.size(), tree.roots());
            tree.append(all.leaves().get(size - 1));
            if (size % 37 == 0 || size > 590) {
                assertThat(tree.root()).isEqualTo(all.first(size).root());
                assertThat(all.nodes().root(size)).isEqualTo(tree.root());
            }
        }
        assertThatThrownBy(() -> CompactTree.of(3, List.of(TreeHash.EMPTY_ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_proof_with_any_single_bit_flipped_proves_nothing() {
        SlowTree all = random(23);
        Digest root = all.root();
        for (int index = 0; index < 23; index++) {
            InclusionProof proof = InclusionProof.make(index, 23, all.nodes());
            Digest leaf = all.leaves().get(index);
            for (int hash = 0; hash < proof.path().size(); hash++) {
                for (int bit = 0; bit < 256; bit++) {
                    InclusionProof forged = new InclusionProof(index, 23, flipped(proof.path(), hash, bit));
                    assertThat(forged.proves(leaf, root)).isFalse();
                }
            }
        }
        for (int old = 1; old < 23; old++) {
            ConsistencyProof proof = ConsistencyProof.make(old, 23, all.nodes());
            Digest oldRoot = all.first(old).root();
            for (int hash = 0; hash < proof.path().size(); hash++) {
                for (int bit = 0; bit < 256; bit++) {
                    ConsistencyProof forged = new ConsistencyProof(old, 23, flipped(proof.path(), hash, bit));
                    assertThat(forged.proves(oldRoot, root)).isFalse();
                }
            }
        }
    }

    @Test
    void a_proof_for_another_position_size_or_length_proves_nothing() {
        SlowTree all = random(40);
        for (int size = 1; size <= 40; size++) {
            Digest root = all.first(size).root();
            for (int index = 0; index < size; index++) {
                InclusionProof proof = InclusionProof.make(index, size, all.nodes());
                Digest leaf = all.leaves().get(index);
                for (int other = -1; other <= size + 1; other++) {
                    assertThat(new InclusionProof(other, size, proof.path()).proves(leaf, root))
                            .isEqualTo(other == index);
                }
                assertThat(new InclusionProof(index, size, longer(proof.path())).proves(leaf, root))
                        .isFalse();
                if (!proof.path().isEmpty()) {
                    assertThat(new InclusionProof(index, size, shorter(proof.path())).proves(leaf, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void a_forked_history_has_no_consistency_proof() {
        SlowTree honest = random(50);
        List<Digest> leaves = new ArrayList<>(honest.leaves());
        leaves.set(7, TreeHash.leaf(new byte[] {7}));
        SlowTree fork = new SlowTree(leaves);
        for (int old = 8; old < 50; old++) {
            ConsistencyProof proof = ConsistencyProof.make(old, 50, fork.nodes());
            assertThat(proof.proves(fork.first(old).root(), fork.root())).isTrue();
            assertThat(proof.proves(honest.first(old).root(), fork.root())).isFalse();
            ConsistencyProof longer = new ConsistencyProof(old, 50, longer(proof.path()));
            assertThat(longer.proves(fork.first(old).root(), fork.root())).isFalse();
            ConsistencyProof shorter = new ConsistencyProof(old, 50, shorter(proof.path()));
            assertThat(shorter.proves(fork.first(old).root(), fork.root())).isFalse();
        }
    }

    @Test
    void nothing_is_proven_from_empty_or_equal_trees_with_invented_roots() {
        Digest invented = TreeHash.leaf(new byte[] {1});
        assertThat(new ConsistencyProof(0, 0, List.of()).proves(invented, invented))
                .isFalse();
        assertThat(new ConsistencyProof(0, 5, List.of()).proves(invented, invented))
                .isFalse();
        assertThat(new ConsistencyProof(5, 5, List.of(invented)).proves(invented, invented))
                .isFalse();
        assertThat(new ConsistencyProof(5, 5, List.of()).proves(invented, TreeHash.EMPTY_ROOT))
                .isFalse();
        assertThat(new ConsistencyProof(6, 5, List.of()).proves(invented, invented))
                .isFalse();
        assertThat(new ConsistencyProof(4, 5, List.of()).proves(invented, invented))
                .isFalse();
        assertThat(new InclusionProof(0, 0, List.of()).proves(invented, invented))
                .isFalse();
        assertThatThrownBy(() -> InclusionProof.make(3, 3, random(3).nodes()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static SlowTree random(int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] entry = new byte[random.nextInt(40)];
            random.nextBytes(entry);
            leaves.add(TreeHash.leaf(entry));
        }
        return new SlowTree(leaves);
    }

    private static List<Digest> flipped(List<Digest> path, int hash, int bit) {
        List<Digest> forged = new ArrayList<>(path);
        byte[] bytes = forged.get(hash).array();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        forged.set(hash, Digest.of(bytes));
        return forged;
    }

    private static List<Digest> longer(List<Digest> path) {
        List<Digest> longer = new ArrayList<>(path);
        longer.add(TreeHash.EMPTY_ROOT);
        return longer;
    }

    private static List<Digest> shorter(List<Digest> path) {
        return path.subList(0, path.size() - 1);
    }
}
