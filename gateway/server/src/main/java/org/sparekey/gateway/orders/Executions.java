// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderKind;
import org.springframework.transaction.support.TransactionTemplate;

/** Leases approved orders to the evidence room and takes down what became of them (2-architecture, rule 3). */
final class Executions {

    /** A worker renews well before; after a crash another waits at most this long. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private final OrderTable orders;
    private final HoldTable holds;
    private final ApprovalTable approvals;
    private final OrderCases cases;
    private final Reverification reverification;
    private final CallBacks callBacks;
    private final WithheldCopies copies;
    private final Freezing freezing;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Executions(
            OrderTable orders,
            HoldTable holds,
            ApprovalTable approvals,
            OrderCases cases,
            Reverification reverification,
            CallBacks callBacks,
            WithheldCopies copies,
            Freezing freezing,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.orders = orders;
        this.holds = holds;
        this.approvals = approvals;
        this.cases = cases;
        this.reverification = reverification;
        this.callBacks = callBacks;
        this.copies = copies;
        this.freezing = freezing;
        this.transaction = transaction;
        this.clock = clock;
    }

    Optional<ApprovedOrder> claim() {
        return lease(() -> orders.due(clock.instant()));
    }

    Optional<ApprovedOrder> claim(OrderId id) {
        return lease(() -> orders.lock(id).filter(this::due));
    }

    /** The lease is committed before anything is verified, so that a poisoned order does not block the next one. */
    Optional<ApprovedOrder> lease(Supplier<Optional<OrderRow>> next) {
        Optional<OrderRow> leased = transaction.execute(_ -> next.get().map(row -> {
            orders.lease(row.id(), row.lease().epoch() + 1, clock.instant().plus(LEASE));
            return orders.find(row.id()).orElseThrow();
        }));
        return leased.flatMap(this::approved);
    }

    private Optional<ApprovedOrder> approved(OrderRow row) {
        Optional<VerifiedOrder> verified = reverification.verified(row);
        Optional<ApprovalBasis> basis = row.findings().basis();
        if (verified.isEmpty() || basis.isEmpty()) {
            cases.change(
                    row.id(),
                    (_, work) -> work.note(
                            OrderStatement.ILLEGAL,
                            Actor.GATEWAY,
                            Map.of("state", row.state().word(), "tried", "reverification")));
            freezing.notProven(row.id());
            return Optional.empty();
        }
        boolean capture = row.state() instanceof OrderState.Approved;
        List<ApprovalVerdict.Valid> valid = reverification.approvals(row, basis.get(), clock.instant());
        boolean oneMaySecure = callBacks.oneMaySecure(row, clock.instant());
        if (capture && !callBacks.done(row, clock.instant())) {
            differs(row.id(), row.lease().epoch(), "NOT_CALLED_BACK");
            return Optional.empty();
        }
        if (capture && !new FourEyes(valid).mayCapture(oneMaySecure)) {
            differs(row.id(), row.lease().epoch(), "APPROVALS_LAPSED");
            return Optional.empty();
        }
        List<Approval> counted = capture
                ? valid.stream().map(ApprovalVerdict.Valid::approval).toList()
                : approvals.of(row.id(), row.standing().round());
        return Optional.of(new ApprovedOrder(
                verified.get(),
                basis.get(),
                counted,
                row.findings().recipients(),
                capture && basis.get().copy().isPresent() ? ApprovedOrder.Phase.TAKE_OVER : Phases.of(row),
                capture ? row.standing().attempt() + 1 : row.standing().attempt(),
                new ApprovedOrder.Lease(row.lease().epoch(), row.lease().until().orElseThrow()),
                callBacks.calledBack(row),
                callBacks.assurance(row)));
    }

    Optional<ApprovedOrder> renew(ApprovedOrder order) {
        Instant until = clock.instant().plus(LEASE);
        Optional<Boolean> renewed = cases.change(order.id(), (row, _) -> {
            // What was withdrawn meanwhile is read no further.
            boolean held = holds(order, row) && served(row) && !row.state().terminal();
            if (held) {
                orders.lease(row.id(), row.lease().epoch(), until);
            }
            return held;
        });
        return renewed.orElse(false) ? Optional.of(order.until(until)) : Optional.empty();
    }

