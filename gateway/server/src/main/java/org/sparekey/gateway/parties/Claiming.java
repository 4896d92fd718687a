// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.EnrolmentRow.Kind;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentCode;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionOperations;

/** Takes the keys that a party claims: with a one-time code, or with the keys it has. */
final class Claiming {

    /** Until when officers must have signed for what was claimed. */
    static final Duration DECIDED_WITHIN = Duration.ofDays(7);

    /** Whoever knows no enrolment is nobody of ours; his tries are counted together. */
    private static final PartyId NOBODY = new PartyId("nobody");

    private final EnrolmentTable enrolments;
    private final PartyTable parties;
    private final KeyTable keys;
    private final EnrolmentSteps steps;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final SecureRandom random;

    Claiming(
            EnrolmentTable enrolments,
            PartyTable parties,
            KeyTable keys,
            EnrolmentSteps steps,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock,
            SecureRandom random) {
        this.enrolments = enrolments;
        this.parties = parties;
        this.keys = keys;
        this.steps = steps;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /** What came of a claim inside its transaction; a refusal is thrown only after its entry is committed. */
    private sealed interface Outcome {
        record Taken(EnrolmentStatus status) implements Outcome {}

        record Refused(ProblemException problem) implements Outcome {}
    }

    EnrolmentStatus claim(EnrolmentRequest request) throws MalformedException {
        EnrolmentRequest.Proven proven = request.proven();
        EnrolmentCode code = EnrolmentCode.parse(
                request.code().orElseThrow(() -> new MalformedException("/code", "a claim comes with its code")));
        requireHere(proven.claim());
        Optional<Outcome> outcome = Objects.requireNonNull(transactions.execute(
                _ -> enrolments.lock(code.enrolment()).map(row -> claim(row, code, request, proven))));
        if (outcome.isEmpty()) {
            stranger();
            throw refused();
        }
        return switch (outcome.get()) {
            case Outcome.Taken(EnrolmentStatus status) -> status;
            case Outcome.Refused(ProblemException refusal) -> throw refusal;
        };
    }

    private Outcome claim(
            EnrolmentRow row, EnrolmentCode code, EnrolmentRequest request, EnrolmentRequest.Proven proven) {
        Digest bound =
                code.boundTo(row.party().value(), row.person(), row.role().name());
        boolean sameKeys = ids(row.keys()).equals(ids(proven.claim().keys()));
        EnrolmentDecisions.Entry entry = EnrolmentDecisions.claim(row, bound, sameKeys, clock.instant());
        return switch (entry) {
            case AGAIN -> new Outcome.Taken(row.status(Optional.empty()));
            case TAKEN -> take(row, request, proven);
            case WRONG_CODE, BURNS, CLOSED -> {
                if (entry != EnrolmentDecisions.Entry.CLOSED) {
                    enrolments.tried(row.enrolment(), row.tries() + 1);
                }
                if (entry == EnrolmentDecisions.Entry.BURNS) {
                    enrolments.move(row.enrolment(), EnrolmentState.BURNT);
                }
                refusals.admit(row.party(), EnrolmentEntries.CODE_REFUSED.type(), LogName.CASE)
                        .ifPresent(leftOut -> log.append(EnrolmentEntries.CODE_REFUSED.of(
                                Actor.GATEWAY, row, Map.of("reason", entry.name(), "suppressed", leftOut.toString()))));
                yield new Outcome.Refused(refused());
            }
        };
    }

    private static Set<Digest> ids(List<EnrolmentClaim.Key> keys) {
        return keys.stream().map(EnrolmentClaim.Key::keyId).collect(Collectors.toSet());
    }

    private Outcome take(EnrolmentRow row, EnrolmentRequest request, EnrolmentRequest.Proven proven) {
        requireUsable(row.kind(), row.party(), row.role(), row.enrolment(), proven);
        byte[] stored = Wire.write(request.withoutCode());
        enrolments.claimed(
                row.enrolment(), stored, proven.claimDigest(), clock.instant().plus(DECIDED_WITHIN));
        log.append(EnrolmentEntries.CLAIMED.statement(
                Actor.GATEWAY,
                Map.of(
                        EnrolmentEntries.ENROLMENT,
                        row.enrolment(),
                        "role",
                        row.role().name()),
                stored));
        return new Outcome.Taken(status(row.enrolment()));
    }

    /** A failed condition here costs no try: the code was right. */
    private void requireUsable(Kind kind, PartyId party, Role role, String enrolment, EnrolmentRequest.Proven proven) {
        EnrolmentClaim claim = proven.claim();
        boolean named = claim.enrolment().equals(kind == Kind.ROTATION ? EnrolmentClaim.ROTATION : enrolment);
        if (!named || (kind == Kind.INVITATION && proven.vouching().isPresent())) {
            throw new ProblemException(Problem.CONFLICT, "the claim is for another enrolment");
        }
        if (!EnrolmentDecisions.complete(kind, role, claim.keys())) {
            throw new ProblemException(
                    Problem.CONFLICT, "all keys are enrolled in one step: TLS, MESSAGE and DOCUMENT");
        }
        if (claim.keys().stream().anyMatch(key -> keys.known(key.keyId()))) {
            throw new ProblemException(Problem.CONFLICT, "one of the keys is enrolled already");
        }
        if (!EnrolmentDecisions.chained(role, parties.authority(party), claim.keys())) {
            throw EnrolmentDecisions.unchained();
        }
        requireValid(claim.keys(), clock.instant());
    }

    static void requireValid(List<EnrolmentClaim.Key> keys, Instant now) {
        if (!EnrolmentDecisions.valid(keys, now)) {
            throw new ProblemException(Problem.CONFLICT, "the certificate of one of the keys has expired");
        }
    }

    /** By the keys he has. */
    EnrolmentStatus rotate(Caller caller, EnrolmentRequest request, String idempotencyKey) throws MalformedException {
        EnrolmentRequest.Proven proven = request.proven();
        requireHere(proven.claim());
        byte[] stored = Wire.write(request.withoutCode());
        return Objects.requireNonNull(transactions.execute(_ -> {
            String drawn = EnrolmentCode.random(random).enrolment();
            if (idempotency.claim(caller, idempotencyKey, Digest.sha256(stored), drawn)
                    instanceof Claim.Earlier(String enrolment)) {
                return status(enrolment);
            }
            requireVouching(caller, proven);
            requireUsable(Kind.ROTATION, caller.party(), caller.role(), drawn, proven);
            EnrolmentRow row = new EnrolmentRow(
                    drawn,
                    Kind.ROTATION,
                    caller.party(),
                    caller.person(),
                    caller.role(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    EnrolmentState.CLAIMED,
                    clock.instant().plus(DECIDED_WITHIN),
                    Optional.of(stored),
                    Optional.of(proven.claimDigest()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            if (!enrolments.insert(row, clock.instant())) {
                throw new ProblemException(Problem.CONFLICT, "this code was drawn before; ask again");
            }
            log.append(EnrolmentEntries.CLAIMED.statement(
                    Enrolments.actor(caller),
                    Map.of(
                            EnrolmentEntries.ENROLMENT,
                            drawn,
                            "role",
                            caller.role().name()),
                    stored));
            if (!EnrolmentDecisions.signedByOfficers(Kind.ROTATION, caller.role())) {
                steps.activate(row, Enrolments.actor(caller));
            }
            return status(drawn);
        }));
    }

    private void requireVouching(Caller caller, EnrolmentRequest.Proven proven) {
        boolean own = proven.vouching()
                .flatMap(keys::signer)
                .filter(old -> old.party().equals(caller.party().value())
                        && old.person().equals(caller.person())
                        && old.inForce(clock.instant()))
                .isPresent();
        if (!own) {
            throw new ProblemException(
                    Problem.DOCUMENT_REFUSED, "the old document key has to sign beside the new ones");
        }
    }

    private void requireHere(EnrolmentClaim claim) {
        boolean here = parties.hoster()
                .filter(hoster -> hoster.gatewayOrigin().equals(claim.gateway()))
                .isPresent();
        if (!here) {
            throw new ProblemException(Problem.CONFLICT, "the claim is for another gateway");
        }
    }

    private void stranger() {
        refusals.enter(new RefusedAttempt(
                LogName.CASE,
                EnrolmentEntries.CODE_REFUSED.type(),
                NOBODY,
                Actor.GATEWAY,
                EnrolmentEntries.CODE_REFUSED.type(),
                Map.of(),
                Wire.write(Map.of("reason", "UNKNOWN"))));
    }

    private EnrolmentStatus status(String enrolment) {
        return enrolments.find(enrolment).orElseThrow().status(Optional.empty());
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.CODE_REFUSED, "this code opens nothing; ask for another by telephone");
    }
}
