// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.time.Instant;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;

/**
 * The gateway's signed answer to a {@link DeletionQuestion}. Nothing is done after {@code until} under DELETE or
 * MOVE_TO_QUARANTINE: it is asked again. It names the machine and no disk: which disks are its, only the hypervisor knows.
 *
 * @param attempt number of the permit, from 1; 0 with NOT_YET
 * @param until when a permit ends; with NOT_YET when it is worth asking again
 * @param question the salt that was asked with
 */
public record DeletionPermit(
        int v,
        String type,
        String deletionId,
        DeletedAsset asset,
        Act act,
        int attempt,
        Instant until,
        Bytes question) {

    public static final String TYPE = "deletion-permit";
    public static final int VERSION = 1;

    /** What the hoster's hand does now. */
    public enum Act {
        DELETE,
        /** Out of the reseller's view and out of use, and kept: readable by nobody who could before. */
        MOVE_TO_QUARANTINE,
        NOT_YET
    }

    public DeletionPermit {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new FieldFault("/type", "not a deletion permit of version 1");
        }
        if ((attempt > 0) == (act == Act.NOT_YET)) {
            throw new FieldFault("/attempt", "a permit has a number, and what is none has not");
        }
    }
}
