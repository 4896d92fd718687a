// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.joint.AuthoritiesImport;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.JointVerdict;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.AuthorityList;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in {@code authorities.jws}, which the supervisor signed: two officers import it, its entry is witnessed, a day
 * passes, and only then the authorities, their call-back numbers and their persons' keys are those of the list. Keys that a
 * newer list leaves out are not revoked by it.
 */
public final class AuthorityImports {

    private static final int AT_ONCE = 20;

    /** How far the supervisor's clock may be ahead of ours. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final String LIST = "list";

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityImports.class);

    private final ImportTable imports;
    private final PartyTable parties;
    private final KeyTable keys;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    AuthorityImports(
            ImportTable imports,
            PartyTable parties,
            KeyTable keys,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock) {
        this.imports = imports;
        this.parties = parties;
        this.keys = keys;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * How far an import is.
     *
     * @param inForceAt once its entry is witnessed
     * @param stopped it never comes into force: somebody objected, or it no longer fitted when its day was over
     */
    public record ImportStatus(
            Digest list, int authorities, Optional<Instant> inForceAt, boolean inForce, boolean stopped) {

        static ImportStatus of(ImportTable.Row row) {
            return new ImportStatus(
                    row.digest(), row.list().authorities().size(), row.inForceAt(), row.inForce(), row.stopped());
        }
    }

    /**
     * @param list compact JWS
     * @param joint what two officers signed for its digest
     */
    public record ImportRequest(String list, JointStatement joint) {}

    public ImportStatus begin(Caller officer, byte[] json) throws MalformedException {
        if (officer.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer imports authorities");
        }
        ImportRequest request = Wire.read(json, ImportRequest.class);
        SignedDocument signed = SignedDocument.parse(request.list());
        AuthorityList list = signed.read(AuthorityList.TYPE, AuthorityList.class);
        requireSupervisor(signed);
        requireOfficers(request.joint(), signed.digest());
        return Objects.requireNonNull(transactions.execute(_ -> {
            imports.turn();
            return imports.find(signed.digest()).map(ImportStatus::of).orElseGet(() -> {
                requireIssued(list);
                requireFitting(list);
                requireChained(list);
                requireNewest(list);
                return enter(officer, signed, list, request.joint());
            });
        }));
    }

    private ImportStatus enter(Caller officer, SignedDocument signed, AuthorityList list, JointStatement joint) {
        Pending entry = log.append(EnrolmentEntries.AUTHORITIES.statement(
                Enrolments.actor(officer), Map.of(LIST, signed.digest().base64url()), joint.bytes()));
        if (!imports.insert(signed, list.issuedAt(), entry.leafHash())) {
            throw new ProblemException(Problem.CONFLICT, "the same list is imported at this moment; ask again");
        }
        return status(signed.digest());
    }

    /** Whoever kept an old list cannot bring old call-back numbers and roots back with it. */
    private void requireNewest(AuthorityList list) {
        if (imports.imported(list.issuedAt())) {
            throw new ProblemException(Problem.CONFLICT, "a list that was issued no earlier is imported already");
        }
    }

