// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

/**
 * One thing that was checked.
 *
 * @param number from 1, in the order of checking
 * @param detail what was found
 */
public record Check(int number, Topic topic, Status status, Sentence detail) {

    /**
     * PASS: holds. FAIL: altered, forged or not trusted. MISSING: cannot be decided. NOTE: true and worth knowing. RED: true,
     * and outside of what a gateway proves.
     */
    public enum Status {
        PASS,
        FAIL,
        MISSING,
        NOTE,
        RED
    }
}
