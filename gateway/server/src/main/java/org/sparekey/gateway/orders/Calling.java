// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.callback.CallBackCheck;
import org.sparekey.protocol.callback.CallBackCode;
import org.sparekey.protocol.callback.CallBackFault;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.callback.GivenCode;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * Gives codes to the authority's side and takes what officers signed about their calls. A code goes one way over the signed
 * channel and comes back over the telephone: whoever hijacked one has not the other.
 */
final class Calling {

    private final OrderTable orders;
    private final Holding holding;
    private final CallBackTable table;
    private final CallBacks callBacks;
    private final StandingWithdrawals withdrawals;
    private final OrderCases cases;
    private final Approving approving;
    private final Verification verification;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final InstantSource clock;
    private final SecureRandom random;

    Calling(
            OrderTable orders,
            Holding holding,
            CallBackTable table,
            CallBacks callBacks,
            StandingWithdrawals withdrawals,
            OrderCases cases,
            Approving approving,
            Verification verification,
            Idempotency idempotency,
            RefusalEntries refusals,
            InstantSource clock,
            SecureRandom random) {
        this.orders = orders;
        this.holding = holding;
        this.table = table;
        this.callBacks = callBacks;
        this.withdrawals = withdrawals;
        this.cases = cases;
        this.approving = approving;
        this.verification = verification;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.clock = clock;
        this.random = random;
    }

    private sealed interface Outcome {
        record Taken(Acceptance acceptance) implements Outcome {}

        record Refused(ProblemException problem) implements Outcome {}
    }

    CallBackSheet sheet(Caller officer, OrderId id) {
        requireOfficer(officer);
        return callBacks.sheet(orders.find(id).orElseThrow(), clock.instant());
    }

    /** For the order's own authority; a newer code makes the older one worthless. */
    GivenCode give(Caller caller, OrderId id, CallBackSubject subject) {
        return cases.change(id, (row, work) -> {
                    requireCodes(caller, row);
                    if (row.state().terminal() || !callBacks.due(row)) {
                        throw refusal(CallBackFault.NOT_DUE);
                    }
                    if (callBacks.called(row, subject).isEmpty()
                            || table.givenCount(id) >= CallBackDecisions.MAX_CODES) {
                        throw refusal(CallBackFault.NO_CODE);
                    }
                    CallBackCode code = CallBackCode.random(random);
                    Digest digest = code.boundTo(row.filed().digest(), subject);
                    Instant now = clock.instant();
                    Instant expires = now.plus(CallBackDecisions.CODE_LASTS);
                    table.give(id, subject, digest, now, expires);
                    work.note(
                            OrderStatement.CALL_BACK_CODE,
                            Intake.actor(caller),
                            Map.of("code", digest.base64url(), "subject", subject.name()));
                    return new GivenCode(id.code(), subject, code.reveal(), expires);
                })
                .orElseThrow();
    }

    /** The authority's; of an order on paper also the officer's who entered it: he passes it on, and another one calls. */
    private void requireCodes(Caller caller, OrderRow row) {
        boolean entered = callBacks.enteredBy(row).equals(Optional.of(caller.person()));
        if (caller.role() == Role.OFFICER && !entered) {
            throw new ProblemException(Problem.FORBIDDEN, "the code is the authority's; an officer hears it");
        }
    }

