// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.parties.EnrolmentRow.Kind;
import org.sparekey.protocol.joint.EnrolmentDecision;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.JointVerdict;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.EnrolmentCode;
import org.sparekey.protocol.party.EnrolmentRequest;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.Invitation;
import org.sparekey.protocol.party.ResellerEntry;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How keys come into the register after the first day. An officer invites and reads a one-time code out; the party makes
 * its keys, and every key signs the claim that the code lets in; fingerprints are compared by telephone; two officers sign
 * for exactly these keys, and for whoever can order, approve or watch the supervisor signs too and a day passes.
 */
public final class Enrolments {

    private static final int LISTED = 200;

    private final EnrolmentTable enrolments;
    private final PartyTable parties;
    private final KeyTable keys;
    private final EnrolmentSteps steps;
    private final Claiming claiming;
    private final Idempotency idempotency;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final SecureRandom random;

    Enrolments(
            EnrolmentTable enrolments,
            PartyTable parties,
            KeyTable keys,
            EnrolmentSteps steps,
            Claiming claiming,
            Idempotency idempotency,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock,
            SecureRandom random) {
        this.enrolments = enrolments;
        this.parties = parties;
        this.keys = keys;
        this.steps = steps;
        this.claiming = claiming;
        this.idempotency = idempotency;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /** The code stands in this answer and nowhere else: a repeated request gets the enrolment without it. */
    public EnrolmentStatus invite(Caller officer, Invitation invitation, String idempotencyKey) {
        requireOfficer(officer);
        Role role = fitting(invitation);
        Digest payload = Digest.sha256(Wire.write(invitation));
        return inTransaction(() -> {
            EnrolmentCode code = EnrolmentCode.random(random);
            if (idempotency.claim(officer, idempotencyKey, payload, code.enrolment())
                    instanceof Claim.Earlier(String enrolment)) {
                return status(enrolment);
            }
            Digest bound = code.boundTo(invitation.party(), invitation.person(), role.name());
            EnrolmentRow row = new EnrolmentRow(
                    code.enrolment(),
                    Kind.INVITATION,
                    new PartyId(invitation.party()),
                    invitation.person(),
                    role,
                    invitation.reseller().map(Wire::write),
                    Optional.of(bound),
                    0,
                    EnrolmentState.INVITED,
                    clock.instant().plus(EnrolmentDecisions.CODE_LASTS),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            if (!enrolments.insert(row, clock.instant())) {
                throw new ProblemException(Problem.CONFLICT, "this code was drawn before; ask again");
            }
            log.append(EnrolmentEntries.INVITED.of(actor(officer), row, Map.of()));
            return row.status(Optional.of(code.reveal()));
        });
    }

    /** For officers and the supervisor. */
    public EnrolmentStatus status(Caller caller, String enrolment) {
        requireWatcher(caller);
        return status(enrolment);
    }

    /** Newest first. */
    public List<EnrolmentStatus> list(Caller caller) {
        requireWatcher(caller);
        return enrolments.newest(LISTED).stream()
                .map(row -> row.status(Optional.empty()))
                .toList();
    }

    /**
     * Anybody who has the code, on the public listener. Every use and every failed try of a code of ours is an entry.
     *
     * @throws ProblemException CODE_REFUSED whatever is wrong with the code: which of it, nobody is told
     */
    public EnrolmentStatus claim(EnrolmentRequest request) throws MalformedException {
        return claiming.claim(request);
    }

    /**
     * New keys for whoever speaks: his old document key signs the claim beside the new ones. Party, person, role and
     * scopes stay what they are.
     */
    public EnrolmentStatus rotate(Caller caller, EnrolmentRequest request, String idempotencyKey)
            throws MalformedException {
        return claiming.rotate(caller, request, idempotencyKey);
    }

    /** What time and the witnesses change. */
    public void step() {
        steps.step();
    }

    /**
     * What two officers signed, and the supervisor where he must. A reseller's keys count from here on; everybody else's
     * wait for the witnesses and a day.
     */
    public EnrolmentStatus decide(Caller officer, String enrolment, byte[] json) throws MalformedException {
        requireOfficer(officer);
        JointStatement joint = JointStatement.parse(json);
        EnrolmentDecision said = joint.read(EnrolmentDecision.class);
        return inTransaction(() -> {
            EnrolmentRow row = locked(enrolment);
            if (row.state() != EnrolmentState.CLAIMED || !clock.instant().isBefore(row.expiresAt())) {
                throw new ProblemException(Problem.CONFLICT, "nothing waits to be signed for");
            }
            requireSigned(row, joint, said);
            Claiming.requireValid(row.keys(), clock.instant());
            requireVouched(row);
            Pending entry = log.append(EnrolmentEntries.SIGNED.statement(
                    actor(officer),
                    Map.of(
                            EnrolmentEntries.ENROLMENT,
                            enrolment,
                            "role",
                            row.role().name()),
                    json));
            enrolments.signed(enrolment, entry.leafHash());
            if (EnrolmentDecisions.objection(row.kind(), row.role()).isEmpty()) {
                steps.activate(row, actor(officer));
            }
            return status(enrolment);
        });
    }

    private void requireSigned(EnrolmentRow row, JointStatement joint, EnrolmentDecision said) {
        boolean same = said.enrolment().equals(row.enrolment())
                && said.party().equals(row.party().value())
                && said.person().equals(row.person())
                && said.role().equals(row.role().name())
                && Optional.of(said.claim()).equals(row.claimDigest())
                && said.facts().equals(row.factsDigest())
                && said.keys()
                        .equals(row.keys().stream()
                                .map(EnrolmentClaim.Key::keyId)
                                .toList());
        if (!same) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "what was signed is not what was claimed");
        }
        Instant now = clock.instant();
        JointVerdict verdict = EnrolmentDecisions.supervised(row.kind(), row.role())
                ? JointCheck.checkWithSupervisor(joint, said, keys::signer, now)
                : JointCheck.check(joint, said, keys::signer, now);
        if (verdict instanceof JointVerdict.Invalid(var fault)) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
        }
    }

    /** Whichever way the old key was revoked since: nobody signs for what it asked for. */
    private void requireVouched(EnrolmentRow row) {
        if (row.vouching().flatMap(keys::anyUse).flatMap(EnrolledKey::revokedAt).isPresent()) {
            throw new ProblemException(Problem.CONFLICT, "the old key that asked for it is revoked");
        }
    }

    /** What the day is for: one officer or the supervisor stops what does not count yet. */
    public EnrolmentStatus stop(Caller caller, String enrolment) {
        requireWatcher(caller);
        return inTransaction(() -> {
            EnrolmentRow row = locked(enrolment);
            switch (row.state()) {
                case INVITED, CLAIMED, SIGNED, WAITING -> {
                    enrolments.move(enrolment, EnrolmentState.STOPPED);
                    log.append(EnrolmentEntries.STOPPED.of(actor(caller), row, Map.of()));
                }
                case STOPPED -> {}
                case IN_FORCE, EXPIRED, BURNT, OVERTAKEN ->
                    throw new ProblemException(Problem.CONFLICT, "it is over; keys in force are revoked");
            }
            return status(enrolment);
        });
    }

    /** A new reseller must be new; everybody else joins a party that is there. */
    private Role fitting(Invitation invitation) {
        PartyId party = new PartyId(invitation.party());
        Role role = role(invitation.role());
        boolean fits = switch (role) {
            case OFFICER, OPERATOR -> party.equals(PartyId.HOSTER);
            case SUPERVISOR -> party.equals(PartyId.SUPERVISOR);
            case RESELLER ->
                invitation.person().equals(ResellerEntry.AGENT)
                        && !List.of(PartyId.HOSTER, PartyId.SUPERVISOR).contains(party)
                        && parties.authority(party).isEmpty()
                        && parties.reseller(party).isPresent()
                                != invitation.reseller().isPresent();
            case INVESTIGATOR, PROSECUTOR, JUDGE ->
                parties.authority(party)
                        .filter(authority -> authority.court() == (role == Role.JUDGE))
                        .isPresent();
            // His organisation may be a reseller's here, so that it is known where it has a part; never an authority's.
            case CO_APPROVER ->
                !invitation.person().equals(ResellerEntry.AGENT)
                        && !List.of(PartyId.HOSTER, PartyId.SUPERVISOR).contains(party)
                        && parties.authority(party).isEmpty();
        };
        if (!fits) {
            throw new ProblemException(Problem.CONFLICT, "nobody of this party can have this role");
        }
        return role;
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.CONFLICT, "there is no such role", e);
        }
    }

    private EnrolmentRow locked(String enrolment) {
        return enrolments
                .lock(enrolment)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such enrolment"));
    }

    private EnrolmentStatus status(String enrolment) {
        return enrolments
                .find(enrolment)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such enrolment"))
                .status(Optional.empty());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }

    private static void requireOfficer(Caller caller) {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer enrols");
        }
    }

    private static void requireWatcher(Caller caller) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only officers and the supervisor see enrolments");
        }
    }

    static Actor actor(Caller caller) {
        return new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
    }
}
