// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * Two ways of doing the same work, and what we want of them.
 *
 * @param ratio the name under which results are kept
 * @param goal as the operations per second of {@code ours} over those of {@code baseline}; 0 where none is set
 * @param operations of one round of each side
 * @param warmUp operations of each side before the first round: a cold server measures its compiler
 */
record Comparison(String ratio, double goal, int operations, int warmUp, Side ours, Side baseline) {}