    /** @param compact the officer's signed record */
    Acceptance record(Caller officer, OrderId id, String compact, String idempotencyKey) {
        requireOfficer(officer);
        SignedDocument signed;
        CallBackRecord record;
        try {
            signed = SignedDocument.parse(compact);
            record = signed.read(CallBackRecord.TYPE, CallBackRecord.class);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
        Outcome outcome = cases.change(id, (row, work) -> decide(officer, row, work, signed, record, idempotencyKey))
                .orElseThrow();
        return switch (outcome) {
            case Outcome.Taken(Acceptance acceptance) -> acceptance;
            case Outcome.Refused(ProblemException refusal) -> throw refusal;
        };
    }

    private Outcome decide(
            Caller officer,
            OrderRow row,
            OrderCase work,
            SignedDocument signed,
            CallBackRecord record,
            String idempotencyKey) {
        if (idempotency.claim(officer, idempotencyKey, signed.digest(), row.id().code()) instanceof Claim.Earlier) {
            return new Outcome.Taken(new Acceptance(row.id(), row.chain().lastLeaf()));
        }
        Optional<CallBackFault> fault = fault(officer, row, signed, record);
        if (fault.isEmpty()) {
            return new Outcome.Taken(take(officer, row, work, signed, record));
        }
        refuse(officer, row, work, record, fault.get());
        ProblemException refusal = refusal(fault.get());
        idempotency.refused(officer, idempotencyKey, refusal);
        return new Outcome.Refused(refusal);
    }

    private Optional<CallBackFault> fault(Caller officer, OrderRow row, SignedDocument signed, CallBackRecord record) {
        Instant now = clock.instant();
        if (row.state().terminal() || !callBacks.due(row)) {
            return Optional.of(CallBackFault.NOT_DUE);
        }
        if (record.outcome() == CallBackOutcome.DENIED && !endedByDenial(officer, row)) {
            return Optional.of(CallBackFault.DENIED_IN_VAIN);
        }
        Optional<AuthorityEntry> called = callBacks.called(row, record.subject());
        if (called.isEmpty()) {
            return Optional.of(CallBackFault.OTHER_AUTHORITY);
        }
        if (!record.number().equals(called.get().callbackNumber())) {
            return Optional.of(CallBackFault.OTHER_NUMBER);
        }
        if (!record.officer().equals(officer.person())) {
            return Optional.of(CallBackFault.OTHER_OFFICER);
        }
        if (callBacks.enteredBy(row).equals(Optional.of(record.officer()))) {
            return Optional.of(CallBackFault.OWN_ENTRY);
        }
        boolean repeated = table.of(row.id()).stream()
                .map(CallBackTable.Stored::record)
                .anyMatch(earlier -> earlier.subject() == record.subject()
                        && earlier.officer().equals(record.officer())
                        && earlier.outcome() == record.outcome());
        if (repeated) {
            return Optional.of(CallBackFault.REPEATED);
        }
        CallBackCheck.Facts facts =
                callBacks.checked(row, record.subject(), called.get().id(), now);
        return open(row, record, now).or(() -> CallBackCheck.check(signed, record, facts, verification::signer));
    }

    /** What no state takes is not taken with thanks: whoever heard "not ours" must know that the order goes on. */
    private static boolean endedByDenial(Caller officer, OrderRow row) {
        return OrderTransitions.decide(officer.role().name(), row.state(), new OrderEvent.CallBackDenied())
                instanceof Decision.Move;
    }

    /** The code that waits now, and no earlier one. */
    private Optional<CallBackFault> open(OrderRow row, CallBackRecord record, Instant now) {
        if (record.outcome() == CallBackOutcome.DENIED) {
            return Optional.empty();
        }
        Optional<CallBackTable.OpenCode> open =
                table.open(row.id(), record.subject()).filter(code -> now.isBefore(code.expiresAt()));
        if (open.isEmpty()) {
            return Optional.of(CallBackFault.NO_CODE);
        }
        return said(row, record).equals(Optional.of(open.get().digest()))
                ? Optional.empty()
                : Optional.of(CallBackFault.WRONG_CODE);
    }

    private static Optional<Digest> said(OrderRow row, CallBackRecord record) {
        try {
            return Optional.of(CallBackCode.parse(record.code().orElseThrow())
                    .boundTo(row.filed().digest(), record.subject()));
        } catch (MalformedException noCode) {
            return Optional.empty();
        }
    }

    /** Every failed try is an entry and counts; the last that is let pass closes the code. */
    private void refuse(Caller officer, OrderRow row, OrderCase work, CallBackRecord record, CallBackFault fault) {
        if (fault == CallBackFault.WRONG_CODE) {
            int tries = table.open(row.id(), record.subject()).orElseThrow().tries() + 1;
            table.tried(row.id(), record.subject(), tries);
            if (tries >= CallBackDecisions.MAX_TRIES) {
                table.close(row.id(), record.subject());
            }
        }
        String type = OrderStatement.CALL_BACK_REFUSED.type();
        refusals.admit(officer.party(), type + " " + fault.code(), LogName.CASE).ifPresent(leftOut -> {
            Map<String, String> clear = new HashMap<>();
            clear.put("detail", fault.code());
            clear.put("subject", record.subject().name());
            clear.put("suppressed", leftOut.toString());
            work.note(OrderStatement.CALL_BACK_REFUSED, Intake.actor(officer), clear);
        });
    }

    private Acceptance take(
            Caller officer, OrderRow row, OrderCase work, SignedDocument signed, CallBackRecord record) {
        table.close(row.id(), record.subject());
        int number = table.of(row.id()).size() + 1;
        Pending entry = work.note(
                OrderStatement.CALLED_BACK,
                Intake.actor(officer),
                Map.of(
                        "subject", record.subject().name(),
                        "outcome", record.outcome().name()),
                Intake.ascii(signed.compact()));
        table.insert(row.id(), number, signed, record, Locating.order(row).issuer(), entry.time());
        if (record.outcome() == CallBackOutcome.DENIED) {
            work.take(new OrderEvent.CallBackDenied(), Intake.actor(officer), Map.of());
        } else {
            callBacks.longestHold(row).ifPresent(longest -> holding.called(row, longest));
            if (row.filed().kind() == OrderKind.WITHDRAWAL) {
                takeBack(row, work, officer);
            } else {
                goOn(row);
            }
            approving.reconsider(row, work, Intake.actor(officer));
        }
        orders.approved(row.id(), orders.find(row.id()).orElseThrow().standing().releasable());
        return new Acceptance(row.id(), work.lastLeaf());
    }

    /** What is answered without officers goes on only now that it has rested; the room's own step locates it. */
    private void goOn(OrderRow row) {
        if (waits(row)) {
            orders.needsNothing(row.id());
        }
    }

    private boolean waits(OrderRow row) {
        return row.standing().needs().equals(Optional.of(CallBacks.NEEDED)) && callBacks.goesOn(row, clock.instant());
    }

    private void takeBack(OrderRow withdrawal, OrderCase work, Caller officer) {
        if (waits(withdrawal)) {
            withdrawals.takeBack(withdrawal, work, Intake.actor(officer));
        }
    }

    /** What a cooling-off held up is looked up when it is over. */
    void rested(OrderId id) {
        cases.change(id, (row, _) -> {
            if (!row.state().terminal() && orders.served(row.filed().authority())) {
                goOn(row);
            }
            return row.id();
        });
    }

    private static ProblemException refusal(CallBackFault fault) {
        return new ProblemException(Problem.CALL_BACK_REFUSED, fault.code() + ": " + fault.english());
    }

    private static void requireOfficer(Caller caller) {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer calls back");
        }
    }
}
