// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** Takes the officers' decisions. An approval that does not count is an entry and a problem, and changes nothing. */
final class Approving {

    private final OrderTable orders;
    private final ApprovalTable approvals;
    private final OrderCases cases;
    private final Voices voices;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final CallBacks callBacks;
    private final InstantSource clock;

    Approving(
            OrderTable orders,
            ApprovalTable approvals,
            OrderCases cases,
            Voices voices,
            Idempotency idempotency,
            RefusalEntries refusals,
            CallBacks callBacks,
            InstantSource clock) {
        this.orders = orders;
        this.approvals = approvals;
        this.cases = cases;
        this.voices = voices;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.callBacks = callBacks;
        this.clock = clock;
    }

    /** @param json the approval as it came */
    private record Given(Approval approval, byte[] json, Optional<RefusalReason> reason) {

        Digest digest() {
            return Digest.sha256(json, reason.map(Wire::write).orElse(new byte[0]));
        }
    }

    /** What came of it inside the transaction; a refusal is thrown only after its entry is committed. */
    private sealed interface Outcome {
        record Taken(Acceptance acceptance) implements Outcome {}

        record Refused(ProblemException problem) implements Outcome {}
    }

    /** @param version of the order as the officer read it (If-Match) */
    Acceptance approve(
            Caller officer,
            OrderId id,
            byte[] json,
            Optional<RefusalReason> reason,
            long version,
            String idempotencyKey) {
        requireApprover(officer);
        Given given = new Given(parse(officer, id, json), json, reason);
        Outcome outcome = cases.change(id, (row, work) -> decide(officer, row, work, given, version, idempotencyKey))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
        return switch (outcome) {
            case Outcome.Taken(Acceptance acceptance) -> acceptance;
            case Outcome.Refused(ProblemException refusal) -> throw refusal;
        };
    }

    /** What an officer would sign for now. */
    ApprovalBasis basis(Caller officer, OrderId id) {
        requireApprover(officer);
        OrderRow row = orders.find(id).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
        return row.findings()
                .basis()
                .orElseThrow(() -> new ProblemException(
                        Problem.CONFLICT,
                        "there is nothing to sign for: not in review, or the guest cannot be read now"));
    }

    /** What the state does not allow now is thrown, and leaves not even the claim: it is judged anew when it comes again. */
    private Outcome decide(
            Caller officer, OrderRow row, OrderCase work, Given given, long version, String idempotencyKey) {
        byte[] said = given.digest().array();
        Digest payload = Digest.sha256(Intake.ascii(row.id().code()), Intake.ascii(officer.person()), said);
        if (idempotency.claim(officer, idempotencyKey, payload, row.id().code()) instanceof Claim.Earlier) {
            return new Outcome.Taken(new Acceptance(row.id(), row.chain().lastLeaf()));
        }
        if (row.standing().version() != version) {
            throw new ProblemException(Problem.PRECONDITION_FAILED, "the order has changed since it was read");
        }
        if (row.findings().basis().isEmpty() || !takesApprovals(row.state())) {
            throw new ProblemException(Problem.CONFLICT, "the order is not waiting for an officer");
        }
        // A refusal gives nothing to anybody.
        if (given.reason().isEmpty() && !orders.served(row.filed().authority())) {
            throw new ProblemException(Problem.AUTHORITY_SUSPENDED, "the order's authority is suspended here");
        }
        if (given.reason().isEmpty() && !orders.goesOn(row)) {
            throw new ProblemException(Problem.CONFLICT, "a withdrawal of the order waits for its call-back");
        }
        Outcome outcome = judge(officer, row, work, given);
        if (outcome instanceof Outcome.Refused(ProblemException refusal)) {
            idempotency.refused(officer, idempotencyKey, refusal);
        }
        return outcome;
    }

