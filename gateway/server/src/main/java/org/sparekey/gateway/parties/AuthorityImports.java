// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in {@code authorities.jws}, which the supervisor signed: two officers import it, its entry is witnessed, a day
 * passes, and only then the authorities, their call-back numbers and their persons' keys are those of the list. Keys that a
 * newer list leaves out are not revoked by it.
 */
public final class AuthorityImports {

    private static final int AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final PartyTable parties;
    private final KeyTable keys;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    AuthorityImports(
            JdbcClient jdbc,
            PartyTable parties,
            KeyTable keys,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock) {
        this.jdbc = jdbc;
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
     */
    public record ImportStatus(Digest list, int authorities, Optional<Instant> inForceAt, boolean inForce) {}

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
        requireFitting(list);
        return Objects.requireNonNull(transactions.execute(_ -> {
            Optional<ImportStatus> earlier = find(signed.digest());
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Pending entry = log.append(EnrolmentEntries.AUTHORITIES.statement(
                    Enrolments.actor(officer),
                    Map.of("list", signed.digest().base64url()),
                    request.joint().bytes()));
            insert(signed, entry.leafHash());
            return find(signed.digest()).orElseThrow();
        }));
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

    /** Nobody becomes an authority under a name that is taken, and no key changes its holder. */
    private void requireFitting(AuthorityList list) {
        for (AuthorityEntry authority : list.authorities()) {
            PartyId party = new PartyId(authority.id());
            boolean taken = List.of(PartyId.HOSTER, PartyId.SUPERVISOR).contains(party)
                    || parties.reseller(party).isPresent();
            boolean foreign = authority.persons().stream()
                    .flatMap(person -> person.keys().stream())
                    .flatMap(key -> keys.anyUse(key.keyId()).stream())
                    .anyMatch(key -> !key.party().equals(party));
            if (taken || foreign) {
                throw new ProblemException(Problem.CONFLICT, "an id or a key of the list belongs to somebody else");
            }
        }
    }

    /** What time and the witnesses change; one transaction for each list. */
    void step() {
        for (Digest due : due()) {
            transactions.executeWithoutResult(_ -> lock(due).ifPresent(row -> step(due, row)));
        }
    }

    private record Row(String list, Digest leaf, Optional<Instant> inForceAt) {}

    private void step(Digest digest, Row row) {
        Instant now = clock.instant();
        if (row.inForceAt().isEmpty()) {
            if (log.find(row.leaf()).isPresent()) {
                jdbc.sql("UPDATE parties_import SET in_force_at = :at WHERE list_digest = :digest")
                        .param("at", Timestamp.from(now.plus(EnrolmentDecisions.OBJECTION)))
                        .param("digest", digest.array())
                        .update();
            }
        } else if (!now.isBefore(row.inForceAt().get())) {
            read(row.list()).authorities().forEach(authority -> enter(authority, now));
            jdbc.sql("UPDATE parties_import SET done = true WHERE list_digest = :digest")
                    .param("digest", digest.array())
                    .update();
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

    private static AuthorityList read(String compact) {
        try {
            return SignedDocument.parse(compact).read(AuthorityList.TYPE, AuthorityList.class);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored list of authorities cannot be read", e);
        }
    }

    private void insert(SignedDocument signed, Digest leaf) {
        jdbc.sql("INSERT INTO parties_import (list_digest, list, awaited_leaf) VALUES (:digest, :list, :leaf)")
                .param("digest", signed.digest().array())
                .param("list", signed.compact())
                .param("leaf", leaf.array())
                .update();
    }

    private Optional<ImportStatus> find(Digest digest) {
        return jdbc.sql("SELECT list, in_force_at, done FROM parties_import WHERE list_digest = :digest")
                .param("digest", digest.array())
                .query((row, number) -> new ImportStatus(
                        digest,
                        read(row.getString("list")).authorities().size(),
                        Optional.ofNullable(row.getTimestamp("in_force_at")).map(Timestamp::toInstant),
                        row.getBoolean("done")))
                .optional();
    }

    private Optional<Row> lock(Digest digest) {
        return jdbc.sql("""
            SELECT list, awaited_leaf, in_force_at FROM parties_import
            WHERE list_digest = :digest AND NOT done FOR UPDATE
            """)
                .param("digest", digest.array())
                .query((row, number) -> new Row(
                        row.getString("list"),
                        Digest.of(row.getBytes("awaited_leaf")),
                        Optional.ofNullable(row.getTimestamp("in_force_at")).map(Timestamp::toInstant)))
                .optional();
    }

    private List<Digest> due() {
        return jdbc.sql("""
            SELECT list_digest FROM parties_import
            WHERE NOT done AND (in_force_at IS NULL OR in_force_at <= :now) LIMIT :most
            """)
                .param("now", Timestamp.from(clock.instant()))
                .param("most", AT_ONCE)
                .query((row, number) -> Digest.of(row.getBytes("list_digest")))
                .list();
    }
}
