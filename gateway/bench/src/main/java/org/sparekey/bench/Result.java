// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.util.List;

/**
 * One line of {@code results.jsonl}.
 *
 * @param ratio its name; the figures are ours over the baseline's, by the comparison's yardstick
 * @param yardstick what was compared; of a rate more is better, of everything else less
 * @param commit what was measured, with {@code +} where the work tree differed
 * @param load the machine's load average before the first round: near 0 is quiet, above the cores is crowded
 * @param fdatasyncMicros the median of one durable page write, before the first round
 * @param goal what was wanted; 0 where the figure is only reported
 * @param cpuMicros of one operation of ours, median of the rounds
 * @param baselineCpuMicros of one operation of the baseline
 * @param perSecond ours, median of the rounds: of this machine in this hour, for orientation only
 */
record Result(
        String ratio,
        Yardstick yardstick,
        double median,
        double min,
        double max,
        int rounds,
        String commit,
        double load,
        long fdatasyncMicros,
        double goal,
        double cpuMicros,
        double baselineCpuMicros,
        double perSecond) {

    private static final double THOUSAND = 1000;

    static Result of(Comparison comparison, Rounds rounds, Conditions before) {
        List<Double> ratios = rounds.ratios().stream().sorted().toList();
        return new Result(
                comparison.ratio(),
                comparison.yardstick(),
                rounded(median(ratios)),
                rounded(ratios.getFirst()),
                rounded(ratios.getLast()),
                ratios.size(),
                before.commit(),
                rounded(before.load()),
                before.fdatasyncMicros(),
                comparison.goal(),
                rounded(cpu(rounds.ours())),
                rounded(cpu(rounds.baseline())),
                Math.round(median(
                        rounds.ours().stream().map(Sample::perSecond).sorted().toList())));
    }

    /** The machine as it was found. */
    record Conditions(String commit, double load, long fdatasyncMicros) {}

    boolean reached() {
        return yardstick.reached(median, goal);
    }

    private static double cpu(List<Sample> samples) {
        return median(
                samples.stream().map(Sample::cpuMicrosPerOperation).sorted().toList());
    }

    static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double rounded(double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }
}
