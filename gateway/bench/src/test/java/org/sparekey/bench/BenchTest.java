// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {

    private static final Set<String> NAMES = Set.of(
            "append_vs_insert",
            "append_vs_insert_32",
            "append_vs_insert_1ms_disk",
            "audited_vs_unaudited_1ms_disk",
            "audited_batch_vs_unaudited_1ms_disk",
            "audited_vs_unaudited",
            "audited_vs_unaudited_1",
            "audited_batch_vs_unaudited",
            "verify_vs_hash",
            "batch_registration_vs_insert",
            "batch_vs_singles",
            "single_registration_vs_insert",
            "single_registration_vs_insert_128",
            "lookup_scale",
            "lookup_vs_parts");

    @TempDir
    Path directory;

    @Test
    void every_ratio_is_measured_and_kept_as_one_line() throws Exception {
        Path file = directory.resolve("results.jsonl");
        Files.writeString(file, "{\"ratio\":\"an earlier run's\"}\n");

        List<Result> results = new Bench(Size.SMOKE, directory, Set.of()).run(directory.resolve("stand"));

        Set<String> names = names();
        assertThat(results).extracting(Result::ratio).containsExactlyInAnyOrderElementsOf(names);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.rounds()).isEqualTo(Size.SMOKE.rounds());
            assertThat(result.min()).isPositive().isLessThanOrEqualTo(result.median());
            assertThat(result.max()).isGreaterThanOrEqualTo(result.median());
            assertThat(result.fdatasyncMicros()).isPositive();
        });
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1 + names.size());
        for (String line : lines.subList(1, lines.size())) {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(json.propertyNames())
                    .contains("ratio", "median", "min", "max", "rounds", "commit", "load", "fdatasyncMicros", "goal");
        }
    }

    /** Debian's programs are no newcomer's duty; the build server has them, and there none may be left out. */
    private static Set<String> names() {
        Set<String> names = new HashSet<>(NAMES);
        if (Shell.missing(SealComparisons.PROGRAMS).isEmpty() || Boolean.getBoolean("sparekey.requireTools")) {
            names.addAll(Bench.SEALS);
        }
        return names;
    }

    @Test
    void every_figure_is_reported_and_kept_as_one_line() throws Exception {
        List<Figure> figures =
                new Bench(Size.SMOKE, directory, Set.of()).figures(Files.createDirectory(directory.resolve("stand")));

        assertThat(figures)
                .extracting(Figure::figure)
                .containsExactly(
                        "entry_to_signed_p99",
                        "entry_to_witnessed_proof_p99",
                        "tree_storage",
                        "proof_bytes_at_10_million",
                        "submission_to_verdict_p99",
                        "submission_to_verdict_p99_8_at_once",
                        "agent_first_sync",
                        "agent_unchanged_sync_process",
                        "agent_unchanged_sync",
                        "agent_live_heap",
                        "sdk_jar",
                        "sdk_and_protocol_jars");
        // so few machines need no collection
        assertThat(figures)
                .filteredOn(figure -> !figure.figure().equals("agent_live_heap"))
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
        assertThat(Files.readAllLines(directory.resolve("figures.jsonl"))).hasSize(figures.size());
    }

    @Test
    void the_side_that_goes_first_changes_every_round() throws Exception {
        StringBuilder order = new StringBuilder();
        Comparison comparison =
                new Comparison("order", 0, 1, 1, operations -> order.append('o'), operations -> order.append('b'));

        Rounds rounds = Rounds.run(comparison, 4, new Machine(Optional.empty()));

        assertThat(order).hasToString("ob" + "ob" + "bo" + "ob" + "bo");
        assertThat(rounds.ratios()).hasSize(4);
    }

    @Test
    void a_ratio_is_ours_over_the_baseline_of_the_same_round_and_the_median_stands_for_them() {
        Sample fast = new Sample(100, 1_000_000, 200);
        Sample slow = new Sample(100, 4_000_000, 800);

        assertThat(fast.perSecond() / slow.perSecond()).isEqualTo(4);
        assertThat(fast.cpuMicrosPerOperation()).isEqualTo(2);
        assertThat(Result.median(List.of(1.0, 2.0, 9.0))).isEqualTo(2);
        assertThat(Result.median(List.of(1.0, 2.0, 4.0, 9.0))).isEqualTo(3);
    }
}
