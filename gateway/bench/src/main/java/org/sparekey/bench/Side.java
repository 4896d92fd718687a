// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/** One of the two ways that a ratio compares. */
@FunctionalInterface
interface Side {

    /** Does this many operations and returns when the last of them is done as its side promises. */
    void run(int operations) throws Exception;

    /** Before the clock starts: makes what the next {@link #run} sends, and looks whether the last one did its work. */
    default void prepare(int operations) throws Exception {}

    /** What the last {@link #run} took, where {@link Yardstick#AMOUNT} is compared. */
    default double amount() {
        return 0;
    }
}
