// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import org.sparekey.protocol.joint.OutOfBandExecution;

/** What this room says in the log beside the changes of an order's state. */
enum EvidenceStatement {
    /** Somebody of the authority fetches a file: written before its first byte leaves. */
    FETCHED("evidence.fetched"),
    /** Somebody of the authority was told which files there are. */
    LISTED("evidence.listed"),
    /** Not of a case: evidence was asked for, or its receipt sent, by somebody to whom it may not be given or yet. */
    REFUSED("evidence.refused"),
    /** The order ended while the gateway's own hand had something of its cut: given back. Payload: what was read back, signed. */
    LINKS_GIVEN_BACK("evidence.links-given-back"),
    /** The order ended while an attempt ran: what it left is ended. Payload: what was found on the hypervisor. */
    ATTEMPT_LEFT("evidence.attempt-left"),
    /** Nobody has a use for a copy any more: it is about to go. Payload: which files, and why. */
    DESTRUCTION("evidence.destruction"),
    /** It is gone, the key first. Payload: as before. */
    DESTROYED("evidence.destroyed"),
    /** Two officers say that an order was executed on paper. Payload: their statement with both proofs. */
    OUT_OF_BAND(OutOfBandExecution.ENTRY_TYPE);

    private final String type;

    EvidenceStatement(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
