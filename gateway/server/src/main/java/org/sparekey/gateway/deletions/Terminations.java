// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.gateway.registry.Machine;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionRequest;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes terminations in. Nothing here asks what is held: a request is answered before anybody has looked, so that neither its
 * answer nor the time it takes can tell.
 */
final class Terminations {

    /** Of the entry that a request was refused. */
    static final String REFUSED = "deletion.refused";

    private final Registry registry;
    private final SignedPaper papers;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final AuditLog log;
    private final DeletionTable deletions;
    private final RequestTable requests;
    private final BulkTable bulks;
    private final DeletionsSettings settings;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Failpoint failpoint;

    Terminations(
            Registry registry,
            SignedPaper papers,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            DeletionTable deletions,
            RequestTable requests,
            BulkTable bulks,
            DeletionsSettings settings,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        this.registry = registry;
        this.papers = papers;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.log = log;
        this.deletions = deletions;
        this.requests = requests;
        this.bulks = bulks;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** A crash before the commit leaves nothing; after it, the same request gets the same answer. */
    Deletion take(Caller caller, byte[] body, String idempotencyKey) {
        SignedDocument document = SignedPaper.parse(body);
        Instant now = clock.instant();
        DeletionRequest request;
        try {
            request = checked(caller, document, now);
        } catch (ProblemException refused) {
            enter(caller, document, refused.problem());
            throw refused;
        }
        Deletion taken = Objects.requireNonNull(
                transaction.execute(_ -> inTransaction(caller, document, request, idempotencyKey, now)));
        failpoint.reached("deletions.taken");
        return taken;
    }

    private DeletionRequest checked(Caller caller, SignedDocument document, Instant now) {
        DeletionRequest request;
        try {
            request = DeletionRequest.read(document);
        } catch (MalformedException e) {
            throw SignedPaper.malformed(e);
        }
        // What was answered keeps its answer, also when the key that signed it has expired since.
        if (requests.find(document.digest(), caller.party()).isEmpty()) {
            papers.requireBy(caller, document);
        }
        if (!request.party().equals(caller.party().value())) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "it names another party than the caller's");
        }
        if (request.terminatedAt().isAfter(now.plus(DeletionDecisions.AHEAD))) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, "/terminatedAt lies ahead");
        }
        return request;
    }

    private void enter(Caller caller, SignedDocument document, Problem problem) {
        refusals.enter(new RefusedAttempt(
                LogName.REGISTRY,
                REFUSED,
                caller.party(),
                new Actor(caller.role().name(), Optional.of(caller.messageKeyId())),
                problem.slug(),
                Map.of("claimedKey", DocumentCheck.signer(document).base64url()),
                bytes(document)));
    }

    private Deletion inTransaction(
            Caller caller, SignedDocument document, DeletionRequest request, String idempotencyKey, Instant now) {
        Digest digest = document.digest();
        idempotency.claim(caller, idempotencyKey, digest, digest.base64url());
        Optional<Deletion> earlier = requests.find(digest, caller.party()).flatMap(deletions::find);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Optional<PartyId> owner = caller.role() == Role.RESELLER ? Optional.of(caller.party()) : Optional.empty();
        Machine machine = registry.machine(request.asset(), owner, request.terminatedAt())
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no machine of yours is named by these"));
        Deletion row = store(caller, document, machine, now);
        requests.insert(document, row.id(), caller.party(), now);
        failpoint.reached("deletions.taking");
        return row;
    }

    /** Whoever speaks of it first is entered; everybody after him gets the same date. */
    private Deletion store(Caller caller, SignedDocument document, Machine machine, Instant now) {
        DeletionId id = DeletionId.random(random);
        String vpsRef = machine.last().vpsRef();
        String tenancyRef = machine.last().tenancyRef();
        DeletedAsset asset = new DeletedAsset(
                machine.last().cluster(), machine.last().uuid(), machine.last().vmId(), Optional.of(vpsRef));
        Instant deletedOn = DeletionDecisions.deletedOn(now, settings.graceDays());
        boolean first =
                deletions.insert(id, caller.party(), machine.owner(), asset, now, deletedOn, vpsRef, tenancyRef);
        if (first) {
            deletions.entered(id, log.append(requested(caller, document)).leafHash());
            failpoint.reached("deletions." + DeletionStatement.REQUESTED.type());
            count(caller, id, now);
        }
        return deletions.ofLife(vpsRef, tenancyRef).orElseThrow();
    }

    private static Statement requested(Caller caller, SignedDocument document) {
        return new Statement(
                DeletionStatement.REQUESTED.log(),
                DeletionStatement.REQUESTED.type(),
                new Actor(caller.role().name(), Optional.of(DocumentCheck.signer(document))),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                bytes(document));
    }

    /** 4-evidence: bulk deletion needs two people. The answer is the same; what comes after the grace is not. */
    private void count(Caller caller, DeletionId id, Instant now) {
        BulkTable.Day day =
                bulks.count(caller.party(), now.atOffset(ZoneOffset.UTC).toLocalDate(), DeletionId.group(random));
        if (day.tally() <= settings.bulkPerDay()) {
            return;
        }
        bulks.waits(id, day.group());
        if (bulks.left(day.group()) == 1) {
            Map<String, String> payload = Map.of(
                    "group",
                    day.group(),
                    "party",
                    caller.party().value(),
                    "role",
                    caller.role().name());
            log.append(new Statement(
                    DeletionStatement.BULK.log(),
                    DeletionStatement.BULK.type(),
                    Actor.GATEWAY,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("group", day.group()),
                    Wire.write(payload)));
            failpoint.reached("deletions." + DeletionStatement.BULK.type());
        }
    }

    private static byte[] bytes(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }
}
