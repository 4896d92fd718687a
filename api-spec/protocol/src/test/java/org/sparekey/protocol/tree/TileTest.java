// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

class TileTest {

    @Test
    void a_tree_of_70000_entries_has_the_tiles_that_the_specification_counts() {
        List<TilePath> tiles = TilePath.added(0, 70_000);
        assertThat(count(tiles, 0, false)).isEqualTo(273);
        assertThat(width(tiles, 0)).isEqualTo(112);
        assertThat(count(tiles, 1, false)).isEqualTo(1);
        assertThat(width(tiles, 1)).isEqualTo(17);
        assertThat(count(tiles, 2, false)).isZero();
        assertThat(width(tiles, 2)).isEqualTo(1);
        assertThat(count(tiles, TilePath.ENTRIES, false)).isEqualTo(273);
        assertThat(width(tiles, TilePath.ENTRIES)).isEqualTo(112);
        assertThat(tiles).hasSize(273 + 1 + 1 + 1 + 1 + 273 + 1);
        assertThat(TilePath.added(0, 256).stream().map(TilePath::path))
                .containsExactly("tile/entries/000", "tile/0/000", "tile/1/000.p/1");
    }

    @Test
    void growing_step_by_step_adds_what_growing_at_once_does_and_only_partial_tiles_besides() {
        Map<String, TilePath> stepwise = new HashMap<>();
        for (long size = 0; size < 66_000; size += 97) {
            TilePath.added(size, size + 97).forEach(tile -> stepwise.put(tile.path(), tile));
        }
        List<TilePath> atOnce = TilePath.added(0, (66_000 / 97 + 1) * 97L);
        atOnce.forEach(tile -> assertThat(stepwise.remove(tile.path())).isEqualTo(tile));
        assertThat(stepwise.values()).allMatch(TilePath::partial);
        assertThat(TilePath.added(5, 5)).isEmpty();
    }

    @Test
    void a_path_is_written_as_the_specification_says_and_read_back() throws MalformedException {
        assertThat(new TilePath(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TilePath(TilePath.ENTRIES, 273, 112).path()).isEqualTo("tile/entries/273.p/112");
        for (TilePath tile : TilePath.added(69_000, 70_000)) {
            assertThat(TilePath.parse(tile.path())).isEqualTo(tile);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/1",
                "tile/00/001",
                "tile/0/x000/001",
                "tile/0/001.p/256",
                "tile/0/001.p/0",
                "tile/0/001.p/007",
                "tile/64/001",
                "tile/0/../001",
                "tile/entries/001/",
                "tile/0/001.p/300",
                "/tile/0/001",
                "checkpoint"
            })
    void a_path_of_another_spelling_is_no_tile(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedException.class);
    }

    @Test
    void proofs_read_from_tiles_are_the_proofs_of_the_tree() {
        SlowTree all = TreeTest.random(1500);
        TileNodes nodes = new TileNodes(1500, tile -> bytes(all, tile));
        assertThat(nodes.root(1500)).isEqualTo(all.root());
        for (int index : new int[] {0, 1, 255, 256, 700, 1279, 1280, 1498, 1499}) {
            assertThat(InclusionProof.make(index, 1500, nodes).path()).isEqualTo(all.path(index));
        }
        for (int old : new int[] {1, 255, 256, 257, 1024, 1400, 1499}) {
            assertThat(ConsistencyProof.make(old, 1500, nodes)
                            .proves(all.first(old).root(), all.root()))
                    .isTrue();
        }
        TileNodes shortened = new TileNodes(1500, tile -> new byte[32]);
        assertThatThrownBy(() -> shortened.root(1500)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_bundle_gives_back_its_entries_and_a_cut_one_nothing() throws MalformedException {
        List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[300], new byte[0xffff]);
        byte[] bundle = EntryBundle.encode(entries);
        assertThat(bundle).hasSize(4 * 2 + 1 + 300 + 0xffff).startsWith(0, 0, 0, 1, 1, 1, 300 - 256);
        List<byte[]> read = EntryBundle.decode(bundle);
        assertThat(read).hasSize(4);
        assertThat(EntryBundle.encode(read)).isEqualTo(bundle);
        assertThatThrownBy(() -> EntryBundle.decode(java.util.Arrays.copyOf(bundle, bundle.length - 1)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> EntryBundle.decode(new byte[2 * 257])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[0x10000])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(SlowTree all, TilePath tile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < tile.width(); i++) {
            Digest node = all.nodes().node(8 * tile.level(), tile.index() * 256 + i);
            out.writeBytes(node.array());
        }
        return out.toByteArray();
    }

    private static long count(List<TilePath> tiles, int level, boolean partial) {
        return tiles.stream()
                .filter(tile -> tile.level() == level && tile.partial() == partial)
                .count();
    }

    private static int width(List<TilePath> tiles, int level) {
        return tiles.stream()
                .filter(tile -> tile.level() == level && tile.partial())
                .findFirst()
                .orElseThrow()
                .width();
    }
}
