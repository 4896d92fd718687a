// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.Feasibility;
import org.sparekey.protocol.order.Feasibility.Alternative;
import org.sparekey.protocol.order.Feasibility.Chance;
import org.sparekey.protocol.order.OrderKind;

/** What an authority is told of what is possible, once its order is verified: no more than the stop or the state tells it. */
final class FeasibilityDecisions {

    private FeasibilityDecisions() {}

    /** Empty for what was not verified: whoever is refused learns nothing of the target. */
    static Optional<Feasibility> of(OrderKind kind, OrderState state, boolean verified, Optional<Whereabouts> found) {
        if (!verified || state instanceof OrderState.Oral) {
            return Optional.empty();
        }
        Chance live = live(state, found);
        return Optional.of(new Feasibility(
                Feasibility.VERSION,
                Feasibility.TYPE,
                live,
                live == Chance.NO ? Chance.NO : Chance.UNKNOWN,
                Chance.UNKNOWN,
                alternatives(kind, live)));
    }

    private static Chance live(OrderState state, Optional<Whereabouts> found) {
        if (state instanceof OrderState.Stopped || state instanceof OrderState.Failed) {
            return Chance.NO;
        }
        return found.flatMap(Whereabouts::asset).isPresent() ? Chance.YES : Chance.UNKNOWN;
    }

    /** Whom to ask is always possible; freezing and blocking where there is something to freeze or block. */
    private static List<Alternative> alternatives(OrderKind kind, Chance live) {
        if (live == Chance.NO) {
            return List.of(Alternative.PARTY_OF_RECORD, Alternative.ON_SITE);
        }
        return kind == OrderKind.SNAPSHOT_COPY
                ? List.of(
                        Alternative.PARTY_OF_RECORD,
                        Alternative.PRESERVE,
                        Alternative.BLOCK_ADDRESS,
                        Alternative.ON_SITE)
                : List.of(Alternative.PARTY_OF_RECORD, Alternative.PRESERVE);
    }
}
