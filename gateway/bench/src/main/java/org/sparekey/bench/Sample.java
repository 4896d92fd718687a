// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/**
 * One side's share of one round.
 *
 * @param cpuMicros of this process and of the database's processes together
 * @param figure what {@link Yardstick#MEDIAN_TIME} and {@link Yardstick#AMOUNT} compare; else 0
 */
record Sample(int operations, long wallNanos, long cpuMicros, double figure) {

    private static final double NANOS_PER_SECOND = 1e9;

    Sample(int operations, long wallNanos, long cpuMicros) {
        this(operations, wallNanos, cpuMicros, 0);
    }

    double perSecond() {
        return operations * NANOS_PER_SECOND / wallNanos;
    }

    double cpuMicrosPerOperation() {
        return (double) cpuMicros / operations;
    }
}
