// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** The way in: form, verification, and the one transaction that files, verifies or refuses, and holds. */
final class Intake {

    private final OrderTable orders;
    private final Verification verification;
    private final RevocationSources revocation;
    private final Filing filing;
    private final Followups followups;
    private final Recipients recipients;
    private final RefusalEntries refusals;
    private final InstantSource clock;
    private final SecureRandom random;

    Intake(
            OrderTable orders,
            Verification verification,
            RevocationSources revocation,
            Filing filing,
            Followups followups,
            Recipients recipients,
            RefusalEntries refusals,
            InstantSource clock,
            SecureRandom random) {
        this.orders = orders;
        this.verification = verification;
        this.revocation = revocation;
        this.filing = filing;
        this.followups = followups;
        this.recipients = recipients;
        this.refusals = refusals;
        this.clock = clock;
        this.random = random;
    }

    Acceptance submit(Caller caller, byte[] body, String contentType, String idempotencyKey) {
        boolean paper = caller.role() == Role.OFFICER;
        boolean judge = caller.role() == Role.JUDGE;
        if (!paper && !judge && caller.role() != Role.INVESTIGATOR && caller.role() != Role.PROSECUTOR) {
            throw new ProblemException(Problem.FORBIDDEN, "orders are submitted by an authority's people");
        }
        Submission submission = read(caller, body, contentType);
        if (judge && submission.order().kind() != OrderKind.WITHDRAWAL) {
            throw new ProblemException(Problem.FORBIDDEN, "a judge takes back what he authorised and orders nothing");
        }
        if (!orders.served(authority(caller, submission))) {
            throw new ProblemException(Problem.AUTHORITY_SUSPENDED, "the order's authority is suspended here");
        }
        Optional<Acceptance> earlier = filing.earlier(caller, idempotencyKey, submission);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        // What is not its issuer's by key or signature is refused before anybody outside is asked because of it.
        if (found(caller, submission, RevocationEvidence.NONE) instanceof Finding.NotGenuine not) {
            Draft draft = draft(caller, submission, RevocationEvidence.NONE, not);
            return filing.file(caller, idempotencyKey, draft, () -> OrderId.random(random));
        }
        Optional<RevocationEvidence> evidence = evidence(submission);
        Finding finding =
                evidence.map(said -> found(caller, submission, said)).orElseGet(Finding.RevocationUnknown::new);
        if (finding instanceof Finding.RevocationUnknown) {
            note(caller, OrderStatement.REVOCATION_UNKNOWN, submission.signed().digest());
            throw new ProblemException(
                    Problem.REVOCATION_UNKNOWN,
                    "what the issuers of the certificates say about revocation could not be had; try again");
        }
        Draft draft = draft(caller, submission, evidence.orElseThrow(), finding);
        return filing.file(caller, idempotencyKey, draft, () -> OrderId.random(random));
    }

    private Finding found(Caller caller, Submission submission, RevocationEvidence evidence) {
        return caller.role() == Role.OFFICER
                ? entered(caller, submission, evidence)
                : sent(caller, submission, evidence);
    }

    private Finding sent(Caller caller, Submission submission, RevocationEvidence evidence) {
        return caller.party().value().equals(submission.order().issuer().authority())
                ? verification.verify(submission, evidence, Set.of(caller.messageKeyId()), clock.instant())
                : new Finding.NotGenuine(Refusal.SUBMITTED_BY_ANOTHER.code(), List.of());
    }

    /** From PDF or paper, by the officer himself. */
    private Finding entered(Caller officer, Submission submission, RevocationEvidence evidence) {
        return verification.enteredBy(submission.signed()).equals(Optional.of(officer.person()))
                ? verification.verifyPaper(submission, evidence, clock.instant())
                : new Finding.NotGenuine(Refusal.SUBMITTED_BY_ANOTHER.code(), List.of());
    }

