// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
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
 * One order in memory, moved by the room's own pure decisions ({@link OrderDecisions}, {@link OrderTransitions}, {@link
 * OrderClock}, {@link CallBackDecisions}, {@link FollowupDecisions}, the protocol's {@code FourEyes}): what is committed is an
 * entry and a state together; what a crash takes is neither. The room itself is driven by {@link DecadeOnDatabaseTest}.
 */
final class Life {

    /**
     * One committed entry.
     *
     * @param what an officer's decision or what came of his call; empty otherwise
     */
    record Said(Instant at, String actor, String type, String what) {
        Said(Instant at, String actor, String type) {
            this(at, actor, type, "");
        }
    }

    final OrderDocument order;
    final Validation validation;
    final List<Said> log = new ArrayList<>();

    private final MatrixRow row;
    private final Map<OrderClock, Term> clocks = new EnumMap<>(OrderClock.class);
    private final Map<OrderClock, Instant> stopped = new EnumMap<>(OrderClock.class);
    private final Eyes eyes = new Eyes();
    private final List<CallBackRecord> calls = new ArrayList<>();
    private Optional<Life> production = Optional.empty();
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
            case Entrance.Applies _, Entrance.TakesBack _, Entrance.Stands _ ->
                throw new IllegalStateException("follows no order");
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
        if (row.callBack()) {
            Instant calledBy = received.plus(OrderDecisions.UNCALLED_HOLD);
            clocks.put(OrderClock.CALL_BACK, new Term(received, calledBy, calledBy));
        } else {
            run(received);
        }
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

    private void run(Instant received) {
        Instant until = OrderDecisions.holdUntil(row, order.deadline(), received, false);
        if (order.kind() == OrderKind.PRESERVATION || until.isBefore(order.deadline())) {
            clocks.put(OrderClock.HOLD, new Term(received, until, until));
        }
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
                clocks.keySet().stream()
                        .filter(clock -> clock != OrderClock.CALL_BACK)
                        .forEach(clock -> stopped.putIfAbsent(clock, at));
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
            case OrderEvent.Differs _ -> eyes.lapse();
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
        boolean waited = state() instanceof OrderState.Linked
                && !clocks.containsKey(OrderClock.HOLD)
                && production.filter(other -> other.state().terminal()).isPresent();
        if (waited) {
            take(now, "GATEWAY", new OrderEvent.EndHold(), false);
        }
        // What a cooling-off held up goes on by itself.
        reconsider(now);
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

    /** The production that names it was located: it waits for that one where it may. */
    void link(Instant now, Life other) {
        OrderEvent link = new OrderEvent.Link("ORD-2222-2222");
        if (OrderTransitions.decide(state(), link) instanceof Decision.Move) {
            take(now, "GATEWAY", link, false);
            production = Optional.of(other);
        }
    }

    /** An officer decides. */
    void approve(Instant now, String officer, org.sparekey.protocol.approval.Decision decision, boolean crash) {
        boolean open = state() instanceof OrderState.Review
                || state() instanceof OrderState.Approved
                || state() instanceof OrderState.Executing
                || state() instanceof OrderState.Secured;
        if (!open || crash || !eyes.say(officer, decision, now)) {
            return;
        }
        log.add(new Said(now, officer, "order.approval", decision.name()));
        if (decision == org.sparekey.protocol.approval.Decision.REFUSE) {
            take(now, "OFFICER", new OrderEvent.OfficerRefuses(), false);
        } else {
            reconsider(now);
        }
    }

    /** An officer telephoned. What he cannot stop any more he is not told that he stopped. */
    void call(Instant now, String officer, CallBackOutcome outcome, boolean crash) {
        boolean repeated = calls.stream().anyMatch(call -> call.officer().equals(officer) && call.outcome() == outcome);
        boolean denies = outcome == CallBackOutcome.DENIED;
        boolean idle =
                denies && !(OrderTransitions.decide(state(), new OrderEvent.CallBackDenied()) instanceof Decision.Move);
        if (crash || repeated || idle || state().terminal() || !row.callBack()) {
            return;
        }
        calls.add(record(officer, outcome, now));
        log.add(new Said(now, officer, "order.called-back", outcome.name()));
        if (denies) {
            take(now, "OFFICER", new OrderEvent.CallBackDenied(), false);
        } else {
            lengthen();
            reconsider(now);
        }
    }

    private void lengthen() {
        if (clocks.remove(OrderClock.CALL_BACK) != null) {
            run(log.get(0).at());
        }
    }

    private void reconsider(Instant now) {
        if (state() instanceof OrderState.Review
                && eyes.at(now).mayCapture(oneMaySecure(now))
                && CallBackDecisions.done(facts(), calls, now)) {
            take(now, "OFFICER", new OrderEvent.Approve(), false);
        }
    }

    private boolean oneMaySecure(Instant now) {
        return order.kind() == OrderKind.SNAPSHOT_COPY && CallBackDecisions.oneMaySecure(facts(), calls, now);
    }

    /** Everybody's first order. */
    private CallBackDecisions.Facts facts() {
        return new CallBackDecisions.Facts(
                row.callBack(), false, false, order.urgency(), log.get(0).at());
    }

    /** Somebody sends an order about this one. */
    void follow(Instant now, OrderDocument about, boolean crash) {
        boolean own = about.issuer().equals(order.issuer());
        boolean withdraws = about.kind() == OrderKind.WITHDRAWAL;
        boolean called =
                !CallBackDecisions.officers(calls, CallBackSubject.ISSUER).isEmpty();
        boolean fits = withdraws
                ? own
                : FollowupDecisions.refused(about, order, state())
                        .or(() -> FollowupDecisions.uncalled(about.kind(), row.callBack(), called))
                        .isEmpty();
        if (fits) {
            take(now, about.issuer().role(), Followups.event(about.kind()), crash);
        }
    }

    OrderEvent release() {
        return new OrderEvent.Release(eyes.all().mayRelease());
    }

    /** Right before the intent everything is asked again. */
    OrderEvent begin(Instant now) {
        boolean stands = eyes.at(now).mayCapture(oneMaySecure(now)) && CallBackDecisions.done(facts(), calls, now);
        return stands ? new OrderEvent.Begin(attempt + 1) : new OrderEvent.Differs();
    }

    /** By hand, by two, and asked again too. */
    OrderEvent isolate(Instant now) {
        boolean stands = eyes.at(now).mayCapture() && CallBackDecisions.done(facts(), calls, now);
        return stands ? new OrderEvent.Isolate("BLOCK_ADDRESS") : new OrderEvent.Differs();
    }

    private static CallBackRecord record(String officer, CallBackOutcome outcome, Instant at) {
        boolean confirms = outcome == CallBackOutcome.CONFIRMED;
        return new CallBackRecord(
                CallBackRecord.VERSION,
                CallBackRecord.TYPE,
                Digest.sha256(new byte[] {1}),
                CallBackSubject.ISSUER,
                "politie-voorbeeld",
                "+31 30 000 0000",
                outcome,
                confirms ? Optional.of("0000-0000-0000-0000") : Optional.empty(),
                officer,
                at,
                Bytes.of(new byte[CallBackRecord.SALT_BYTES]));
    }
}
