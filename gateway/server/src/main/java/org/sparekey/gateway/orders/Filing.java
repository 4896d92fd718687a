// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.CaseLink;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.term.Terms;
import org.sparekey.protocol.term.Terms.Term;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a judged submission down: row, papers, hold and entries in one transaction, or nothing. */
final class Filing {

    private static final int CODES_TRIED = 5;

    private final OrderTable orders;
    private final PaperTable papers;
    private final Holding holding;
    private final ClockTable clocks;
    private final Aftermath aftermath;
    private final TakingBack takingBack;
    private final Habits habits;
    private final OrderCases cases;
    private final AuditLog log;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final TransactionTemplate transaction;
    private final OrdersSettings settings;
    private final String matrixVersion;

    Filing(
            OrderTable orders,
            PaperTable papers,
            Holding holding,
            ClockTable clocks,
            Aftermath aftermath,
            TakingBack takingBack,
            Habits habits,
            OrderCases cases,
            AuditLog log,
            Idempotency idempotency,
            RefusalEntries refusals,
            TransactionTemplate transaction,
            OrdersSettings settings,
            String matrixVersion) {
        this.orders = orders;
        this.papers = papers;
        this.holding = holding;
        this.clocks = clocks;
        this.aftermath = aftermath;
        this.takingBack = takingBack;
        this.habits = habits;
        this.cases = cases;
        this.log = log;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.transaction = transaction;
        this.settings = settings;
        this.matrixVersion = matrixVersion;
    }

    /** The order of an earlier submission with this key: before the network is asked about anything. */
    Optional<Acceptance> earlier(Caller caller, String idempotencyKey, Submission submission) {
        return idempotency.earlier(caller, idempotencyKey, payload(submission)).map(this::accepted);
    }

    private Acceptance accepted(Claim.Earlier earlier) {
        OrderRow row = orders.find(new OrderId(earlier.resource())).orElseThrow();
        return new Acceptance(row.id(), row.chain().lastLeaf());
    }

    private static Digest payload(Submission submission) {
        byte[] validator = submission
                .validator()
                .map(SignedDocument::digest)
                .map(Digest::array)
                .orElse(new byte[0]);
        return Digest.sha256(submission.signed().digest().array(), validator);
    }

    /** @throws ProblemException ORDER_DUPLICATE when a genuine order of this id is on file */
    Acceptance file(Caller caller, String idempotencyKey, Draft draft, Supplier<OrderId> codes) {
        for (int i = 0; i < CODES_TRIED; i++) {
            OrderId id = codes.get();
            Optional<Acceptance> filed = transaction.execute(status -> {
                Optional<Acceptance> done = tryFile(caller, idempotencyKey, draft, id);
                if (done.isEmpty()) {
                    status.setRollbackOnly();
                }
                return done;
            });
            if (filed.isPresent()) {
                cases.reached("orders.filed");
                return filed.get();
            }
            refuseDuplicate(caller, idempotencyKey, draft);
        }
        throw new IllegalStateException("no free order code");
    }

    /** Empty when the code or the genuine document is on file already: nothing may be left of the try. */
    private Optional<Acceptance> tryFile(Caller caller, String idempotencyKey, Draft judged, OrderId id) {
        Claim claim = idempotency.claim(caller, idempotencyKey, payload(judged.submission()), id.code());
        if (claim instanceof Claim.Earlier earlier) {
            return Optional.of(accepted(earlier));
        }
        if (orders.genuine(judged.authority(), judged.submission().order().id()).isPresent()) {
            return Optional.empty();
        }
        Draft draft = takingBack.asItIsNow(judged);
        Pending submitted = log.append(new Statement(
                LogName.CASE,
                OrderStatement.SUBMITTED.type(),
                Intake.actor(caller),
                Optional.empty(),
                Optional.of(CaseLink.first(id.code())),
                Map.of(
                        "kind",
                        draft.submission().order().kind().name(),
                        "authenticity",
                        caller.role() == Role.OFFICER ? OrderStatus.PAPER : OrderStatus.SIGNED),
                Intake.ascii(draft.submission().signed().compact())));
        cases.reached("orders." + OrderStatement.SUBMITTED.type());
        OrderRow.Filed filed = filed(draft, submitted.time());
        OrderRow.Chain chain = new OrderRow.Chain(0, submitted.leafHash());
        if (!orders.insert(id, filed, state(draft), needs(draft.entrance()), chain)) {
            return Optional.empty();
        }
        OrderCase work = cases.open(id, filed, state(draft), chain);
        keep(id, draft);
        draft.submission()
                .validator()
                .ifPresent(validator -> work.note(
                        OrderStatement.VALIDATION, Intake.actor(caller), Map.of(), Intake.ascii(validator.compact())));
        enter(caller, id, filed, draft, work);
        return Optional.of(new Acceptance(id, work.lastLeaf()));
    }

