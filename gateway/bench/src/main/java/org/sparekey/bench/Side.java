// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

/** One of the two ways that a ratio compares. */
@FunctionalInterface
interface Side {

    /** Does this many operations and returns when the last of them is done as its side promises. */
    void run(int operations) throws Exception;
}
