// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.callback.GivenCode;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.AuthorityReport;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.Feasibility;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * The facade of the room. Authorities submit and read, officers decide, the evidence room claims what was approved and
 * tells what became of it. Every change of state joins the caller's transaction (or opens its own), appends its entry in
 * the same transaction, and refuses what the state does not allow.
 */
public final class Orders {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Steps of one round; what is left waits for the next. */
    static final int STEPS_AT_ONCE = 20;

    private final Intake intake;
    private final Locating locating;
    private final Basis basis;
    private final Approving approving;
    private final Calling calling;
    private final StandingWithdrawals withdrawals;
    private final Turns waiting;
    private final Turns resting;
    private final Executions executions;
    private final ByHand byHand;
    private final Reading reading;
    private final Suspensions suspensions;
    private final Freezing freezing;
    private final Thawing thawing;
    private final Lookups lookups;
    private final OrderTable orders;
    private final Clocks clocks;
    private final Questions questions;
    private final OfficerRecords records;

    Orders(
            Intake intake,
            Locating locating,
            Basis basis,
            Approving approving,
            Calling calling,
            StandingWithdrawals withdrawals,
            CallBackTable callBacks,
            Executions executions,
            ByHand byHand,
            Reading reading,
            Suspensions suspensions,
            Freezing freezing,
            Thawing thawing,
            Lookups lookups,
            OrderTable orders,
            Clocks clocks,
            Questions questions,
            OfficerRecords records) {
        this.intake = intake;
        this.locating = locating;
        this.basis = basis;
        this.approving = approving;
        this.calling = calling;
        this.withdrawals = withdrawals;
        this.waiting = new Turns(orders::waiting);
        this.resting = new Turns(callBacks::resting);
        this.executions = executions;
        this.byHand = byHand;
        this.reading = reading;
        this.suspensions = suspensions;
        this.freezing = freezing;
        this.thawing = thawing;
        this.lookups = lookups;
        this.orders = orders;
        this.clocks = clocks;
        this.questions = questions;
        this.records = records;
    }

    /**
     * Takes a submission and goes on with it as far as it goes by itself. A refused order is taken too: its state says so.
     *
     * @param body multipart, see {@link Submission}
     * @throws ProblemException ORDER_MALFORMED, ORDER_DUPLICATE, REVOCATION_UNKNOWN, FORBIDDEN and those of idempotency
     */
    public Acceptance submit(Caller caller, byte[] body, String contentType, String idempotencyKey) {
        suspensions.requireServed(caller);
        Acceptance accepted = intake.submit(caller, body, contentType, idempotencyKey);
        advance(accepted.id());
        return orders.find(accepted.id())
                .map(row -> new Acceptance(row.id(), row.chain().lastLeaf()))
                .orElse(accepted);
    }

    /**
     * The order of this code or of this issuer's id, where the caller may see it. That he may not is entered.
     *
     * @throws ProblemException NOT_FOUND also when it exists and is not his to see
     */
    public OrderId visible(Caller caller, String reference) {
        suspensions.requireServed(caller);
        Optional<OrderId> visible = reading.visible(caller, reference);
        if (visible.isEmpty()) {
            reading.refuse(caller, reference);
        }
        return visible.orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
    }

    /**
     * Enters that somebody is about to be given content of a case: its answer, bundle, documents, what officers sign for.
     * A look at its status is none (decision 0014).
     *
     * @return leaf hash of the entry: what leaves the house waits for it, outside any transaction
     */
    public Digest looked(Caller caller, OrderId id, String what) {
        UUID document = orders.find(id).orElseThrow().filed().documentId();
        byte[] payload = LookRecord.bytes(OrderStatement.READ, Optional.of(document), caller, what);
        return lookups.enter(caller, id, OrderStatement.READ.type(), what, Map.of("what", what), payload);
    }

    /** The same in the words of the room whose content it is. */
    public Digest looked(
            Caller caller, OrderId id, String type, String what, Map<String, String> clear, byte[] payload) {
        return lookups.enter(caller, id, type, what, clear, payload);
    }

