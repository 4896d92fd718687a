// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/** What of the two sides is compared. */
enum Yardstick {
    /** Operations per second, ours over the baseline's: more is better. */
    RATE(true),
    /** The median time of one operation, ours over the baseline's: less is better. */
    MEDIAN_TIME(false),
    /** Processor time of one operation, this process and the database together: less is better. */
    CPU(false),
    /** What each side says it took of something, {@link Side#amount}: less is better. */
    AMOUNT(false);

    private final boolean moreIsBetter;

    Yardstick(boolean moreIsBetter) {
        this.moreIsBetter = moreIsBetter;
    }

    double ratio(Sample ours, Sample baseline) {
        return switch (this) {
            case RATE -> ours.perSecond() / baseline.perSecond();
            case MEDIAN_TIME, AMOUNT -> ours.figure() / baseline.figure();
            case CPU -> ours.cpuMicrosPerOperation() / baseline.cpuMicrosPerOperation();
        };
    }

    boolean reached(double ratio, double goal) {
        return moreIsBetter ? ratio >= goal : ratio <= goal;
    }
}
