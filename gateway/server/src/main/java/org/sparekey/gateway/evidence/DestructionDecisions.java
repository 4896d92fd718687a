// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Duration;
import java.time.Instant;

/** When a copy that nobody has a use for any more is destroyed, and on what ground. Pure. */
final class DestructionDecisions {

    /** Why a copy goes, as its entries say it. */
    enum Ground {
        /** The authority signed for what it was given. */
        DELIVERED,
        /** Its order ended otherwise: nobody may ever have it. */
        WITHHELD,
        /** What was given by word of mouth was never confirmed; its time apart is over. */
        UNCONFIRMED,
        /** The attempt sealed nothing whole. */
        LOST
    }

    private DestructionDecisions() {}

    /** @param state the word of the ended order's state */
    static Ground ground(Attempt attempt, String state) {
        if (attempt.state() == Attempt.State.LOST) {
            return Ground.LOST;
        }
        return switch (state) {
            case "closed" -> Ground.DELIVERED;
            case "destroyed" -> Ground.UNCONFIRMED;
            default -> Ground.WITHHELD;
        };
    }

    static boolean due(Ground ground, Instant unusedSince, Keeping keeping, Instant now) {
        Duration kept = switch (ground) {
            case DELIVERED -> keeping.delivered();
            case WITHHELD, LOST -> keeping.withheld();
            case UNCONFIRMED -> Duration.ZERO;
        };
        return !now.isBefore(unusedSince.plus(kept));
    }
}