    private void enter(Caller caller, OrderId id, OrderRow.Filed filed, Draft draft, OrderCase work) {
        Map<String, String> facts = facts(draft);
        switch (draft.entrance()) {
            case Entrance.Received _ -> work.note(OrderStatement.RECEIVED, Actor.GATEWAY, facts);
            case Entrance.Applies(OrderId earlier, OrderEvent event) -> {
                Pending applied = work.note(OrderStatement.APPLIED, Actor.GATEWAY, facts);
                byte[] document = Intake.ascii(draft.submission().signed().compact());
                aftermath.apply(earlier, event, Intake.actor(caller), document, applied.time());
            }
            case Entrance.TakesBack(OrderId earlier) -> {
                takingBack.waits(id, earlier, filed.receivedAt());
                work.note(OrderStatement.VERIFIED, Actor.GATEWAY, facts);
                work.note(OrderStatement.HELD, Actor.GATEWAY, Map.of());
            }
            case Entrance.Stands(OrderId earlier) -> {
                takingBack.stands(id, earlier, Intake.actor(caller));
                work.note(OrderStatement.VERIFIED, Actor.GATEWAY, facts);
                work.note(OrderStatement.HELD, Actor.GATEWAY, Map.of());
            }
            case Entrance.Refused(String code, Optional<String> detail) -> {
                facts.put("detail", code);
                detail.ifPresent(second -> facts.put("ground", second));
                if (!draft.authentic()) {
                    SignedDocument claimed = draft.submission().signed();
                    facts.put("claimedKey", DocumentCheck.signer(claimed).base64url());
                }
                work.note(OrderStatement.REFUSED, Actor.GATEWAY, facts);
            }
            case Entrance.VerifiedAndHeld(Asked.Compelled order, Optional<String> _) -> {
                Pending verified = work.note(OrderStatement.VERIFIED, Actor.GATEWAY, facts);
                hold(order, id, filed, draft, work, verified.leafHash());
                habits.see(caller, id, draft.submission().order(), filed.receivedAt());
            }
        }
    }

    /** And every other clock that runs for it. */
    private void hold(
            Asked.Compelled asked, OrderId id, OrderRow.Filed filed, Draft draft, OrderCase work, Digest verified) {
        MatrixRow row = draft.judgement().orElseThrow().row().orElseThrow();
        OrderDocument order = draft.submission().order();
        Instant received = filed.receivedAt();
        boolean paper = needs(draft.entrance()).equals(Optional.of(CallBacks.NEEDED));
        boolean uncalled = paper || (settings.callBackDue() && row.callBack());
        orders.verified(id, verified, holding.begin(asked, id, order, row, filed, uncalled));
        boolean oral = order.urgency() == Urgency.ORAL;
        if (oral) {
            clocks.start(
                    id,
                    OrderClock.CONFIRMATION,
                    Terms.statutoryDays(received, row.confirmDays().orElseThrow()));
        }
        if (asked.kind() != OrderKind.PRESERVATION) {
            clocks.start(id, OrderClock.DEADLINE, plain(received, filed.deadline()));
        }
        order.secrecy()
                .until()
                .filter(received::isBefore)
                .ifPresent(secret -> clocks.start(id, OrderClock.SECRECY, plain(received, secret)));
        work.note(oral ? OrderStatement.ORAL : OrderStatement.HELD, Actor.GATEWAY, Map.of("row", row.id()));
    }