    Recheck recheck(ApprovedOrder order) {
        OrderRow row = orders.find(order.id()).orElseThrow();
        return reverification.recheck(row, clock.instant());
    }

    boolean leased(ApprovedOrder order) {
        return orders.find(order.id()).filter(row -> holds(order, row)).isPresent();
    }

    Recheck recheckRelease(ApprovedOrder order) {
        OrderRow row = orders.find(order.id()).orElseThrow();
        return reverification.recheckRelease(row, clock.instant());
    }

    boolean mayRelease(ApprovedOrder order) {
        return orders.find(order.id())
                .filter(row -> reverification.mayRelease(row, clock.instant()))
                .isPresent();
    }

    /** It stays where it is. A sealed copy is due again when another officer says release; a released one never. */
    Transition releaseStopped(ApprovedOrder order, String reason) {
        return under(order, (row, work) -> {
            Digest entry = work.note(OrderStatement.RELEASE_STOPPED, Actor.GATEWAY, Map.of("ground", reason))
                    .leafHash();
            orders.approved(row.id(), false);
            orders.endLease(row.id());
            return new Transition.Done(row.state(), entry);
        });
    }

    Transition started(ApprovedOrder order, byte[] intent) {
        return served(order, (row, work) -> {
            Transition taken = work.take(
                    new OrderEvent.Begin(order.attempt()),
                    Actor.GATEWAY,
                    Map.of("attempt", Integer.toString(order.attempt())),
                    Optional.of(intent));
            if (taken instanceof Transition.Done) {
                orders.attempt(row.id(), order.attempt());
            }
            return taken;
        });
    }

    Transition attemptLost(ApprovedOrder order, byte[] findings) {
        return under(order, (row, work) -> {
            Map<String, String> facts =
                    Map.of("attempt", Integer.toString(row.standing().attempt()));
            boolean last = row.standing().attempt() >= ExecutionTicket.MAX_ATTEMPTS;
            OrderEvent lost = last && freezes(row) ? new OrderEvent.Withhold() : new OrderEvent.LoseAttempt();
            Transition taken = work.take(lost, Actor.GATEWAY, facts, Optional.of(findings));
            orders.endLease(row.id());
            return taken;
        });
    }

    Transition reviewAgain(ApprovedOrder order, String reason) {
        return differs(order.id(), order.lease().epoch(), reason);
    }

    private Transition differs(OrderId id, long epoch, String reason) {
        return cases.change(id, (row, work) -> {
                    if (row.lease().epoch() != epoch) {
                        return (Transition) new Transition.LeaseLost();
                    }
                    Transition taken = work.take(new OrderEvent.Differs(), Actor.GATEWAY, Map.of("ground", reason));
                    if (taken instanceof Transition.Done) {
                        orders.newRound(id);
                        orders.endLease(id);
                    }
                    return taken;
                })
                .orElseThrow();
    }

    Transition secured(ApprovedOrder order, Digest manifestDigest, byte[] outcome) {
        return under(order, (row, work) -> {
            Transition taken = work.take(
                    new OrderEvent.Secure(),
                    Actor.GATEWAY,
                    Map.of("attempt", Integer.toString(row.standing().attempt())),
                    Optional.of(outcome));
            if (taken instanceof Transition.Done) {
                orders.manifest(row.id(), manifestDigest);
            }
            boolean withheld = freezes(row);
            if (taken instanceof Transition.Done && withheld) {
                work.take(new OrderEvent.Withhold(), Actor.GATEWAY, Map.of());
            }
            if (taken instanceof Transition.Done && (withheld || !row.standing().releasable())) {
                // Nothing is due until officers say release; whoever says it last is not kept waiting by a lease.
                orders.endLease(row.id());
            }
            return taken;
        });
    }

    private static boolean freezes(OrderRow row) {
        return row.filed().kind() == OrderKind.PRESERVATION;
    }

