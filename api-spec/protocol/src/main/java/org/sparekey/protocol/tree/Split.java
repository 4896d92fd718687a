// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

/** Where RFC 6962 section 2.1 cuts a list in two. */
final class Split {

    private Split() {}

    /** The largest power of two smaller than n; n is at least 2. */
    static long left(long n) {
        return Long.highestOneBit(n - 1);
    }
}