    private static Term plain(Instant from, Instant until) {
        return new Term(from, until, until);
    }

    private void keep(OrderId id, Draft draft) {
        for (Submission.Attached attached : draft.submission().documents()) {
            papers.insert(id, PaperTable.Kind.DOCUMENT, attached.type(), attached.content());
        }
        if (draft.authentic()) {
            papers.insert(id, draft.evidence());
        }
        draft.opinions()
                .forEach(report -> papers.insert(id, PaperTable.Kind.SECOND_OPINION, "application/xml", report.xml()));
    }

    /** What the verdict rested on, by digest; no name and no address among it. */
    private Map<String, String> facts(Draft draft) {
        Map<String, String> facts = new HashMap<>();
        facts.put("matrix", matrixVersion);
        draft.judgement().ifPresent(judgement -> {
            judgement.row().ifPresent(row -> facts.put("row", row.id()));
            facts.put("verdict", judgement.text());
        });
        if (!draft.evidence().isEmpty()) {
            facts.put("revocation", digests(draft.evidence().all()));
        }
        if (!draft.opinions().isEmpty()) {
            facts.put(
                    "opinions",
                    digests(draft.opinions().stream().map(DssCheck.Report::xml).toList()));
        }
        return facts;
    }

    private static String digests(List<byte[]> contents) {
        return contents.stream()
                .map(content -> Digest.sha256(content).base64url())
                .collect(Collectors.joining(" "));
    }

    private OrderRow.Filed filed(Draft draft, Instant receivedAt) {
        Submission submission = draft.submission();
        return new OrderRow.Filed(
                draft.authority(),
                submission.order().id(),
                draft.authentic(),
                submission.order().kind(),
                submission.signed().digest(),
                submission.signed().compact(),
                submission.validator().map(SignedDocument::compact),
                draft.judgement().flatMap(Judgement::row).map(MatrixRow::id),
                matrixVersion,
                receivedAt,
                submission.order().deadline());
    }

    /** The first of its kind stands; the second is an entry of its case and a problem, which answers its key for ever. */
    private void refuseDuplicate(Caller caller, String idempotencyKey, Draft draft) {
        Optional<OrderId> first =
                orders.genuine(draft.authority(), draft.submission().order().id());
        if (first.isEmpty()) {
            return;
        }
        ProblemException refusal = new ProblemException(Problem.ORDER_DUPLICATE, "an order with this id is on file");
        cases.change(first.get(), (row, work) -> {
            Digest payload = payload(draft.submission());
            if (idempotency.claim(caller, idempotencyKey, payload, row.id().code()) instanceof Claim.New) {
                boolean same =
                        row.filed().digest().equals(draft.submission().signed().digest());
                refusals.admit(caller.party(), OrderStatement.DUPLICATE.type(), LogName.CASE)
                        .ifPresent(leftOut -> work.note(
                                OrderStatement.DUPLICATE,
                                Intake.actor(caller),
                                Map.of("same", Boolean.toString(same), "suppressed", leftOut.toString())));
                idempotency.refused(caller, idempotencyKey, refusal);
            }
            return row.id();
        });
        throw refusal;
    }

    private static OrderState state(Draft draft) {
        OrderDocument order = draft.submission().order();
        return switch (draft.entrance()) {
            case Entrance.Received _ -> new OrderState.Received();
            case Entrance.Applies _ -> new OrderState.Applied();
            case Entrance.TakesBack _, Entrance.Stands _ -> new OrderState.Held();
            case Entrance.Refused(String code, Optional<String> _) -> new OrderState.Refused(code);
            case Entrance.VerifiedAndHeld _ -> OrderDecisions.first(order.urgency());
        };
    }

    private static Optional<String> needs(Entrance entrance) {
        return switch (entrance) {
            case Entrance.VerifiedAndHeld(Asked.Compelled _, Optional<String> needs) -> needs;
            case Entrance.TakesBack _ -> Optional.of(CallBacks.NEEDED);
            case Entrance.Stands _ -> Optional.of(TakingBack.NEEDED);
            case Entrance.Received _, Entrance.Refused _, Entrance.Applies _ -> Optional.empty();
        };
    }
}