    /** It was given: the next look is another entry. */
    public void given(Digest leaf) {
        lookups.given(leaf);
    }

    /** An authority's own orders; for an officer all. Newest first, at most 200. */
    public List<OrderStatus> list(Caller caller) {
        suspensions.requireServed(caller);
        return reading.list(caller);
    }

    public OrderStatus status(OrderId id) {
        return reading.status(id).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
    }

    /** Everything on file; the caller has checked who asks. */
    public Optional<OrderFile> file(OrderId id) {
        return reading.file(id);
    }

    /** What an officer would sign for now. @throws ProblemException FORBIDDEN, CONFLICT where there is nothing to sign */
    public ApprovalBasis approvalBasis(Caller officer, OrderId id) {
        return approving.basis(officer, id);
    }

    /**
     * An officer's decision.
     *
     * @param version of the order as he read it
     * @throws ProblemException APPROVAL_REFUSED with the fault's code, after its entry is written
     */
    public Acceptance approve(Caller officer, OrderId id, byte[] approval, long version, String idempotencyKey) {
        return approving.approve(officer, id, approval, Optional.empty(), version, idempotencyKey);
    }

    /** An officer's refusal, with the ground and the words that he signed for. */
    public Acceptance refuse(
            Caller officer, OrderId id, byte[] approval, RefusalReason reason, long version, String idempotencyKey) {
        return approving.approve(officer, id, approval, Optional.of(reason), version, idempotencyKey);
    }

    /**
     * An officer asks the issuer; the order's clock stands still meanwhile.
     *
     * @throws ProblemException FORBIDDEN, MALFORMED_REQUEST, PRECONDITION_FAILED, CONFLICT where nothing can be asked
     */
    public Acceptance ask(Caller officer, OrderId id, byte[] question, long version, String idempotencyKey) {
        return questions.ask(officer, id, question, version, idempotencyKey);
    }

    /** What was asked about it; the caller has checked who reads. */
    public List<ClarificationQuestion> questions(OrderId id) {
        return questions.of(id);
    }

    /** Everything an authority ever sent and was given, a page of it. */
    AuthorityReport authorityReport(Caller caller, String authority, Optional<OrderId> behind) {
        return suspensions.report(caller, authority, behind);
    }

    /** The kill-switch; in force on the next request. */
    AuthorityReport suspendAuthority(Caller caller, String authority) {
        return suspensions.suspend(caller, authority);
    }

    AuthorityReport resumeAuthority(Caller caller, String authority, byte[] joint) throws MalformedException {
        return suspensions.resume(caller, authority, joint);
    }

    /** At start: what is not level with its log is frozen (2-architecture, rule 5). */
    void level() {
        freezing.level();
    }

    FrozenOrders frozen(Caller caller) {
        return thawing.list(caller);
    }

    Acceptance thaw(Caller caller, String order, byte[] joint) throws MalformedException {
        return thawing.thaw(caller, order, joint);
    }

    /** Whom to call on which number, for officers. */
    CallBackSheet callBackSheet(Caller officer, OrderId id) {
        return calling.sheet(officer, id);
    }

    /** A one-time code for the order's own authority. @throws ProblemException CALL_BACK_REFUSED where none is due */
    GivenCode callBackCode(Caller caller, OrderId id, CallBackSubject subject) {
        return calling.give(caller, id, subject);
    }

    /**
     * What an officer signed about his call.
     *
     * @throws ProblemException CALL_BACK_REFUSED with the fault's code, after its entry is written
     */
    Acceptance calledBack(Caller officer, OrderId id, String record, String idempotencyKey) {
        Acceptance accepted = calling.record(officer, id, record, idempotencyKey);
        advance(id);
        return orders.find(id)
                .map(row -> new Acceptance(id, row.chain().lastLeaf()))
                .orElse(accepted);
    }

