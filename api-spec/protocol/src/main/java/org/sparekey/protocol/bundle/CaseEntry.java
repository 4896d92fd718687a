// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.joint.ThawOutcome;

/** The types of a case's entries that a verifier reads, and the state into which an entry brings its order. */
public final class CaseEntry {

    public static final String SUBMITTED = "order.submitted";
    public static final String RECEIVED = "order.received";
    /** A judge's own document, as it came with the order. */
    public static final String VALIDATION = "order.validation";

    public static final String VERIFIED = "order.verified";
    public static final String REFUSED = "order.refused";
    public static final String HELD = "order.held";
    public static final String ORAL = "order.oral";
    public static final String LOCATED = "order.located";
    public static final String NARROWED = "hold.narrowed";
    public static final String ANSWERED = "order.answered";
    public static final String REVIEW = "order.review";
    /** What the officers were asked to sign for. */
    public static final String BASIS = "order.basis";

    public static final String APPROVAL = "order.approval";

    /** An officer's delegation, by which the next approval fills his seat; {@link #DELEGATED} in clear is its digest. */
    public static final String DELEGATION = "order.delegation";

    public static final String DELEGATED = "delegation";

    public static final String APPROVED = "order.approved";

    /** Something was taken off the net. */
    public static final String ISOLATED = "order.isolated";

    public static final String EXECUTING = "order.executing";
    public static final String SECURED = "order.secured";
    public static final String RELEASED = "order.released";
    public static final String ACKNOWLEDGED = "order.acknowledged";
    public static final String CLARIFICATION = "order.clarification";

    /** A one-time code was given to the authority's side; {@link #CODE} in clear is its digest. */
    public static final String CALL_BACK_CODE = "order.call-back-code";

    /** An officer called back; the payload is what he signed. */
    public static final String CALLED_BACK = "order.called-back";

    public static final String REFUSAL_REASON = "order.refusal-reason";
    public static final String OFFICER_RECORD = "order.officer-record";

    public static final String CODE = "code";
    public static final String SUBJECT = "subject";
    public static final String OUTCOME = "outcome";

    /** Names in clear: what was ordered and how it came, which law was applied with what verdict, and how it went on. */
    public static final String KIND = "kind";

    public static final String AUTHENTICITY = "authenticity";
    public static final String MATRIX = "matrix";
    public static final String ROW = "row";
    public static final String VERDICT = "verdict";
    public static final String GRADE = "grade";
    public static final String ATTEMPT = "attempt";
    public static final String GROUND = "ground";
    public static final String WHAT = "what";

    /** The issuer answered: the order is again where it was before the officer asked. */
    public static final String CLARIFIED = "order.clarified";

    /** Somebody who may asked for the bundle: what was entered before is in it, so a bundle ends with this entry. */
    public static final String BUNDLE_ASKED = "bundle.asked";

    /** Name in clear of an officer's decision, in an entry of type {@link #APPROVAL}. */
    public static final String DECISION = "decision";

    /** Name in clear of the freezing whose copy an order got. */
    public static final String COPY_OF = "copyOf";

    /** The authority's kill-switch, in each of its cases that went on then. */
    public static final String SUSPENDED = "order.authority-suspended";

    public static final String RESUMED = "order.authority-resumed";

    /** The order's row was found behind this log: nothing goes on until two officers say what becomes of it. */
    public static final String FROZEN = "order.frozen";

    /**
     * Name in clear, in an entry that accepts an order, of the digests (base64url, separated by spaces) of every list and answer
     * about revocation that the verdict rested on; absent where there was none.
     */
    public static final String REVOCATION = "revocation";

    /** Name in clear of a coded ground. */
    public static final String DETAIL = "detail";

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry(RECEIVED, "received"),
            Map.entry(REFUSED, "refused"),
            Map.entry(HELD, "held"),
            Map.entry(LOCATED, "located"),
            Map.entry("order.applied", "applied"),
            Map.entry(ORAL, "oral"),
            Map.entry("order.confirmed", "held"),
            Map.entry("order.confirmation-overdue", "confirmation-overdue"),
            Map.entry("order.quarantined", "quarantined"),
            Map.entry("order.destroyed", "destroyed"),
            Map.entry(CLARIFICATION, "clarification"),
            Map.entry("order.preserved", "preserved"),
            Map.entry("order.extended", "extended"),
            Map.entry("order.linked", "linked"),
            Map.entry("order.released-hold", "released-hold"),
            Map.entry(ISOLATED, "isolated"),
            Map.entry("order.restoring", "restoring"),
            Map.entry("order.restored", "restored"),
            Map.entry("order.stopped", "stopped"),
            Map.entry(ANSWERED, "answered"),
            Map.entry(REVIEW, "review"),
            Map.entry(APPROVED, "approved"),
            Map.entry(EXECUTING, "executing"),
            Map.entry("order.attempt-lost", "approved"),
            Map.entry(SECURED, "secured"),
            Map.entry(RELEASED, "released"),
            Map.entry("order.available", "available"),
            Map.entry(ACKNOWLEDGED, "acknowledged"),
            Map.entry("order.closed", "closed"),
            Map.entry("order.withdrawn", "withdrawn"),
            Map.entry("order.expired", "expired"),
            Map.entry("order.failed", "failed"),
            Map.entry(ThawOutcome.BEGIN_AGAIN.entryType(), "held"),
            Map.entry(ThawOutcome.KEEP.entryType(), "preserved"),
            Map.entry(ThawOutcome.ABANDON.entryType(), "failed"));

    private CaseEntry() {}

    /** The state's word; empty for an entry that changes no state, and for {@link #CLARIFIED}, which takes a change back. */
    public static Optional<String> state(String type) {
        return Optional.ofNullable(STATES.get(type));
    }

    /** The state that the entries of a case, in their order, leave it in; empty before the first that brings it anywhere. */
    public static Optional<String> state(Iterable<String> types) {
        Optional<String> latest = Optional.empty();
        Optional<String> asked = Optional.empty();
        for (String type : types) {
            asked = type.equals(CLARIFICATION) ? latest : asked;
            Optional<String> next = type.equals(CLARIFIED) ? asked : state(type);
            latest = next.isPresent() ? next : latest;
        }
        return latest;
    }
}
