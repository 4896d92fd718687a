// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.CaseEnd;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.JointVerdict;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows officers what is frozen, and does what two of them signed for. One transaction: a crash leaves it frozen. */
final class Thawing {

    /** Of one answer; the oldest first. */
    static final int PAGE = 200;

    /** The entry of a word that thaws nothing; not of a case. */
    static final String REFUSED = "thaw.refused";

    private final OrderTable orders;
    private final FrozenTable frozen;
    private final HandTable hands;
    private final OrderCases cases;
    private final Recall recall;
    private final Reverification reverification;
    private final Verification verification;
    private final RefusalEntries refusals;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Thawing(
            OrderTable orders,
            FrozenTable frozen,
            HandTable hands,
            OrderCases cases,
            Recall recall,
            Reverification reverification,
            Verification verification,
            RefusalEntries refusals,
            AuditLog log,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.orders = orders;
        this.frozen = frozen;
        this.hands = hands;
        this.cases = cases;
        this.recall = recall;
        this.reverification = reverification;
        this.verification = verification;
        this.refusals = refusals;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    FrozenOrders list(Caller caller) {
        requireWatcher(caller);
        return new FrozenOrders(frozen.all(PAGE).stream()
                .flatMap(each -> orders.find(each.id()).stream()
                        .map(row -> FrozenFile.of(row, each, log, proven(row)).shown(log)))
                .toList());
    }

    /**
     * What two officers signed for, where it is what row and log bear. A word that thaws nothing is entered.
     *
     * @throws ProblemException FORBIDDEN, NOT_FOUND, DOCUMENT_REFUSED, and CONFLICT where it is another freezing, another
     *     outcome, or not recorded yet
     */
    Acceptance thaw(Caller caller, String code, byte[] json) throws MalformedException {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "two officers thaw an order");
        }
        OrderId id = OrderId.parse(code)
                .filter(known -> frozen.find(known).isPresent())
                .orElseThrow(() -> {
                    enterRefused(caller, json, "NOT_FROZEN");
                    return new ProblemException(Problem.NOT_FOUND, "no such order is frozen");
                });
        JointStatement joint = JointStatement.parse(json);
        OrderThaw said = joint.read(OrderThaw.class);
        JointVerdict verdict = JointCheck.check(joint, said, verification::signer, clock.instant());
        if (verdict instanceof JointVerdict.Invalid(var fault)) {
            enterRefused(caller, json, fault.code());
            throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
        }
        boolean proven = orders.find(id).filter(this::proven).isPresent();
        try {
            Digest entry = transaction.execute(_ -> {
                OrderRow row = orders.lock(id).orElseThrow();
                FrozenTable.Frozen each = frozen.find(id).orElseThrow(Thawing::another);
                FrozenFile file = FrozenFile.of(row, each, log, proven);
                requireMeant(said, file);
                recall.of(row, file.before());
                return thaw(file, said.outcome(), Intake.actor(caller), json);
            });
            return new Acceptance(id, Objects.requireNonNull(entry));
        } catch (ProblemException e) {
            // Behind the transaction: what was refused is undone, its entry is not.
            enterRefused(caller, json, e.problem().name());
            throw e;
        }
    }

    private void enterRefused(Caller officer, byte[] json, String ground) {
        refusals.enter(new RefusedAttempt(
                LogName.CASE,
                REFUSED,
                officer.party(),
                Intake.actor(officer),
                REFUSED + " " + ground,
                Map.of(CaseEntry.DETAIL, ground),
                Wire.write(Map.of("digest", Digest.sha256(json).base64url()))));
    }

    private void requireMeant(OrderThaw said, FrozenFile file) {
        OrderRow row = file.row();
        boolean meant = said.order().equals(row.id().code())
                && said.orderDigest().equals(row.filed().digest())
                && Optional.of(said.frozen()).equals(file.frozen().entry());
        if (!meant) {
            throw another();
        }
        // The log went on behind the freezing: it is frozen anew first, and shown, and signed for.
        CaseEnd end = new CaseEnd(row.chain().caseSeq(), row.chain().lastLeaf());
        boolean level = log.end(row.id().code()).equals(Optional.of(end))
                && said.frozen().equals(end.leafHash());
        if (!level || !file.recorded()) {
            throw new ProblemException(
                    Problem.CONFLICT, "the log has gone on behind this freezing, or has not recorded it yet");
        }
        Optional<ThawOutcome> outcome = file.outcome();
        if (!outcome.equals(Optional.of(said.outcome()))) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "what the log and the row bear is "
                            + outcome.map(ThawOutcome::name).orElse("nothing"));
        }
    }

    private Digest thaw(FrozenFile file, ThawOutcome outcome, Actor actor, byte[] json) {
        OrderRow row = file.row();
        OrderState logged = file.logged().orElse(row.state());
        frozen.thaw(row.id());
        OrderCase work = cases.open(row.id(), row.filed(), logged, row.chain());
        Map<String, String> facts = new HashMap<>(file.facts());
        facts.put(OrderThaw.FROZEN, row.chain().lastLeaf().base64url());
        return switch (outcome) {
            case AS_LOGGED -> asLogged(file, logged, work, actor, facts, json);
            case BEGIN_AGAIN -> {
                orders.newRound(row.id());
                yield moved(work.take(new OrderEvent.BeginAgain(), actor, facts, Optional.of(json)));
            }
            case KEEP -> moved(work.take(new OrderEvent.Keep(), actor, facts, Optional.of(json)));
            case ABANDON -> moved(work.take(new OrderEvent.Abandon(code(file)), actor, facts, Optional.of(json)));
        };
    }

    private Digest asLogged(
            FrozenFile file, OrderState logged, OrderCase work, Actor actor, Map<String, String> facts, byte[] json) {
        OrderId id = file.row().id();
        Pending thawed = work.note(OrderStatement.THAWED, actor, facts, json);
        work.follow(logged, thawed);
        // The hand's own memory of what it cut is as old as the row: what is to be undone is the officers'.
        hands.due(id, false);
        List<String> beyond = file.beyondTypes();
        if (beyond.contains(OrderStatement.RELEASE_STOPPED.type())) {
            orders.approved(id, false);
        }
        return thawed.leafHash();
    }

    private static String code(FrozenFile file) {
        return file.frozen().why() == FrozenTable.Why.NOT_PROVEN_AGAIN
                ? OrderDecisions.NOT_PROVEN_AGAIN
                : OrderDecisions.RESTORED_BEHIND_LOG;
    }

    private static Digest moved(Transition taken) {
        if (taken instanceof Transition.Done(OrderState _, Digest entry)) {
            return entry;
        }
        throw new IllegalStateException("an outcome that the table of transitions does not know");
    }

    private boolean proven(OrderRow row) {
        return reverification.verified(row).isPresent();
    }

    private static ProblemException another() {
        return new ProblemException(Problem.CONFLICT, "this word is about another freezing");
    }

    private static void requireWatcher(Caller caller) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only officers and the supervisor see what is frozen");
        }
    }
}
