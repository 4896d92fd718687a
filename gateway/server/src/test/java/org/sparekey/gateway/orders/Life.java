// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.order.GatewayIdentity;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.term.Terms;
import org.sparekey.protocol.term.Terms.Term;

/**
 * One order in memory, moved by the room's own pure decisions as its tables move it: what is committed is an entry and a
 * state together; what a crash takes is neither.
 */
final class Life {

    /** One committed entry. */
    record Said(Instant at, String actor, String type) {}

    final OrderDocument order;
    final Validation validation;
    final List<Said> log = new ArrayList<>();

    private final MatrixRow row;
    private final Map<OrderClock, Term> clocks = new EnumMap<>(OrderClock.class);
    private final Map<OrderClock, Instant> stopped = new EnumMap<>(OrderClock.class);
    private final Set<String> secured = new HashSet<>();
    private final Set<String> released = new HashSet<>();
    private Optional<OrderState> state = Optional.empty();
    private boolean held;
    private int attempt;

    /** Files it; a refused one has its state too. */
    Life(OrderDocument order, Validation validation, Instant received) {
        this.order = order;
        this.validation = validation;
        this.row = Matrix.packaged()
                .row(order.legalBasis().id())
                .orElse(Matrix.packaged().rows().get(0));
        GatewayIdentity here = new GatewayIdentity(Drafted.HOSTER, Drafted.ORIGIN);
        Judgement judgement = OrderCheck.judge(
                order, Matrix.packaged(), new OrderCheck.Facts(Optional.of(here), validation, received, received));
        say(received, "INVESTIGATOR", "order.submitted");
        switch (OrderDecisions.enter(order.kind(), judgement)) {
            case Entrance.Received _ -> enter(received, new OrderState.Received(), "order.received");
            case Entrance.Refused(String code, Optional<String> _) ->
                enter(received, new OrderState.Refused(code), "order.refused");
            case Entrance.Applies _ -> throw new IllegalStateException("follows no order");
            case Entrance.VerifiedAndHeld(Asked.Compelled asked, Optional<String> _) -> hold(asked, received);
        }
    }

    OrderState state() {
        return state.orElseThrow();
    }

    boolean held() {
        return held;
    }

    private void hold(Asked.Compelled asked, Instant received) {
        OrderState first = OrderDecisions.first(order.urgency());
        held = true;
        Instant until = OrderDecisions.holdUntil(row, order.deadline(), received, false);
        clocks.put(OrderClock.HOLD, new Term(received, until, until));
        if (order.urgency() == Urgency.ORAL) {
            clocks.put(
                    OrderClock.CONFIRMATION,
                    Terms.statutoryDays(received, row.confirmDays().orElseThrow()));
        }
        if (asked.kind() != OrderKind.PRESERVATION) {
            clocks.put(OrderClock.DEADLINE, new Term(received, order.deadline(), order.deadline()));
        }
        enter(received, first, first instanceof OrderState.Oral ? "order.oral" : "order.held");
    }

    private void enter(Instant at, OrderState first, String type) {
        state = Optional.of(first);
        say(at, "GATEWAY", type);
    }

    private void say(Instant at, String actor, String type) {
        log.add(new Said(at, actor, type));
    }

    /** As {@code OrderCase.take} does; what is refused is an entry too. */
    boolean take(Instant at, String actor, OrderEvent event, boolean crash) {
        return switch (OrderTransitions.decide(actor, state(), event)) {
            case Decision.Illegal _ -> {
                say(at, actor, "order.illegal");
                yield false;
            }
            case Decision.Move(OrderState to, OrderStatement says) -> {
                if (!crash) {
                    state = Optional.of(to);
                    say(at, actor, says.type());
                    after(at, event);
                }
                yield !crash;
            }
        };
    }

    private void after(Instant at, OrderEvent event) {
        switch (event) {
            case OrderEvent.Ask _ -> {
                clocks.keySet().forEach(clock -> stopped.putIfAbsent(clock, at));
                clocks.put(OrderClock.CLARIFICATION, Terms.statutoryDays(at, OrderClock.CLARIFICATION_DAYS));
            }
            case OrderEvent.Clarify _ -> {
                clocks.remove(OrderClock.CLARIFICATION);
                stopped.forEach((clock, since) ->
                        clocks.computeIfPresent(clock, (_, term) -> later(term, Duration.between(since, at))));
                stopped.clear();
            }
            case OrderEvent.Confirm _ -> clocks.remove(OrderClock.CONFIRMATION);
            case OrderEvent.Extend _ ->
                clocks.computeIfPresent(OrderClock.HOLD, (_, term) -> {
                    Instant until =
                            Terms.heldFor(term.legalLatest(), row.extendDays().orElseThrow());
                    return new Term(term.legalLatest(), until, until);
                });
            case OrderEvent.Begin(int number) -> attempt = number;
            case OrderEvent.Differs _ -> {
                secured.clear();
                released.clear();
            }
            default -> {}
        }
        if (state().terminal() || state() instanceof OrderState.Available) {
            clocks.clear();
        }
        held = held && !state().terminal();
    }

    private static Term later(Term term, Duration by) {
        return new Term(
                term.start().plus(by),
                term.target().plus(by),
                term.legalLatest().plus(by));
    }

    /** As {@code Clocks.step} does. */
    void tick(Instant now) {
        for (OrderClock clock : OrderClock.values()) {
            Term term = clocks.get(clock);
            boolean over = term != null && !stopped.containsKey(clock) && !now.isBefore(term.legalLatest());
            if (over && !clock.waits(state())) {
                clocks.remove(clock);
                clock.ends(state()).ifPresent(event -> take(now, "GATEWAY", event, false));
            }
        }
        if (state() instanceof OrderState.ConfirmationOverdue) {
            take(now, "GATEWAY", new OrderEvent.Quarantine(), false);
            Instant until = now.plus(OrderClock.QUARANTINED);
            clocks.put(OrderClock.QUARANTINE, new Term(now, until, until));
        }
    }

    /** What the gateway does by itself with what waits. */
    void advance(Instant now, Whereabouts found, boolean crash) {
        if (!(state() instanceof OrderState.Held)) {
            return;
        }
        OrderEvent event = OrderDecisions.located(order.kind(), found);
        if (take(now, "GATEWAY", event, crash) && event instanceof OrderEvent.Found) {
            OrderDecisions.next(order.kind(), row.discloses(order.kind())).ifPresent(next -> {
                take(now, "GATEWAY", next, false);
                if (next instanceof OrderEvent.Answer) {
                    take(now, "GATEWAY", new OrderEvent.Close(), false);
                }
            });
        }
    }

    /** An officer says release; the second who is another makes it approved, and lets it be released later. */
    void approve(Instant now, String officer, boolean crash) {
        boolean open = state() instanceof OrderState.Review
                || state() instanceof OrderState.Approved
                || state() instanceof OrderState.Executing
                || state() instanceof OrderState.Secured;
        if (!open || crash) {
            return;
        }
        secured.add(officer);
        released.add(officer);
        say(now, officer, "order.approval");
        if (secured.size() >= 2 && state() instanceof OrderState.Review) {
            take(now, "OFFICER", new OrderEvent.Approve(), false);
        }
    }

    OrderEvent release() {
        return new OrderEvent.Release(released.size() >= 2);
    }

    OrderEvent begin() {
        return new OrderEvent.Begin(attempt + 1);
    }
}