    /**
     * What an officer did by hand: a notice, a take-down, time spent, whether somebody may be told.
     *
     * @throws ProblemException FORBIDDEN, MALFORMED_REQUEST, CONFLICT where the least means was passed over
     */
    public Acceptance record(Caller officer, OrderId id, byte[] record, String idempotencyKey) {
        return records.add(officer, id, record, idempotencyKey);
    }

    /** CSV of the time and the gigabytes that orders cost, all of it. */
    void efforts(Caller officer, OutputStream csv) throws IOException {
        records.efforts(officer, csv);
    }

    /** What is possible for a verified order. @throws ProblemException CONFLICT where it was not verified */
    public Feasibility feasibility(OrderId id) {
        return orders.find(id)
                .flatMap(row -> FeasibilityDecisions.of(
                        row.filed().kind(),
                        row.state(),
                        row.findings().verifiedLeaf().isPresent(),
                        row.findings().whereabouts()))
                .orElseThrow(() -> new ProblemException(Problem.CONFLICT, "the order was not verified"));
    }

    /** Says what is due and ends what is over, then goes on with what waits: locates, prepares what officers sign for. */
    public void step() {
        Attempts.done("entering what is frozen", () -> freezing.step(STEPS_AT_ONCE));
        // Before anything of a thawed order: what took it back meanwhile.
        Attempts.done("taking back what was thawed", () -> withdrawals.step(STEPS_AT_ONCE));
        Attempts.done("the clocks' round", () -> clocks.step(STEPS_AT_ONCE));
        Attempts.done("telling cases of a suspension", () -> suspensions.step(STEPS_AT_ONCE));
        for (OrderId id : waiting.next(STEPS_AT_ONCE)) {
            Attempts.done("going on with " + id, () -> advance(id));
        }
        for (OrderId id : resting.next(STEPS_AT_ONCE)) {
            Attempts.done("going on with " + id + ", called back,", () -> rested(id));
        }
    }

    /** What a cooling-off held up. */
    private void rested(OrderId id) {
        calling.rested(id);
        approving.rested(id);
        advance(id);
    }

    /** Not for a suspended authority, whoever brings its orders: what is held stays held, and nothing is looked up. */
    private void advance(OrderId id) {
        if (orders.find(id).filter(orders::goesOn).isEmpty()) {
            return;
        }
        locating.locate(id);
        basis.prepare(id);
    }

    /** Leases the next order that evidence work is due for: approved, begun and lost, to be released or published. */
    public Optional<ApprovedOrder> claim() {
        return executions.claim();
    }

    /** The same for this one order, where it is due. */
    public Optional<ApprovedOrder> claim(OrderId id) {
        return executions.claim(id);
    }

    /** The same of take-downs, for the gateway's own hand: to take a guest off the net, to reconcile, to undo. */
    public Optional<ApprovedOrder> claimByHand() {
        return byHand.claim();
    }

    public Optional<ApprovedOrder> claimByHand(OrderId id) {
        return byHand.claim(id);
    }

    /** Whether the lease is still this worker's; also of a suspended authority's order, and of one that has ended. */
    public boolean leased(ApprovedOrder order) {
        return executions.leased(order);
    }

    /** Which of these have ended: nothing of theirs stays cut. */
    public Set<OrderId> ended(Set<OrderId> ids) {
        return byHand.ended(ids);
    }

    /** Keeps the lease while a long attempt runs; empty when it is lost, or the authority suspended. */
    public Optional<ApprovedOrder> renew(ApprovedOrder order) {
        return executions.renew(order);
    }

    /**
     * Asks everything again, right before the intent is logged: revocation, whereabouts, tenancy, configuration,
     * recipients, approvals. Reads the network and the hypervisor: outside any transaction.
     */
    public Recheck recheck(ApprovedOrder order) {
        return executions.recheck(order);
    }

    /**
     * The intent: attempt {@code order.attempt()} begins once this entry is in a signed checkpoint. From approved.
     *
     * @param intent what is about to be done (the ticket); the entry's payload
     */
    public Transition started(ApprovedOrder order, byte[] intent) {
        return executions.started(order, intent);
    }