    private Outcome judge(Caller officer, OrderRow row, OrderCase work, Given given) {
        Approval approval = given.approval();
        byte[] json = given.json();
        Instant now = clock.instant();
        List<ApprovalVerdict.Valid> earlier = voices.counting(row, now);
        ApprovalVerdict verdict = voices.check(row, approval, now);
        Optional<ApprovalFault> fault = verdict.match(
                valid -> doubts(officer, valid, new FourEyes(earlier))
                        .or(() -> interest(officer, row))
                        .or(() -> reason(valid, given))
                        .or(() -> withheld(row, valid)),
                Optional::of);
        if (fault.isPresent() || !(verdict instanceof ApprovalVerdict.Valid valid)) {
            ApprovalFault ground = fault.orElse(ApprovalFault.PROOF_NOT_ACCEPTED);
            enter(officer, work, approval, ground);
            return new Outcome.Refused(
                    new ProblemException(Problem.APPROVAL_REFUSED, ground.code() + ": " + ground.english()));
        }
        int number = approvals.of(row.id(), row.standing().round()).size() + 1;
        voices.delegation(valid)
                .ifPresent(delegation -> work.note(
                        OrderStatement.DELEGATION,
                        Intake.actor(officer),
                        Map.of(CaseEntry.DELEGATED, delegation.digest().base64url()),
                        Intake.ascii(delegation.compact())));
        Pending entry = work.note(
                OrderStatement.APPROVAL,
                Intake.actor(officer),
                Map.of("decision", valid.statement().decision().name()),
                json);
        approvals.insert(row.id(), row.standing().round(), number, json, valid, entry.time());
        List<ApprovalVerdict.Valid> all = new ArrayList<>(earlier);
        all.add(valid);
        given.reason()
                .ifPresent(reason -> work.note(
                        OrderStatement.REFUSAL_REASON,
                        Intake.actor(officer),
                        Map.of("ground", reason.ground().code()),
                        Wire.write(reason)));
        conclude(officer, row, work, new FourEyes(all), given);
        return new Outcome.Taken(new Acceptance(row.id(), work.lastLeaf()));
    }

    private void enter(Caller officer, OrderCase work, Approval approval, ApprovalFault ground) {
        OrderStatement says = OrderStatement.APPROVAL_REFUSED;
        String claimed = claimedKey(approval);
        refusals.admit(officer.party(), says.type() + " " + ground.code(), LogName.CASE)
                .ifPresent(leftOut -> work.note(
                        says,
                        Intake.actor(officer),
                        Map.of("detail", ground.code(), "claimedKey", claimed, "suppressed", leftOut.toString())));
    }

    private static String claimedKey(Approval approval) {
        return signer(approval).map(Digest::base64url).orElse("none");
    }

    private void conclude(Caller officer, OrderRow row, OrderCase work, FourEyes eyes, Given given) {
        orders.approved(row.id(), eyes.mayRelease());
        if (eyes.refused()) {
            Map<String, String> ground = given.reason()
                    .map(reason -> Map.of("ground", reason.ground().code()))
                    .orElse(Map.of());
            work.take(new OrderEvent.OfficerRefuses(), Intake.actor(officer), ground);
        } else {
            approve(row, work, eyes, Intake.actor(officer));
        }
    }

    private void approve(OrderRow row, OrderCase work, FourEyes eyes, Actor officer) {
        Instant now = clock.instant();
        if (row.state() instanceof OrderState.Review
                && orders.goesOn(row)
                && eyes.mayCapture(callBacks.oneMaySecure(row, now))
                && callBacks.done(row, now)) {
            work.take(new OrderEvent.Approve(), officer, Map.of());
        }
    }

    /** The officers had signed and only the call-back was lacking: it is approved by whoever brought that. */
    void reconsider(OrderRow row, OrderCase work, Actor officer) {
        if (row.state() instanceof OrderState.Review && row.findings().basis().isPresent()) {
            approve(row, work, new FourEyes(voices.counting(row, clock.instant())), officer);
        }
    }

