// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * Two ways of doing the same work, and what we want of them.
 *
 * @param ratio the name under which results are kept
 * @param goal as {@link Yardstick#ratio}; 0 where none is set
 * @param ours operations of one round, and how they are done
 * @param baseline may do fewer of them, where one of its operations takes much longer
 * @param warmUp rounds of each side before the first: a cold server measures its compiler
 */
record Comparison(String ratio, double goal, Yardstick yardstick, Share ours, Share baseline, int warmUp) {

    /** One side's work of a round. */
    record Share(int operations, Side side) {}

    /** Of rates, both sides doing as many operations, the warm-up counted in operations. */
    Comparison(String ratio, double goal, int operations, int warmUp, Side ours, Side baseline) {
        this(
                ratio,
                goal,
                Yardstick.RATE,
                new Share(operations, ours),
                new Share(operations, baseline),
                Math.ceilDiv(warmUp, operations));
    }
}
