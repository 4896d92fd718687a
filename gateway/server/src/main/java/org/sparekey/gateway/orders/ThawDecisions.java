// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Set;
import org.sparekey.gateway.orders.FrozenTable.Why;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.order.OrderKind;

/**
 * What may become of a frozen order. What the row forgot and the log still says is followed where nothing but the log is
 * needed for it; before anything was read or given, everything is done anew; and whatever may have been read or given once
 * is never read or given a second time.
 */
final class ThawDecisions {

    /** Entries that bring an order no further than its officers' yes. */
    private static final Set<String> HARMLESS = Set.of(
            CaseEntry.LOCATED,
            CaseEntry.REVIEW,
            CaseEntry.APPROVED,
            CaseEntry.CLARIFICATION,
            CaseEntry.CLARIFIED,
            ThawOutcome.BEGIN_AGAIN.entryType());

    private ThawDecisions() {}

    /**
     * What is known of it.
     *
     * @param row the state that the row is in
     * @param logged the state that the log leaves it in; the row's where the log knows nothing
     * @param onItsLog whether the row's last entry is one of its case, at its place
     * @param proven whether its documents prove it now
     * @param beyond types of the entries behind the row's last, in order
     */
    record Facts(
            OrderKind kind,
            Why why,
            OrderState row,
            OrderState logged,
            boolean onItsLog,
            boolean proven,
            List<String> beyond) {}

    static ThawOutcome of(Facts facts) {
        if (facts.why() == Why.NOT_PROVEN_AGAIN) {
            return facts.proven() && facts.onItsLog() && unchanged(facts) ? ThawOutcome.AS_LOGGED : lost(facts);
        }
        if (!facts.onItsLog()) {
            return lost(facts);
        }
        if (facts.logged().terminal() || facts.kind() == OrderKind.TAKE_DOWN && offTheNet(facts.logged())) {
            return ThawOutcome.AS_LOGGED;
        }
        if (unchanged(facts)) {
            // What ran while the row was forgotten may have run to its end.
            return facts.row() instanceof OrderState.Executing ? lost(facts) : ThawOutcome.AS_LOGGED;
        }
        boolean harmless =
                facts.beyond().stream().filter(ThawDecisions::changes).allMatch(HARMLESS::contains);
        return harmless && early(facts.row()) && early(facts.logged()) ? ThawOutcome.BEGIN_AGAIN : lost(facts);
    }

    private static boolean unchanged(Facts facts) {
        return facts.row().equals(facts.logged()) && facts.beyond().stream().noneMatch(ThawDecisions::changes);
    }

    private static boolean changes(String type) {
        return CaseEntry.state(type).isPresent() || type.equals(CaseEntry.CLARIFIED);
    }

    /** Its clock stands still while an answer is awaited: such an order is not begun anew from a row that forgot it. */
    private static boolean early(OrderState state) {
        return state instanceof OrderState.Held
                || state instanceof OrderState.Located
                || state instanceof OrderState.Review
                || state instanceof OrderState.Approved;
    }

    private static boolean offTheNet(OrderState state) {
        return state instanceof OrderState.Isolated || state instanceof OrderState.Restoring;
    }

    /** Where nothing can be followed: what freezes stays frozen, and everything else ends. */
    private static ThawOutcome lost(Facts facts) {
        boolean keeps = facts.kind() == OrderKind.PRESERVATION
                && OrderTransitions.decide(facts.logged(), new OrderEvent.Keep()) instanceof Decision.Move;
        return keeps ? ThawOutcome.KEEP : ThawOutcome.ABANDON;
    }
}
