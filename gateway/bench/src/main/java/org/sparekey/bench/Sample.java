// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * One side's share of one round.
 *
 * @param cpuMicros of this process and of the database's processes together
 */
record Sample(int operations, long wallNanos, long cpuMicros) {

    private static final double NANOS_PER_SECOND = 1e9;

    double perSecond() {
        return operations * NANOS_PER_SECOND / wallNanos;
    }

    double cpuMicrosPerOperation() {
        return (double) cpuMicros / operations;
    }
}