    /** The freezing whose sealed copy this order was approved for; empty when it is there no more. */
    Optional<OrderId> copied(ApprovedOrder order) {
        return orders.find(order.id())
                .flatMap(copies::linked)
                .filter(frozen ->
                        frozen.findings().manifestDigest().equals(order.basis().copy()))
                .map(OrderRow::id);
    }

    Transition tookOver(ApprovedOrder order, OrderId from, byte[] manifest) {
        return served(order, (row, work) -> {
            Transition taken = work.take(
                    new OrderEvent.TakeOver(from.code()),
                    Actor.GATEWAY,
                    Map.of("copyOf", from.code()),
                    Optional.of(manifest));
            if (taken instanceof Transition.Done) {
                orders.manifest(row.id(), order.basis().copy().orElseThrow());
            }
            if (!row.standing().releasable()) {
                orders.endLease(row.id());
            }
            return taken;
        });
    }

    Transition released(ApprovedOrder order) {
        return served(order, (row, work) -> {
            boolean twoOfficers = reverification.mayRelease(row, clock.instant());
            return work.take(new OrderEvent.Release(twoOfficers), Actor.GATEWAY, Map.of());
        });
    }

    Transition available(ApprovedOrder order) {
        return served(order, (row, work) -> {
            Transition taken = work.take(new OrderEvent.Publish(), Actor.GATEWAY, Map.of());
            orders.endLease(row.id());
            return taken;
        });
    }

    Transition failed(ApprovedOrder order, String code, byte[] outcome) {
        return under(order, (row, work) -> {
            orders.endLease(row.id());
            // What cannot be copied stays held: that it be kept is what was ordered first.
            OrderEvent event = freezes(row) ? new OrderEvent.Withhold() : new OrderEvent.Fail(code);
            return work.take(event, Actor.GATEWAY, Map.of("ground", code), Optional.of(outcome));
        });
    }

    Transition acknowledged(OrderId id, Actor actor, byte[] acknowledgement) {
        return change(id, new OrderEvent.Acknowledge(), actor, Optional.of(acknowledgement));
    }

    Transition closed(OrderId id) {
        return change(id, new OrderEvent.Close(), Actor.GATEWAY, Optional.empty());
    }

    Digest record(OrderId id, String type, Actor actor, Map<String, String> clear, byte[] payload) {
        return cases.change(
                        id, (_, work) -> work.note(type, actor, clear, payload).leafHash())
                .orElseThrow();
    }

    List<Hold> holds(LocatedAsset asset) {
        return holds.of(asset, clock.instant());
    }

    private Transition change(OrderId id, OrderEvent event, Actor actor, Optional<byte[]> payload) {
        return cases.change(id, (_, work) -> work.take(event, actor, Map.of(), payload))
                .orElseThrow();
    }

    /** Nothing is begun, let go or published for an authority that was suspended while the lease ran. */
    Transition served(ApprovedOrder order, BiFunction<OrderRow, OrderCase, Transition> change) {
        return under(order, (row, work) -> served(row) ? change.apply(row, work) : new Transition.LeaseLost());
    }

    /** Only under the newest lease: a worker that was taken for dead changes nothing any more. */
    Transition under(ApprovedOrder order, BiFunction<OrderRow, OrderCase, Transition> change) {
        return cases.change(
                        order.id(),
                        (row, work) -> holds(order, row) ? change.apply(row, work) : new Transition.LeaseLost())
                .orElseThrow();
    }

    private boolean served(OrderRow row) {
        return orders.goesOn(row);
    }

    private static boolean holds(ApprovedOrder order, OrderRow row) {
        return row.lease().epoch() == order.lease().epoch();
    }

    private boolean due(OrderRow row) {
        return free(row) && Phases.work(row);
    }

    /** Nobody else's now, and not of a suspended authority. */
    boolean free(OrderRow row) {
        boolean free = row.lease()
                .until()
                .filter(until -> until.isAfter(clock.instant()))
                .isEmpty();
        // What runs is reconciled all the same; nothing new is begun or let go for whoever is suspended.
        boolean served = row.state() instanceof OrderState.Executing || served(row);
        return free && served && !row.standing().frozen();
    }
}
