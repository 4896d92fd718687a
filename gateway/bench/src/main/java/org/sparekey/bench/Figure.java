// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * One line of {@code figures.jsonl}: reported, never asserted.
 *
 * @param figure its name
 * @param aim what the design hopes for, in the same unit; smaller is better
 * @param commit what was measured, with {@code +} where the work tree differed
 * @param load the machine's load average before
 * @param fdatasyncMicros the median of one durable page write, before
 */
record Figure(String figure, double value, String unit, double aim, String commit, double load, long fdatasyncMicros) {

    static Figure of(String figure, double value, String unit, double aim, Result.Conditions before) {
        return new Figure(
                figure, value, unit, aim, before.commit(), Result.rounded(before.load()), before.fdatasyncMicros());
    }
}
