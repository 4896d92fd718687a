// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.bundle.Check;

/** What {@link TicketCheck} found, and what it taught the node. */
public sealed interface TicketVerdict {

    /** Both cases, none forgotten. */
    <R> R match(Function<Accepted, R> accepted, Function<Refused, R> refused);

    /** What the node remembers from now on: to be durable before anything else is done. */
    TicketMemory memory();

    /**
     * This node may make this attempt, once.
     *
     * @param orderId of the order document
     * @param approved what the officers signed for: asset, disks, configuration, recipients
     */
    record Accepted(UUID orderId, ExecutionTicket ticket, ApprovalStatement approved, TicketMemory memory)
            implements TicketVerdict {
        @Override
        public <R> R match(Function<Accepted, R> accepted, Function<Refused, R> refused) {
            return accepted.apply(this);
        }
    }

    /** @param why the verifier's own findings that did not hold; none where the ticket is genuine */
    record Refused(TicketFault fault, List<Check> why, TicketMemory memory) implements TicketVerdict {
        public Refused {
            why = List.copyOf(why);
        }

        @Override
        public <R> R match(Function<Accepted, R> accepted, Function<Refused, R> refused) {
            return refused.apply(this);
        }
    }
}