    private Submission read(Caller caller, byte[] body, String contentType) {
        try {
            return Submission.read(body, contentType);
        } catch (MalformedException e) {
            note(caller, OrderStatement.MALFORMED, Digest.sha256(body));
            throw new ProblemException(Problem.ORDER_MALFORMED, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }

    /** An order may name a judge of another authority: both authorities' issuers of certificates are asked. */
    private Optional<RevocationEvidence> evidence(Submission submission) {
        List<SignedDocument> documents = Stream.concat(Stream.of(submission.signed()), submission.validator().stream())
                .toList();
        return revocation.ask(verification.authorities(submission.order(), clock.instant()), documents);
    }

    private Draft draft(Caller caller, Submission submission, RevocationEvidence evidence, Finding finding) {
        return switch (finding) {
            case Finding.NotGenuine(String code, List<DssCheck.Report> opinions) ->
                new Draft(
                        authority(caller, submission),
                        submission,
                        evidence,
                        opinions,
                        false,
                        Optional.empty(),
                        new Entrance.Refused(code, Optional.empty()));
            case Finding.NotAuthorised(String code, Optional<String> detail, List<DssCheck.Report> opinions) ->
                new Draft(
                        authority(caller, submission),
                        submission,
                        evidence,
                        opinions,
                        true,
                        Optional.empty(),
                        new Entrance.Refused(code, detail));
            case Finding.Genuine(Judgement judgement, List<DssCheck.Report> opinions) ->
                genuine(caller, submission, evidence, judgement, opinions);
            case Finding.RevocationUnknown _ -> throw new IllegalStateException("not to be filed");
        };
    }

    private Draft genuine(
            Caller caller,
            Submission submission,
            RevocationEvidence evidence,
            Judgement judgement,
            List<DssCheck.Report> opinions) {
        OrderDocument order = submission.order();
        Entrance entrance = order.kind().follows()
                ? followups.enter(submission, judgement)
                : deliverable(order, judgement, OrderDecisions.enter(order.kind(), judgement));
        return new Draft(
                authority(caller, submission),
                submission,
                evidence,
                opinions,
                true,
                order.kind().restsOnNothing() ? Optional.empty() : Optional.of(judgement),
                uncalled(caller, entrance));
    }

    /** Whose order it is; what an officer enters is its issuer's. */
    private static String authority(Caller caller, Submission submission) {
        return caller.role() == Role.OFFICER
                ? submission.order().issuer().authority()
                : caller.party().value();
    }

    /** Nothing that came on paper goes on, not even to an answer, and takes nothing back, before somebody was called. */
    private static Entrance uncalled(Caller caller, Entrance entrance) {
        if (caller.role() != Role.OFFICER) {
            return entrance;
        }
        return switch (entrance) {
            case Entrance.VerifiedAndHeld(Asked.Compelled asked, Optional<String> _) ->
                new Entrance.VerifiedAndHeld(asked, Optional.of(CallBacks.NEEDED));
            case Entrance.Applies(OrderId earlier, OrderEvent _) -> new Entrance.TakesBack(earlier);
            case Entrance.Received _, Entrance.Refused _, Entrance.TakesBack _, Entrance.Stands _ -> entrance;
        };
    }

    /** What will be sealed needs somebody enrolled to seal it to. */
    private Entrance deliverable(OrderDocument order, Judgement judgement, Entrance entrance) {
        boolean sealed =
                judgement.row().map(row -> row.discloses(order.kind())).equals(Optional.of(Disclosure.SEALED_IMAGE))
                        || OrderDecisions.copied(order);
        boolean enrolled = !sealed || recipients.of(order).isPresent();
        return entrance instanceof Entrance.VerifiedAndHeld && !enrolled
                ? new Entrance.Refused(Refusal.DELIVERY_NOT_ENROLLED.code(), Optional.empty())
                : entrance;
    }

    /** An entry of no case: no state changed. */
    private void note(Caller caller, OrderStatement says, Digest what) {
        Map<String, String> facts = Map.of("v", "1", "type", says.type(), "digest", what.base64url());
        refusals.enter(new RefusedAttempt(
                LogName.CASE, says.type(), caller.party(), actor(caller), says.type(), Map.of(), Wire.write(facts)));
    }

    static Actor actor(Caller caller) {
        return new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
