// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.gateway.orders.OrderEvent.Answer;
import org.sparekey.gateway.orders.OrderEvent.Found;
import org.sparekey.gateway.orders.OrderEvent.NoneHeld;
import org.sparekey.gateway.orders.OrderEvent.NotFound;
import org.sparekey.gateway.orders.OrderEvent.Preserve;
import org.sparekey.gateway.orders.OrderEvent.SendToReview;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.term.Terms;

/**
 * What the law makes of an order at the door, of its hold and of what was found: pure. Which state may follow which is said
 * by {@link OrderTransitions}.
 */
final class OrderDecisions {

    /** Until the issuer was called back (proof 4) nothing is held for longer than this. */
    static final Duration UNCALLED_HOLD = Duration.ofHours(48);

    static final String ATTEMPTS_EXHAUSTED = "ATTEMPTS_EXHAUSTED";

    /** Ended by two officers: the room forgot what its log says was done, and does nothing a second time. */
    static final String RESTORED_BEHIND_LOG = "RESTORED_BEHIND_LOG";

    /** Ended by two officers: its documents no longer prove it. */
    static final String NOT_PROVEN_AGAIN = "NOT_PROVEN_AGAIN";

    private OrderDecisions() {}

    /**
     * At the door. A voluntary request has no force: whatever it asks for, it is recorded and leads nowhere, because no
     * article of law obliges and none allows the hoster to answer it. Otherwise one denied category denies the order, and
     * what is only not yet proven is held meanwhile.
     */
    static Entrance enter(OrderKind kind, Judgement judgement) {
        return switch (Asked.of(kind)) {
            case Asked.Requested _ -> requested(judgement);
            case Asked.Compelled order ->
                judgement
                        .overall()
                        .match(
                                () -> new Entrance.VerifiedAndHeld(order, Optional.empty()),
                                refusal -> new Entrance.Refused(refusal.code(), Optional.empty()),
                                field -> new Entrance.VerifiedAndHeld(order, Optional.of(field)));
        };
    }

    private static Entrance requested(Judgement judgement) {
        return judgement
                .overall()
                .match(
                        Entrance.Received::new,
                        refusal -> refusal == Refusal.PERSONAL_ON_VOLUNTARY_REQUEST
                                ? new Entrance.Received()
                                : new Entrance.Refused(refusal.code(), Optional.empty()),
                        _ -> new Entrance.Received());
    }

    /** Where a held order begins: an oral one waits for its written form, and holds meanwhile. */
    static OrderState first(Urgency urgency) {
        return urgency == Urgency.ORAL ? new OrderState.Oral() : new OrderState.Held();
    }

    /**
     * Until when a hold may last: the order's own deadline, the article's longest duration (126ni Sv: 90 days), and 48
     * hours while a call-back is due and not done.
     *
     * @param uncalled whether one is: because of the row, or because it came on paper
     */
    static Instant holdUntil(MatrixRow row, Instant deadline, Instant receivedAt, boolean uncalled) {
        Instant longest =
                row.holdDays().map(days -> Terms.heldFor(receivedAt, days)).orElse(deadline);
        Instant calledBy = receivedAt.plus(UNCALLED_HOLD);
        return uncalled && calledBy.isBefore(longest) ? calledBy : longest;
    }

    /**
     * What was found decides how it goes on. Who had an address then is the hoster's own knowledge and is answered with
     * its grade, whoever has it now (126na, 126nc Sv). A disk is touched only where the grade is CERTAIN and the tenant
     * still the same (126ng, second paragraph: evidently the suspect's); so is what is made inaccessible (125p Sv).
     * Freezing (126ni Sv) follows the tenant too.
     */
    static OrderEvent located(OrderKind kind, Whereabouts found) {
        return switch (kind) {
            case EXISTENCE_CHECK, PRODUCTION_IDENTITY -> new Found();
            case PRESERVATION, PRODUCTION_TRAFFIC -> stopOr(found, OrderDecisions::assetOf);
            case SNAPSHOT_COPY -> stopOr(found, OrderDecisions::image);
            case TAKE_DOWN -> stopOr(found, OrderDecisions::certain);
            case VOLUNTARY_REQUEST, RESTORE, EXTENSION, WITHDRAWAL, ORAL_CONFIRMATION, CLARIFICATION ->
                throw new IllegalArgumentException(kind + " is never located");
        };
    }

    private static OrderEvent stopOr(Whereabouts found, Function<Whereabouts, OrderEvent> otherwise) {
        return found.stop().<OrderEvent>map(NotFound::new).orElseGet(() -> otherwise.apply(found));
    }

    private static OrderEvent certain(Whereabouts found) {
        return found.grade() == Grade.CERTAIN ? assetOf(found) : new NotFound(StopReason.NOT_MATCHED);
    }

    /** No filter destination can be enrolled yet: what may only go there goes nowhere. */
    private static OrderEvent image(Whereabouts found) {
        return found.filterOnly() && found.grade() == Grade.CERTAIN
                ? new NotFound(StopReason.FILTER_DESTINATION)
                : certain(found);
    }

    private static OrderEvent assetOf(Whereabouts found) {
        return found.asset().isPresent() ? new Found() : new NotFound(StopReason.UNKNOWN);
    }

    /**
     * The same with what this order says. A frozen disk is copied only where a disk may be touched at all; elsewhere it is
     * held, which is what was ordered first.
     */
    static Optional<OrderEvent> next(OrderDocument order, Whereabouts found, Disclosure discloses) {
        boolean copied = copied(order) && image(found) instanceof Found;
        return next(order.kind(), discloses).map(next -> copied ? new SendToReview() : next);
    }

    /** Frozen by a copy that is sealed and withheld (126ni Sv). */
    static boolean copied(OrderDocument order) {
        return order.kind() == OrderKind.PRESERVATION && order.scope().says(Measure.SECURED_COPY);
    }

    /** Whether it is answered as soon as it is located, by no officer's approval. */
    static boolean answered(OrderKind kind) {
        return next(kind, kind.discloses())
                .filter(next -> next instanceof Answer)
                .isPresent();
    }

    /**
     * After it is located. What would disclose more than the row of the matrix lets out goes nowhere.
     *
     * @param discloses what the row lets out for this kind of order
     */
    static Optional<OrderEvent> next(OrderKind kind, Disclosure discloses) {
        if (discloses != kind.discloses()) {
            return Optional.empty();
        }
        return switch (kind) {
            case EXISTENCE_CHECK, PRODUCTION_IDENTITY -> Optional.of(new Answer());
            case SNAPSHOT_COPY, TAKE_DOWN -> Optional.of(new SendToReview());
            case PRESERVATION -> Optional.of(new Preserve());
            case PRODUCTION_TRAFFIC -> Optional.of(new NoneHeld(Refusal.NO_TRAFFIC_HELD));
            case VOLUNTARY_REQUEST, RESTORE, EXTENSION, WITHDRAWAL, ORAL_CONFIRMATION, CLARIFICATION ->
                Optional.empty();
        };
    }
}
