// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.ticket.TicketMemory;

/**
 * What a node knows of itself, and must not forget.
 *
 * @param work the attempt that is under way; after a crash it is lost
 */
public record NodeState(int v, TicketMemory memory, Optional<Work> work) {

    public static final int VERSION = 1;

    static final NodeState NEW = new NodeState(VERSION, TicketMemory.NOTHING, Optional.empty());

    /** One attempt for one order under one ticket. */
    public record Work(UUID order, UUID ticket, int attempt) {}

    public NodeState {
        if (v != VERSION) {
            throw new IllegalArgumentException("a node's state of another version");
        }
    }

    NodeState with(TicketMemory learned) {
        return new NodeState(v, learned, work);
    }

    NodeState begun(TicketMemory learned, Work begun) {
        return new NodeState(v, learned, Optional.of(begun));
    }

    NodeState idle() {
        return new NodeState(v, memory, Optional.empty());
    }
}
