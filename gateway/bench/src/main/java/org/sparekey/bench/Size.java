// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * How much work a run does.
 *
 * @param rounds of each comparison
 * @param divisor what full counts are divided by
 */
record Size(int rounds, int divisor) {

    /** What is published. */
    static final Size FULL = new Size(9, 1);

    /** That everything runs; its figures mean nothing. */
    static final Size SMOKE = new Size(2, 50);

    int of(int full) {
        return Math.max(1, full / divisor);
    }
}