    /** What the day is for: one officer or the supervisor stops what does not count yet. */
    public ImportStatus stop(Caller caller, Digest list) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "an officer or the supervisor stops an import");
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            ImportTable.Row row = imports.lock(list).orElseThrow(AuthorityImports::unknown);
            if (row.inForce()) {
                throw new ProblemException(Problem.CONFLICT, "it is in force; import a newer list or revoke keys");
            }
            if (!row.stopped()) {
                stop(list, Enrolments.actor(caller), "OBJECTION");
            }
            return status(list);
        }));
    }

    private void stop(Digest list, Actor actor, String reason) {
        Map<String, String> clear = Map.of(LIST, list.base64url(), "reason", reason);
        imports.done(list, true);
        log.append(EnrolmentEntries.STOPPED.statement(actor, clear, Wire.write(clear)));
    }

    private ImportStatus status(Digest list) {
        return imports.find(list).map(ImportStatus::of).orElseThrow(AuthorityImports::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "no such list is imported");
    }

    /** The pinned one: enrolled on the first day, or since with his predecessor's signature. */
    private void requireSupervisor(SignedDocument signed) {
        boolean his = keys.signer(KeyId.of(signed.leaf().getPublicKey()))
                .filter(signer -> signer.role().equals(JointCheck.SUPERVISOR) && signer.inForce(clock.instant()))
                .isPresent();
        if (!his || !signed.verifiedBy(signed.leaf().getPublicKey())) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "the list is not signed by the supervisor");
        }
    }

    private void requireOfficers(JointStatement joint, Digest list) throws MalformedException {
        AuthoritiesImport said = joint.read(AuthoritiesImport.class);
        if (!said.list().equals(list)) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "the officers signed for another list");
        }
        JointVerdict verdict = JointCheck.check(joint, said, keys::signer, clock.instant());
        if (verdict instanceof JointVerdict.Invalid(var fault)) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
        }
    }

    /** A date that lies ahead would shut out every list of the time until then. */
    private void requireIssued(AuthorityList list) {
        if (list.issuedAt().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "the list is dated ahead of now");
        }
    }

    private static void requireChained(AuthorityList list) {
        if (!list.authorities().stream().allMatch(AuthorityEntry::chained)) {
            throw EnrolmentDecisions.unchained();
        }
    }

    private void requireFitting(AuthorityList list) {
        if (!fits(list)) {
            throw new ProblemException(Problem.CONFLICT, "an id or a key of the list belongs to somebody else");
        }
    }

    /** Nobody becomes an authority under a name that is taken, and no key changes its holder. */
    private boolean fits(AuthorityList list) {
        for (AuthorityEntry authority : list.authorities()) {
            PartyId party = new PartyId(authority.id());
            boolean taken = List.of(PartyId.HOSTER, PartyId.SUPERVISOR).contains(party)
                    || parties.reseller(party).isPresent();
            boolean foreign = authority.persons().stream()
                    .flatMap(person -> person.keys().stream())
                    .flatMap(key -> keys.anyUse(key.keyId()).stream())
                    .anyMatch(key -> !key.party().equals(party));
            if (taken || foreign) {
                return false;
            }
        }
        return true;
    }

    /** What time and the witnesses change; one transaction for each list. */
    void step() {
        imports.due(clock.instant(), AT_ONCE).forEach(this::stepAlone);
    }

    /** One that fails stays where it was for the next round, and holds up nobody behind it. */
    private void stepAlone(Digest due) {
        try {
            transactions.executeWithoutResult(_ -> {
                imports.turn();
                imports.lock(due).filter(row -> !row.done()).ifPresent(this::step);
            });
        } catch (RuntimeException e) {
            LOG.warn(
                    "the step of an import failed ({}) and is repeated",
                    e.getClass().getSimpleName());
        }
    }

    private void step(ImportTable.Row row) {
        Instant now = clock.instant();
        if (row.inForceAt().isEmpty()) {
            if (log.find(row.leaf()).isPresent()) {
                imports.inForceFrom(row.digest(), now.plus(EnrolmentDecisions.OBJECTION));
            }
        } else if (!now.isBefore(row.inForceAt().get())) {
            count(row, now);
        }
    }

    /** What fitted when it was imported may not fit a day later. */
    private void count(ImportTable.Row row, Instant now) {
        if (!fits(row.list())) {
            stop(row.digest(), Actor.GATEWAY, "UNFITTING");
        } else if (imports.inForce(row.list().issuedAt())) {
            stop(row.digest(), Actor.GATEWAY, "OVERTAKEN");
        } else {
            row.list().authorities().forEach(authority -> enter(authority, now));
            imports.done(row.digest(), false);
        }
    }

    private void enter(AuthorityEntry authority, Instant now) {
        PartyId party = new PartyId(authority.id());
        parties.insert(authority, now);
        log.append(EnrolmentEntries.PARTY.statement(Actor.GATEWAY, Map.of("kind", "AUTHORITY"), Wire.write(authority)));
        Enrolling enrolling = new Enrolling(keys, log, Actor.GATEWAY);
        for (Person person : authority.persons()) {
            List<KeyEnrolment> fresh = person.keys().stream()
                    .filter(key -> !keys.known(key.keyId()))
                    .toList();
            enrolling.enrol(party, person.number(), Role.of(person.role()), person.scopes(), fresh);
        }
    }
}
