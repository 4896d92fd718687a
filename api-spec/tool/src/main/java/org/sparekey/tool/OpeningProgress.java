// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

/** Told while images are opened. */
@FunctionalInterface
public interface OpeningProgress {

    /** @param done ciphertext bytes behind us; {@code total} all of them */
    void at(long done, long total);
}
