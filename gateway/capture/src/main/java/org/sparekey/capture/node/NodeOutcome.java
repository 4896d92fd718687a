// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.util.List;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.ticket.TicketFault;

/** What a node did with a ticket, and why nothing where it did nothing. */
public sealed interface NodeOutcome {

    /** Nothing was touched. */
    record Refused(TicketFault fault, List<Check> why) implements NodeOutcome {
        public Refused {
            why = List.copyOf(why);
        }
    }

    /** The attempt was begun and the guest could not be read as it was approved. */
    record NotCaptured(NodeState.Work work, CaptureRefusal refusal) implements NodeOutcome {}

    /** All files are with the gateway. */
    record Captured(NodeState.Work work, SealedCapture sealed) implements NodeOutcome {}
}