    /**
     * The attempt was reconciled: aborted, or never begun. Back to approved for the next number; after the third the
     * order fails with ATTEMPTS_EXHAUSTED.
     */
    public Transition attemptLost(ApprovedOrder order, byte[] findings) {
        return executions.attemptLost(order, findings);
    }

    /** A bound field differs from what the officers signed: approvals lapse, the order returns to review. */
    public Transition reviewAgain(ApprovedOrder order, String reason) {
        return executions.reviewAgain(order, reason);
    }

    /** Sealed and withheld; the digest of the manifest is what the acknowledgement will be compared with. */
    public Transition secured(ApprovedOrder order, Digest manifestDigest, byte[] outcome) {
        return executions.secured(order, manifestDigest, outcome);
    }

    /** Of which freezing this order takes the sealed copy over; empty when it is there no more. */
    public Optional<OrderId> copied(ApprovedOrder order) {
        return executions.copied(order);
    }

    /** From approved: the withheld copy is this order's too, and nothing was read again. */
    public Transition tookOver(ApprovedOrder order, OrderId from, byte[] manifest) {
        return executions.tookOver(order, from, manifest);
    }

    /**
     * Asks again, right before a sealed copy is let go, whether a certificate of the issuer or the judge or an officer's
     * key was revoked since. Reads the network: outside any transaction.
     */
    public Recheck recheckRelease(ApprovedOrder order) {
        return executions.recheckRelease(order);
    }

    /** As {@link #recheck}, and whether the machine is one tenant's: others would go off the net with him. */
    public Recheck recheckIsolation(ApprovedOrder order) {
        return byHand.recheck(order);
    }

    /** The guest is off the net, as the order says. From executing; not for a suspended authority. */
    public Transition isolated(ApprovedOrder order, byte[] outcome) {
        return byHand.isolated(order, outcome);
    }

    /**
     * The gateway's own hand cannot or may not: the state stays, and the officers do what is to be done.
     *
     * @param act ISOLATE or RESTORE
     */
    public Transition handStopped(ApprovedOrder order, String act, String ground) {
        return byHand.handStopped(order, act, ground);
    }

    /** What was cut is about to be given back, once this entry is in a signed checkpoint. From restoring. */
    public Transition undoing(ApprovedOrder order) {
        return byHand.undoing(order);
    }

    public Transition restored(ApprovedOrder order, byte[] outcome) {
        return byHand.restored(order, outcome);
    }

    /** Whether two let it go, by the same count that the release itself asks. */
    public boolean mayRelease(ApprovedOrder order) {
        return executions.mayRelease(order);
    }

    /** It was: nothing is let go, and the log says why. */
    public Transition releaseStopped(ApprovedOrder order, String reason) {
        return executions.releaseStopped(order, reason);
    }

    /** Needs two release approvals of different officers. */
    public Transition released(ApprovedOrder order) {
        return executions.released(order);
    }

    /** The release entry is in a signed checkpoint: the authority may fetch. */
    public Transition available(ApprovedOrder order) {
        return executions.available(order);
    }

    /** @param code NO_LIVE_COPY, NO_DATA or another code of the capture */
    public Transition failed(ApprovedOrder order, String code, byte[] outcome) {
        return executions.failed(order, code, outcome);
    }

    /** The authority's signed acknowledgement, checked by the evidence room. From available. */
    public Transition acknowledged(OrderId id, Actor actor, byte[] acknowledgement) {
        return executions.acknowledged(id, actor, acknowledgement);
    }

    /** From acknowledged or answered; releases the hold. */
    public Transition closed(OrderId id) {
        return executions.closed(id);
    }

    /** An entry about this order that changes no state (a fetch, a destruction): takes the next number of its chain. */
    public Digest record(OrderId id, String type, Actor actor, Map<String, String> clear, byte[] payload) {
        return executions.record(id, type, actor, clear, payload);
    }

    /** What may not be deleted of this asset now. */
    public List<Hold> holds(LocatedAsset asset) {
        return executions.holds(asset);
    }
}
