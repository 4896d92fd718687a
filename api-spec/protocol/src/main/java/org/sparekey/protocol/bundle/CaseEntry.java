// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Map;
import java.util.Optional;

/** The types of a case's entries that a verifier reads, and the state into which an entry brings its order. */
public final class CaseEntry {

    public static final String SUBMITTED = "order.submitted";
    public static final String RECEIVED = "order.received";
    public static final String VERIFIED = "order.verified";
    public static final String REFUSED = "order.refused";
    public static final String ANSWERED = "order.answered";
    public static final String REVIEW = "order.review";
    public static final String APPROVAL = "order.approval";
    public static final String APPROVED = "order.approved";
    public static final String EXECUTING = "order.executing";
    public static final String SECURED = "order.secured";
    public static final String RELEASED = "order.released";
    public static final String ACKNOWLEDGED = "order.acknowledged";
    public static final String CLARIFICATION = "order.clarification";

    /** A one-time code was given to the authority's side; {@link #CODE} in clear is its digest. */
    public static final String CALL_BACK_CODE = "order.call-back-code";

    /** An officer called back; the payload is what he signed. */
    public static final String CALLED_BACK = "order.called-back";

    public static final String CODE = "code";
    public static final String SUBJECT = "subject";

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

    /** Name in clear of a coded ground. */
    public static final String DETAIL = "detail";

    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry(RECEIVED, "received"),
            Map.entry(REFUSED, "refused"),
            Map.entry("order.held", "held"),
            Map.entry("order.located", "located"),
            Map.entry("order.applied", "applied"),
            Map.entry("order.oral", "oral"),
            Map.entry("order.confirmed", "held"),
            Map.entry("order.confirmation-overdue", "confirmation-overdue"),
            Map.entry("order.quarantined", "quarantined"),
            Map.entry("order.destroyed", "destroyed"),
            Map.entry(CLARIFICATION, "clarification"),
            Map.entry("order.preserved", "preserved"),
            Map.entry("order.extended", "extended"),
            Map.entry("order.linked", "linked"),
            Map.entry("order.released-hold", "released-hold"),
            Map.entry("order.isolated", "isolated"),
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
            Map.entry("order.failed", "failed"));

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
