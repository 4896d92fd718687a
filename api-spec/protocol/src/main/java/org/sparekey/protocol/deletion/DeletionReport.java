// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.time.Instant;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;

/**
 * What the hoster's hand did under a permit; signed by whoever ran it.
 *
 * @param attempt the number of the permit that it acted under
 */
public record DeletionReport(
        int v, String type, String deletionId, int attempt, Outcome outcome, Instant at, Bytes salt) {

    public static final String TYPE = "deletion-report";
    public static final int VERSION = 1;

    /** How it ended. */
    public enum Outcome {
        DESTROYED,
        QUARANTINED,
        /** Nothing is known to have happened; it is asked for again. */
        FAILED
    }

    public DeletionReport {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new FieldFault("/type", "not a deletion report of version 1");
        }
        if (attempt < 1) {
            throw new FieldFault("/attempt", "a permit has a number from 1");
        }
        if (salt.length() != DeletionRequest.SALT_BYTES) {
            throw new FieldFault("/salt", "a salt has 32 bytes");
        }
    }
}
