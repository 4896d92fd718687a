// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;

/** The names of machines are found again, however many there are and whatever they are called. */
class AssetBookTest {

    private static final int MACHINES = 200;

    @TempDir
    Path directory;

    @Test
    void the_last_line_of_a_machine_counts_also_after_opening_again() throws Exception {
        try (AssetBook book = open()) {
            book.append(List.of(refs("a/1", "first"), refs("a/2", "other")));
            book.append(List.of(refs("a/1", "second")));
            assertThat(found(book, "a/1")).isEqualTo("second");
        }
        try (AssetBook book = open()) {
            assertThat(found(book, "a/1")).isEqualTo("second");
            assertThat(found(book, "a/2")).isEqualTo("other");
            assertThat(book.find("a/3")).isEmpty();
        }
    }

    @Test
    void names_of_one_hash_are_two_machines_and_no_name_is_too_strange() throws Exception {
        List<String> names =
                List.of("a/Aa", "a/BB", "a/\"quoted\\\"", "a/\u00e9\ud83d\udd11", "a/" + "x".repeat(2_000), "a/");
        try (AssetBook book = open()) {
            for (String name : names) {
                book.append(List.of(refs(name, "ref of " + names.indexOf(name))));
            }
        }
        try (AssetBook book = open()) {
            for (String name : names) {
                assertThat(found(book, name)).isEqualTo("ref of " + names.indexOf(name));
            }
        }
    }

    @Test
    void the_table_grows_and_keeps_what_was_met() throws Exception {
        int many = 5_000;
        try (AssetBook book = open()) {
            book.append(List.of(refs("a/0", "0")));
            assertThat(book.meet("a/0", 7)).isTrue();
            book.append(IntStream.range(1, many)
                    .mapToObj(i -> refs("a/" + i, "" + i))
                    .toList());
            for (int i = 0; i < many; i++) {
                assertThat(found(book, "a/" + i)).isEqualTo("" + i);
            }
            assertThat(book.meet("a/0", 7)).as("met before it grew").isFalse();
            List<String> unmet = new ArrayList<>();
            book.each(7, (refs, met) -> {
                if (!met) {
                    unmet.add(refs.asset());
                }
            });
            assertThat(unmet).hasSize(many - 1).doesNotContain("a/0");
        }
    }

    @Test
    void a_line_that_is_none_is_not_skipped_in_silence() throws Exception {
        Files.writeString(directory.resolve("assets.ndjson"), "{\"vpsRef\":\"x\"}\n");

        assertThatThrownBy(this::open).isInstanceOf(MalformedException.class);
    }

    @Test
    void lines_that_count_no_more_are_left_behind_and_a_kill_at_any_step_loses_no_name() throws Exception {
        int steps = grown();
        long before = Files.size(directory.resolve("assets.ndjson"));
        byte[] old = Files.readAllBytes(directory.resolve("assets.ndjson"));
        List<String> reached = new ArrayList<>();
        AssetBook.open(directory.resolve("assets.ndjson"), reached::add).close();
        assertThat(Files.size(directory.resolve("assets.ndjson"))).isLessThan(before / 2);
        assertThat(reached)
                .contains("drafted", "copied", "on the disk", "adopted")
                .hasSize(MACHINES + 4);

        for (int kill = 0; kill < reached.size(); kill += kill < MACHINES - 5 && kill > 5 ? 37 : 1) {
            Files.write(directory.resolve("assets.ndjson"), old);
            int last = kill;
            List<String> done = new ArrayList<>();
            assertThatThrownBy(() -> AssetBook.open(directory.resolve("assets.ndjson"), step -> {
                        done.add(step);
                        if (done.size() > last) {
                            throw new IOException("killed");
                        }
                    }))
                    .hasMessage("killed");
            try (AssetBook book = open()) {
                for (int machine = 0; machine < MACHINES; machine++) {
                    assertThat(found(book, "a/" + machine))
                            .as("killed behind %s", done.get(done.size() - 1))
                            .isEqualTo(text(steps, machine));
                }
                assertThat(book.find("a/" + MACHINES)).isEmpty();
            }
        }
    }

    @Test
    void a_short_file_and_one_whose_lines_count_are_not_written_anew() throws Exception {
        List<String> reached = new ArrayList<>();
        try (AssetBook book = open()) {
            book.append(List.of(refs("a/1", "first")));
            book.append(List.of(refs("a/1", "second")));
        }
        AssetBook.open(directory.resolve("assets.ndjson"), reached::add).close();
        try (AssetBook book = open()) {
            book.append(IntStream.range(0, 1_200)
                    .mapToObj(i -> refs("a/" + i, "x".repeat(1_000)))
                    .toList());
        }
        AssetBook.open(directory.resolve("assets.ndjson"), reached::add).close();
        assertThat(reached).isEmpty();
    }

    /** So many machines that were said so often that the file is worth writing anew. */
    private int grown() throws Exception {
        int rounds = 0;
        try (AssetBook book = open()) {
            while (Files.size(directory.resolve("assets.ndjson")) < AssetBook.COMPACTED_FROM_BYTES * 3 / 2) {
                int round = rounds;
                book.append(IntStream.range(0, MACHINES)
                        .mapToObj(machine -> refs("a/" + machine, text(round + 1, machine)))
                        .toList());
                rounds++;
            }
        }
        return rounds;
    }

    private static String text(int round, int machine) {
        return round + " of " + machine + " " + "x".repeat(machine * 13);
    }

    @Test
    void what_a_full_disk_cut_off_does_not_stand_before_the_next_line() throws Exception {
        try (AssetBook book = open()) {
            book.append(List.of(refs("cluster-a/1", "one")));
            // As an append leaves it that found no room: the client lives on and is called again.
            Files.writeString(
                    directory.resolve("assets.ndjson"),
                    "{\"asset\":\"cluster-a/2",
                    java.nio.file.StandardOpenOption.APPEND);

            book.append(List.of(refs("cluster-a/2", "two")));

            assertThat(found(book, "cluster-a/2")).isEqualTo("two");
        }
        try (AssetBook book = open()) {
            assertThat(found(book, "cluster-a/1")).isEqualTo("one");
            assertThat(found(book, "cluster-a/2")).isEqualTo("two");
        }
    }

    private AssetBook open() throws IOException, MalformedException {
        return AssetBook.open(directory.resolve("assets.ndjson"));
    }

    private static String found(AssetBook book, String asset) throws IOException {
        return book.find(asset).orElseThrow().vpsRef();
    }

    private static AssetRefs refs(String asset, String vpsRef) {
        return new AssetRefs(
                asset,
                vpsRef,
                "tenancy",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
