// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

/** So many of so many; of nothing everything is covered. */
public record Share(long covered, long total) {

    public static final Share NONE = new Share(0, 0);

    public Share {
        if (covered < 0 || covered > total) {
            throw new IllegalArgumentException("a share covers from nothing to all");
        }
    }

    public Share plus(Share other) {
        return new Share(covered + other.covered, total + other.total);
    }

    public boolean whole() {
        return covered == total;
    }

    /** Whether this share is smaller than the other one, without rounding. */
    public boolean below(Share other) {
        long mine = Math.multiplyExact(covered, Math.max(other.total, 1));
        long theirs = Math.multiplyExact(other.total == 0 ? 1 : other.covered, Math.max(total, 1));
        return total != 0 && mine < theirs;
    }
}
