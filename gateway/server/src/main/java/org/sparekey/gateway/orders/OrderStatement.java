// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

/** What this room says in the log. */
enum OrderStatement {
    /** Payload: the order's compact JWS as it came. Its time is when the order was received. */
    SUBMITTED("order.submitted"),
    /** Payload: the validator's compact JWS. */
    VALIDATION("order.validation"),
    RECEIVED("order.received"),
    /** This order acted on an earlier one, whose own case says how. */
    APPLIED("order.applied"),
    VERIFIED("order.verified"),
    REFUSED("order.refused"),
    HELD("order.held"),
    /** Held, and its written form is awaited. */
    ORAL("order.oral"),
    LOCATED("order.located"),
    /** Payload: where the asset is; an oral order holds it without going on. */
    NARROWED("hold.narrowed"),
    PRESERVED("order.preserved"),
    /** Payload: the extension's compact JWS. */
    EXTENDED("order.extended"),
    LINKED("order.linked"),
    RELEASED_HOLD("order.released-hold"),
    /** Payload: the confirmation's compact JWS. */
    CONFIRMED("order.confirmed"),
    CONFIRMATION_OVERDUE("order.confirmation-overdue"),
    QUARANTINED("order.quarantined"),
    DESTROYED("order.destroyed"),
    /** Payload: the officer's question. */
    CLARIFICATION("order.clarification"),
    /** Payload: the answer's compact JWS. */
    CLARIFIED("order.clarified"),
    /** Payload, where the gateway's own hand did it: what was cut, signed. */
    ISOLATED("order.isolated"),
    /** Payload: the restoring order's compact JWS. */
    RESTORING("order.restoring"),
    /** Payload, where the gateway's own hand did it: what was given back, signed. */
    RESTORED("order.restored"),
    STOPPED("order.stopped"),
    /** Payload: the signed identity answer. */
    ANSWERED("order.answered"),
    REVIEW("order.review"),
    /** Payload: what the officers are asked to sign for. */
    BASIS("order.basis"),
    /** Payload: the approval as the officer sent it. */
    APPROVAL("order.approval"),
    /** Payload: the delegation by which the next approval fills an officer's seat; clear has its digest. */
    DELEGATION("order.delegation"),
    /** A one-time code was given to the authority's side; clear has its digest. */
    CALL_BACK_CODE("order.call-back-code"),
    /** Payload: the officer's signed record. */
    CALLED_BACK("order.called-back"),
    CALL_BACK_REFUSED("order.call-back-refused"),
    /** Payload: the officer's ground and words; clear has the ground. */
    REFUSAL_REASON("order.refusal-reason"),
    APPROVAL_REFUSED("order.approval-refused"),
    APPROVED("order.approved"),
    /** Payload: the execution ticket. */
    EXECUTING("order.executing"),
    ATTEMPT_LOST("order.attempt-lost"),
    /** The gateway's own hand cannot, or may not, and the officers' does: clear has what and why. */
    HAND_STOPPED("order.hand-stopped"),
    /** What the gateway's own hand did is about to be undone. */
    UNDOING("order.undoing"),
    /** Payload: the manifest. */
    SECURED("order.secured"),
    RELEASED("order.released"),
    /** Sealed and approved, and it does not go: clear has what was revoked since. */
    RELEASE_STOPPED("order.release-stopped"),
    AVAILABLE("order.available"),
    /** Payload: the authority's acknowledgement. */
    ACKNOWLEDGED("order.acknowledged"),
    CLOSED("order.closed"),
    /** Payload: the withdrawal's compact JWS. */
    WITHDRAWN("order.withdrawn"),
    EXPIRED("order.expired"),
    FAILED("order.failed"),
    /** The kill-switch of its authority: from here on nothing goes on for it. */
    AUTHORITY_SUSPENDED("order.authority-suspended"),
    AUTHORITY_RESUMED("order.authority-resumed"),
    /** Row and log say different things: nothing goes on until two officers say what becomes of it. */
    FROZEN("order.frozen"),
    /** Payload, as of the three below: the joint statement. The order stands where its log says. */
    THAWED("order.thawed"),
    BEGUN_AGAIN("order.begun-again"),
    KEPT("order.kept"),
    ABANDONED("order.abandoned"),
    /** Payload: what an officer did by hand. */
    OFFICER_RECORD("order.officer-record"),
    /** Secrecy has ended as the order says: an officer's task is to decide whether somebody may be told. */
    MAY_INFORM("order.may-inform"),
    /** So much of a term is over; at 100 % the deputies are told. */
    REMINDER("order.reminder"),
    HOLD_RELEASED("hold.released"),
    /** Somebody asked for a change that the state does not allow. */
    ILLEGAL("order.illegal"),
    /** The same order again. */
    DUPLICATE("order.duplicate"),
    /** Somebody was given content of the case; clear says what. */
    READ("order.read"),
    /** Not of a case: somebody asked for what is not his to see, or is not there. */
    READ_REFUSED("order.read-refused"),
    /** Not of a case: an officer sent something that is no approval. */
    APPROVAL_MALFORMED("order.approval-malformed"),
    /** Not of a case: something came that is no order. */
    MALFORMED("order.malformed"),
    /** Not of a case: an order came whose signer's revocation status could not be learnt. */
    REVOCATION_UNKNOWN("order.revocation-unknown");

    private final String type;

    OrderStatement(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
