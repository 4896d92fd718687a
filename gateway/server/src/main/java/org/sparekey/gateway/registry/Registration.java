// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchReceipt;

/** What became of a batch. */
public sealed interface Registration {

    /** Accepted, perhaps with refused lines; the receipt's proof is absent while the entry waits for its checkpoint. */
    record Receipted(BatchReceipt receipt) implements Registration {}

    /** Refused as a whole: nothing of it has effect. */
    record Refused(Problem problem, String detail) implements Registration {}
}
