// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Recheck;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One attempt at taking one guest off the net (125p Sv, the last means): compare, announce, wait for the announcement to be in
 * a signed checkpoint, compare again, keep what its links were, cut, read back, enter the outcome. What a crash leaves behind
 * is said at each line; {@link #reconcile} looks first and never cuts again blindly.
 */
final class IsolateStep {

    static final String ACT = "ISOLATE";

    private static final Logger LOG = LoggerFactory.getLogger(IsolateStep.class);

    private final Orders orders;
    private final AuditLog log;
    private final IsolationTable isolations;
    private final Outcomes outcomes;
    private final LiveFacts facts;
    private final LinkHand hand;
    private final TicketDesk tickets;
    private final EvidenceSettings settings;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    IsolateStep(
            Orders orders,
            AuditLog log,
            IsolationTable isolations,
            Outcomes outcomes,
            LiveFacts facts,
            LinkHand hand,
            TicketDesk tickets,
            EvidenceSettings settings,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.orders = orders;
        this.log = log;
        this.isolations = isolations;
        this.outcomes = outcomes;
        this.facts = facts;
        this.hand = hand;
        this.tickets = tickets;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** What is true right now, of the order and of its guest. */
    private sealed interface Asked {
        /** @param links as they are */
        record Stands(GuestLinks links) implements Asked {}

        /** Not what the officers signed for any more. */
        record Differs(String code) implements Asked {}

        /** This hand cannot do it, or may not: the officers' can. */
        record Barred(String code) implements Asked {}

        record Waits() implements Asked {}
    }

    /** @return whether anything changed; false when it waits for a proof, a revocation list or the hypervisor */
    boolean begin(ApprovedOrder order) {
        return switch (ask(order)) {
            case Asked.Stands _ ->
                announce(order).map(isolation -> run(order, isolation)).orElse(false);
            case Asked.Differs(String code) -> orders.reviewAgain(order, code) instanceof Transition.Done;
            case Asked.Barred(String code) -> orders.handStopped(order, ACT, code) instanceof Transition.Done;
            case Asked.Waits _ -> false;
        };
    }

    /** Revocation, authority, whereabouts, tenancy, approvals, guest, configuration, links: everything, each time. */
    private Asked ask(ApprovedOrder order) {
        return switch (orders.recheckIsolation(order)) {
            case Recheck.Same _ -> live(order);
            case Recheck.Different(String code) ->
                code.equals(Recheck.SHARED) ? new Asked.Barred(code) : new Asked.Differs(code);
            case Recheck.Unknown(String code) -> {
                LOG.warn("{} waits: {}", order.id(), code);
                yield new Asked.Waits();
            }
        };
    }

    private Asked live(ApprovedOrder order) {
        try {
            return switch (facts.decide(order)) {
                case ExecutionDecisions.Decision.Review(String reason) -> new Asked.Differs(reason);
                case ExecutionDecisions.Decision.Capture _ ->
                    new Asked.Stands(hand.look(order.basis().asset()));
            };
        } catch (CaptureException refusal) {
            return barred(refusal);
        } catch (IOException hypervisor) {
            LOG.warn("{} waits: the hypervisor does not answer", order.id(), hypervisor);
            return new Asked.Waits();
        }
    }

    /** What will not be otherwise in a minute is the officers'; the rest is asked again under another lease. */
    private static Asked barred(CaptureException refusal) {
        return switch (refusal.refusal()) {
            case NETWORK_ABSENT, NETWORK_OUT_OF_REACH, NETWORK_AMBIGUOUS, VIRSH_ABSENT ->
                new Asked.Barred(refusal.refusal().name());
            case GUEST_UNKNOWN -> new Asked.Differs(refusal.refusal().name());
            default -> new Asked.Waits();
        };
    }

    /** The intent: ticket and attempt are logged before anything is touched. Empty while the order's own proof is due. */
    private Optional<Isolation> announce(ApprovedOrder order) {
        Digest verified = order.basis().verifiedLeaf();
        if (log.await(verified, settings.proofWait()).isEmpty()) {
            return Optional.empty();
        }
        SignedDocument ticket = tickets.ticket(order, log.proof(verified).orElseThrow(), settings.isolationTime());
        Optional<Isolation> announced = Objects.requireNonNull(transaction.execute(status -> announced(order, ticket)));
        // A crash here leaves an announced attempt that touched nothing: it is run later under the same ticket.
        failpoint.reached("evidence.isolation-announced");
        return announced;
    }

    private Optional<Isolation> announced(ApprovedOrder order, SignedDocument ticket) {
        byte[] intent = ticket.compact().getBytes(StandardCharsets.US_ASCII);
        if (!(orders.started(order, intent) instanceof Transition.Done(var _, var entry))) {
            return Optional.empty();
        }
        Isolation isolation = new Isolation(
                order.id(),
                order.attempt(),
                Isolation.State.ANNOUNCED,
                order.lease().epoch(),
                clock.instant().plus(settings.isolationTime()),
                order.basis().asset(),
                entry,
                Optional.empty(),
                Optional.empty());
        isolations.announce(isolation);
        failpoint.reached("evidence.isolation-announcing");
        return Optional.of(isolation);
    }

    /** Runs an attempt that was announced and has not touched anything yet. */
    private boolean run(ApprovedOrder order, Isolation isolation) {
        if (!clock.instant().isBefore(isolation.expiresAt())) {
            return outcomes.isolationLost(order, isolation, AttemptOutcome.EXPIRED, List.of());
        }
        if (log.await(isolation.intentLeaf(), settings.proofWait()).isEmpty()) {
            return false;
        }
        return switch (ask(order)) {
            case Asked.Stands(GuestLinks before) -> cut(order, isolation, before);
            case Asked.Differs(String code) -> outcomes.isolationReview(order, isolation, code);
            case Asked.Barred(String code) -> outcomes.isolationLost(order, isolation, code, List.of());
            case Asked.Waits _ -> false;
        };
    }

    private boolean cut(ApprovedOrder order, Isolation isolation, GuestLinks before) {
        // Announced before its authority was suspended, and untouched: it waits, and expires with its ticket.
        if (orders.renew(order).isEmpty()
                || !isolations.run(isolation, order.lease().epoch(), before)) {
            return false;
        }
        // From that commit on a link may be cut, and what it was is kept.
        Isolation running = isolations.find(order.id(), isolation.number()).orElseThrow();
        failpoint.reached("evidence.isolating");
        try {
            byte[] record = hand.isolate(running, order.verified().digest(), before);
            // A crash here leaves a guest off the net and nobody who said so: looked at first, see reconcile.
            failpoint.reached("evidence.cut");
            return isolated(order, running, record) || giveBack(order, running, AttemptOutcome.STOPPED);
        } catch (IOException fault) {
            LOG.warn("{} attempt {} failed", order.id(), running.number(), fault);
            return giveBack(order, running, code(fault));
        }
    }

    private boolean isolated(ApprovedOrder order, Isolation isolation, byte[] record) {
        Boolean done = transaction.execute(status -> {
            boolean entered = orders.isolated(order, record) instanceof Transition.Done(var _, var entry)
                    && isolations.end(isolation, Isolation.State.RUNNING, Isolation.State.ISOLATED, entry);
            if (!entered) {
                status.setRollbackOnly();
            }
            failpoint.reached("evidence.isolation-entering");
            return entered;
        });
        failpoint.reached("evidence.isolation-entered");
        return Boolean.TRUE.equals(done);
    }

    /** Finds out what became of an attempt that nobody finished. Untouched: it is run under its own ticket. */
    boolean reconcile(ApprovedOrder order) {
        Isolation isolation = isolations
                .find(order.id(), order.attempt())
                .orElseThrow(
                        () -> new IllegalStateException(order.id() + " was begun, and this room knows of no attempt"));
        return switch (isolation.state()) {
            case ANNOUNCED -> run(order, isolation);
            case RUNNING -> giveBack(order, isolation, AttemptOutcome.LOST);
            case ISOLATED, RESTORING, RESTORED, LOST, UNDONE ->
                throw new IllegalStateException(order.id() + " is executing, and its attempt is " + isolation.state());
        };
    }

    /**
     * How far it came is read from the guest; what it was is given back, and the attempt is lost. A crash in here repeats it.
     * An order that ended meanwhile is {@link StrayStep}'s; one whose lease was lost is the other worker's.
     */
    private boolean giveBack(ApprovedOrder order, Isolation isolation, String code) {
        if (!orders.leased(order)) {
            return false;
        }
        try {
            List<String> found =
                    List.of(hand.look(isolation.asset()).cut() ? "every link was cut" : "not every link was cut");
            hand.restore(isolation, order.verified().digest(), isolation.intentLeaf());
            failpoint.reached("evidence.given-back");
            return outcomes.isolationLost(order, isolation, code, found);
        } catch (CaptureException refusal) {
            if (refusal.refusal() != CaptureRefusal.GUEST_UNKNOWN) {
                LOG.warn("{} waits: what a lost attempt cut cannot be given back now", order.id(), refusal);
                return false;
            }
            return outcomes.isolationLost(order, isolation, refusal.refusal().name(), List.of());
        } catch (IOException hypervisor) {
            LOG.warn("{} waits: what a lost attempt cut cannot be given back now", order.id(), hypervisor);
            return false;
        }
    }

    private static String code(IOException fault) {
        return fault instanceof CaptureException refusal ? refusal.refusal().name() : AttemptOutcome.FAULT;
    }
}
