// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderEvent.Answer;
import org.sparekey.gateway.orders.OrderEvent.Found;
import org.sparekey.gateway.orders.OrderEvent.NotFound;
import org.sparekey.gateway.orders.OrderEvent.SendToReview;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;

/**
 * What the law makes of an order at the door, of its hold and of what was found: pure. Which state may follow which is said
 * by {@link OrderTransitions}.
 */
final class OrderDecisions {

    /** Until the issuer was called back (proof 4) nothing is held for longer than this. */
    static final Duration UNCALLED_HOLD = Duration.ofHours(48);

    static final String ATTEMPTS_EXHAUSTED = "ATTEMPTS_EXHAUSTED";

    private OrderDecisions() {}

    /**
     * At the door. A voluntary request has no force: whatever it asks for, it is recorded and leads nowhere, because no
     * article of law obliges and none allows the hoster to answer it. Otherwise one denied category denies the order, and
     * what is only not yet proven is held meanwhile.
     */
    static Entrance enter(OrderKind kind, Judgement judgement) {
        if (kind == OrderKind.VOLUNTARY_REQUEST && restsOnNothing(judgement)) {
            return new Entrance.Received();
        }
        return judgement
                .overall()
                .match(
                        () -> new Entrance.VerifiedAndHeld(Optional.empty()),
                        refusal -> new Entrance.Refused(refusal.code(), Optional.empty()),
                        field -> new Entrance.VerifiedAndHeld(Optional.of(field)));
    }

    /** Allowed as a request, or denied for no more than asking something personal. */
    private static boolean restsOnNothing(Judgement judgement) {
        return judgement
                .overall()
                .match(() -> true, refusal -> refusal == Refusal.PERSONAL_ON_VOLUNTARY_REQUEST, _ -> false);
    }

    /**
     * Until when a hold may last: the order's own deadline, the article's longest duration (126ni Sv: 90 days), and 48
     * hours while a call-back is due and not done.
     */
    static Instant holdUntil(MatrixRow row, Instant deadline, Instant receivedAt, boolean callBackDue) {
        Instant longest = row.holdDays()
                .map(days -> receivedAt.plus(Duration.ofDays(days)))
                .orElse(deadline);
        Instant uncalled = receivedAt.plus(UNCALLED_HOLD);
        return callBackDue && row.callBack() && uncalled.isBefore(longest) ? uncalled : longest;
    }

    /**
     * What was found decides how it goes on. Who had an address then is the hoster's own knowledge and is answered with
     * its grade, whoever has it now (126na, 126nc Sv). A disk is touched only where the grade is CERTAIN and the tenant
     * still the same (126ng, second paragraph: evidently the suspect's). Freezing (126ni Sv) follows the tenant too.
     */
    static OrderEvent located(Disclosure discloses, Whereabouts found) {
        return switch (discloses) {
            case PARTY_OF_RECORD -> new Found();
            case NOTHING -> found.stop().<OrderEvent>map(NotFound::new).orElseGet(() -> assetOf(found));
            case SEALED_IMAGE -> found.stop().<OrderEvent>map(NotFound::new).orElseGet(() -> image(found));
        };
    }

    /** No filter destination can be enrolled yet: what may only go there goes nowhere. */
    private static OrderEvent image(Whereabouts found) {
        if (found.grade() != Grade.CERTAIN) {
            return new NotFound(StopReason.NOT_MATCHED);
        }
        return found.filterOnly() ? new NotFound(StopReason.FILTER_DESTINATION) : assetOf(found);
    }

    private static OrderEvent assetOf(Whereabouts found) {
        return found.asset().isPresent() ? new Found() : new NotFound(StopReason.UNKNOWN);
    }

    /** After it is located: an identity order is answered, a content order goes to review, a preservation stays as it is. */
    static Optional<OrderEvent> next(Disclosure discloses) {
        return switch (discloses) {
            case PARTY_OF_RECORD -> Optional.of(new Answer());
            case SEALED_IMAGE -> Optional.of(new SendToReview());
            case NOTHING -> Optional.empty();
        };
    }
}