    /** What a cooling-off held up goes on by the act of the officer who signed last. */
    void rested(OrderId id) {
        cases.change(id, (row, work) -> {
            List<Approval> given = approvals.of(row.id(), row.standing().round());
            if (!given.isEmpty()) {
                Optional<Digest> last = signer(given.getLast());
                reconsider(row, work, new Actor(voices.role(last), last));
            }
            return row.id();
        });
    }

    static Optional<Digest> signer(Approval approval) {
        try {
            return Optional.of(DocumentCheck.signer(approval.jws()));
        } catch (MalformedException noSignedDocument) {
            return Optional.empty();
        }
    }

    /** A refusal without its ground leaves the authority guessing; a ground that was not signed is nobody's. */
    private static Optional<ApprovalFault> reason(ApprovalVerdict.Valid valid, Given given) {
        Optional<Digest> signed = valid.statement().reason();
        boolean refuses = valid.statement().decision() == org.sparekey.protocol.approval.Decision.REFUSE;
        boolean same = given.reason().map(RefusalReason::digest).equals(signed);
        return (refuses && !same) || (!refuses && given.reason().isPresent())
                ? Optional.of(ApprovalFault.REASON_MISSING)
                : Optional.empty();
    }

    /** Whoever lets go what is only to be frozen has misread the order. */
    private static Optional<ApprovalFault> withheld(OrderRow row, ApprovalVerdict.Valid valid) {
        boolean release = valid.statement().decision() == org.sparekey.protocol.approval.Decision.RELEASE;
        return release && row.filed().kind() == OrderKind.PRESERVATION
                ? Optional.of(ApprovalFault.NOTHING_TO_RELEASE)
                : Optional.empty();
    }

    /** Whoever sends an approval has signed it himself, and has not said the same before. */
    private Optional<ApprovalFault> doubts(Caller officer, ApprovalVerdict.Valid valid, FourEyes eyes) {
        boolean own = valid.officer().party().equals(officer.party().value())
                && valid.officer().person().equals(officer.person());
        if (!own) {
            return Optional.of(ApprovalFault.OTHER_OFFICER);
        }
        return eyes.repeats(valid) || approvals.given(valid.approval())
                ? Optional.of(ApprovalFault.REPEATED)
                : eyes.outOfTurn(valid);
    }

    /** The door tells him that there is no such order; whoever gets past it by an old answer is told here. */
    private Optional<ApprovalFault> interest(Caller approver, OrderRow row) {
        return approver.role() == Role.CO_APPROVER && voices.interested(approver.party(), row)
                ? Optional.of(ApprovalFault.INTERESTED)
                : Optional.empty();
    }

    /** Asked again when an officer carries out by hand what was approved: two still say so, and so does the issuer. */
    boolean stands(OrderRow row) {
        Instant now = clock.instant();
        return row.findings().basis().isPresent()
                && new FourEyes(voices.counting(row, now)).mayCapture()
                && callBacks.done(row, now)
                && orders.goesOn(row);
    }

    static boolean takesApprovals(OrderState state) {
        return state instanceof OrderState.Review
                || state instanceof OrderState.Approved
                || state instanceof OrderState.Executing
                || state instanceof OrderState.Secured;
    }

    private Approval parse(Caller officer, OrderId id, byte[] json) {
        try {
            return Approval.parse(json);
        } catch (MalformedException e) {
            OrderStatement says = OrderStatement.APPROVAL_MALFORMED;
            byte[] facts = Wire.write(
                    Map.of("order", id.code(), "digest", Digest.sha256(json).base64url()));
            refusals.enter(new RefusedAttempt(
                    LogName.CASE, says.type(), officer.party(), Intake.actor(officer), says.type(), Map.of(), facts));
            throw new ProblemException(Problem.APPROVAL_MALFORMED, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }

    private static void requireApprover(Caller caller) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.CO_APPROVER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer, or who stands beside one, decides");
        }
    }
}
