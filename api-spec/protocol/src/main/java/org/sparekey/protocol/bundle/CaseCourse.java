// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.joint.ThawOutcome;

/**
 * The order that the entries of a case may come in: which states an entry that changes the state may find. It is the
 * gateway's own table of transitions, seen from the log, so that a bundle shows whether the gateway kept to it: whatever
 * follows an end that lets nothing follow, such as a withdrawal, was done against it.
 */
public final class CaseCourse {

    /** Before the first entry. */
    static final String NOTHING = "";

    private static final String SUBMITTED = "submitted";
    private static final String VERIFIED = "verified";

    private static final Map<String, Set<String>> AFTER = Map.ofEntries(
            Map.entry(CaseEntry.SUBMITTED, Set.of(NOTHING)),
            Map.entry(CaseEntry.VERIFIED, Set.of(SUBMITTED)),
            Map.entry(CaseEntry.RECEIVED, Set.of(SUBMITTED)),
            // At once, or where the judge's office had to be called first.
            Map.entry("order.applied", Set.of(SUBMITTED, "held")),
            Map.entry(CaseEntry.HELD, Set.of(VERIFIED)),
            Map.entry(CaseEntry.ORAL, Set.of(VERIFIED)),
            Map.entry(CaseEntry.LOCATED, Set.of("held")),
            Map.entry("order.stopped", Set.of("held")),
            Map.entry("order.confirmed", Set.of("oral")),
            Map.entry("order.confirmation-overdue", Set.of("oral")),
            Map.entry("order.quarantined", Set.of("confirmation-overdue")),
            Map.entry("order.destroyed", Set.of("quarantined")),
            Map.entry(CaseEntry.CLARIFICATION, Set.of("held", "located", "review")),
            Map.entry(CaseEntry.CLARIFIED, Set.of("clarification")),
            Map.entry(CaseEntry.ANSWERED, Set.of("located")),
            Map.entry("order.preserved", Set.of("located", "approved", "executing", "secured")),
            Map.entry("order.extended", Set.of("preserved")),
            Map.entry("order.linked", Set.of("preserved", "extended", "linked")),
            Map.entry("order.released-hold", Set.of("preserved", "extended", "linked")),
            Map.entry(CaseEntry.REVIEW, Set.of("located", "approved", "executing")),
            Map.entry(CaseEntry.APPROVED, Set.of("review")),
            Map.entry(CaseEntry.ISOLATED, Set.of("approved", "executing")),
            Map.entry("order.restoring", Set.of("isolated")),
            Map.entry("order.restored", Set.of("restoring")),
            Map.entry(CaseEntry.EXECUTING, Set.of("approved")),
            Map.entry("order.attempt-lost", Set.of("executing")),
            Map.entry("order.failed", Set.of("approved", "executing")),
            Map.entry(CaseEntry.SECURED, Set.of("approved", "executing")),
            Map.entry(CaseEntry.RELEASED, Set.of("secured")),
            Map.entry("order.available", Set.of("released")),
            Map.entry(CaseEntry.ACKNOWLEDGED, Set.of("available")),
            Map.entry("order.closed", Set.of("acknowledged", "answered")),
            Map.entry(
                    CaseEntry.REFUSED,
                    Set.of(
                            SUBMITTED,
                            "held",
                            "located",
                            "clarification",
                            "preserved",
                            "extended",
                            "linked",
                            "review",
                            "approved",
                            "executing",
                            "secured")),
            Map.entry(
                    "order.withdrawn",
                    Set.of(
                            "oral",
                            "confirmation-overdue",
                            "quarantined",
                            "held",
                            "located",
                            "clarification",
                            "preserved",
                            "extended",
                            "linked",
                            "review",
                            "approved",
                            "executing",
                            "secured",
                            "released")),
            Map.entry("order.expired", Set.of("oral", "held", "located", "clarification", "review", "approved")),
            // Of a frozen order: before anything was read or given, of a freezing, and otherwise.
            Map.entry(
                    ThawOutcome.BEGIN_AGAIN.entryType(),
                    Set.of("held", "located", "clarification", "review", "approved")),
            Map.entry(
                    ThawOutcome.KEEP.entryType(),
                    Set.of(
                            "oral",
                            "held",
                            "located",
                            "clarification",
                            "preserved",
                            "extended",
                            "linked",
                            "review",
                            "approved",
                            "executing",
                            "secured")),
            Map.entry(
                    ThawOutcome.ABANDON.entryType(),
                    Set.of(
                            "oral",
                            "confirmation-overdue",
                            "quarantined",
                            "held",
                            "located",
                            "clarification",
                            "preserved",
                            "extended",
                            "linked",
                            "isolated",
                            "restoring",
                            "answered",
                            "review",
                            "approved",
                            "executing",
                            "secured",
                            "released",
                            "available",
                            "acknowledged")));

    private String state = NOTHING;
    private String asked = NOTHING;

    CaseCourse() {}

    /** Whether an entry of this type may come in this state; one that changes no state may always. */
    public static boolean follows(String state, String type) {
        return Optional.ofNullable(AFTER.get(type))
                .map(states -> states.contains(state))
                .orElse(!state.equals(NOTHING));
    }

    /** The state that the entries so far have left the order in. */
    String state() {
        return state;
    }

    void take(String type) {
        String before = state;
        if (type.equals(CaseEntry.SUBMITTED) || type.equals(CaseEntry.VERIFIED)) {
            state = type.equals(CaseEntry.VERIFIED) ? VERIFIED : SUBMITTED;
        } else if (type.equals(CaseEntry.CLARIFIED)) {
            state = asked;
        } else {
            state = CaseEntry.state(type).orElse(state);
        }
        asked = type.equals(CaseEntry.CLARIFICATION) ? before : asked;
    }
}
