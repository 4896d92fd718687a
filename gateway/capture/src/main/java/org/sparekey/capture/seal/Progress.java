// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

/** Told after every step of the pipeline; throwing from it aborts the capture. */
@FunctionalInterface
public interface Progress {

    /** @param done bytes of all disks behind us, holes included; {@code total} the sum of the virtual sizes */
    void at(long done, long total);
}
