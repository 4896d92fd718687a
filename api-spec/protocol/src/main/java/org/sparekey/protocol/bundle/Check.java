// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

/**
 * One thing that was checked.
 *
 * @param number from 1, in the order of checking
 * @param about what was checked, in a few words
 * @param detail one sentence on what was found
 */
public record Check(int number, String about, Status status, String detail) {

    /** PASS: holds. FAIL: altered, forged or not trusted. MISSING: cannot be decided. NOTE: true and worth knowing. */
    public enum Status {
        PASS,
        FAIL,
        MISSING,
        NOTE
    }
}
