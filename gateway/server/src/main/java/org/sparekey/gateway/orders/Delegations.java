// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.approval.DelegationCheck;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.approval.KnownDelegations;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who fills an officer's seat while he is away, by his own signed word. It is an entry before it counts; any officer or the
 * supervisor ends it, and it counts for nothing from the next request on (decision 0043).
 */
public final class Delegations {

    /** One for each of a few colleagues, and the next holiday's; more is somebody else at work with his key. */
    static final int MAX_OPEN = 20;

    /** Rows of one list. */
    static final int LIST = 200;

    /** How long the answer waits for the checkpoint before it says that there is none yet. */
    static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    static final String GIVEN = "delegation.given";
    static final String REVOKED = "delegation.revoked";
    static final String REFUSED = "delegation.refused";

    private final DelegationTable table;
    private final Parties parties;
    private final Idempotency idempotency;
    private final RefusalEntries refusals;
    private final AuditLog log;
    private final TransactionOperations transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Delegations(
            DelegationTable table,
            Parties parties,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            TransactionOperations transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.table = table;
        this.parties = parties;
        this.idempotency = idempotency;
        this.refusals = refusals;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** What the checks of approvals may believe: what is in a signed checkpoint, whatever the table says. */
    public KnownDelegations known() {
        return new KnownDelegations(
                origin(),
                digest -> table.find(digest)
                        .filter(row -> log.find(row.entry()).isPresent())
                        .map(row -> new KnownDelegations.Held(row.document(), row.revokedAt())));
    }

    /** Whether an officer's word lets this one speak for him now. */
    boolean fills(Caller delegate, Instant at) {
        return table.naming(delegate.party().value(), delegate.person(), LIST).stream()
                .filter(row -> !at.isBefore(row.said().from())
                        && at.isBefore(row.said().until()))
                .filter(row ->
                        row.revokedAt().isEmpty() && log.find(row.entry()).isPresent())
                .anyMatch(row -> DelegationCheck.signed(row.document(), origin(), parties::signer, at)
                        instanceof DelegationCheck.Stands);
    }

    /**
     * Enters what an officer signed; the same again changes nothing.
     *
     * @throws ProblemException FORBIDDEN, MALFORMED_REQUEST, DOCUMENT_REFUSED with a fault's code, CONFLICT beyond MAX_OPEN
     */
    DelegationStatus give(Caller officer, String compact, String idempotencyKey) {
        if (officer.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer has a seat that another may fill");
        }
        SignedDocument document = parse(compact);
        switch (DelegationCheck.signed(document, origin(), parties::signer, clock.instant())) {
            case DelegationCheck.Falls(ApprovalFault fault) -> throw refused(officer, document, fault);
            case DelegationCheck.Stands(Delegation said, var delegator) -> {
                boolean own = delegator.party().equals(officer.party().value())
                        && delegator.person().equals(officer.person());
                Optional<ApprovalFault> fault = own ? unfit(said) : Optional.of(ApprovalFault.DELEGATION_NOT_HIS);
                if (fault.isPresent()) {
                    throw refused(officer, document, fault.get());
                }
                transaction.executeWithoutResult(_ -> enter(officer, document, said, idempotencyKey));
                failpoint.reached("orders.delegated");
                return status(table.find(document.digest()).orElseThrow());
            }
        }
    }

    /** Where it stands once its entry is in a signed checkpoint, or the wait is over. Outside any transaction. */
    DelegationStatus awaited(Digest digest) {
        DelegationTable.Row row = table.find(digest).orElseThrow();
        log.await(row.entry(), RECEIPT_WAIT);
        return status(row);
    }

    private Optional<ApprovalFault> unfit(Delegation said) {
        Instant now = clock.instant();
        if (!now.isBefore(said.until())) {
            return Optional.of(ApprovalFault.DELEGATION_EXPIRED);
        }
        boolean enrolled = parties.allKeys().stream()
                .filter(key -> key.use() == KeyUse.DOCUMENT && key.activeAt(now))
                .filter(key -> key.role() == Role.OFFICER || key.role() == Role.CO_APPROVER)
                .anyMatch(key ->
                        key.party().value().equals(said.party()) && key.person().equals(said.delegate()));
        return enrolled ? Optional.empty() : Optional.of(ApprovalFault.DELEGATE_NOT_ENROLLED);
    }

    /** Row and entry in one transaction: a crash leaves both or neither. */
    private void enter(Caller officer, SignedDocument document, Delegation said, String idempotencyKey) {
        Digest digest = document.digest();
        if (idempotency.claim(officer, idempotencyKey, digest, digest.base64url()) instanceof Claim.Earlier) {
            return;
        }
        table.lock(said.delegator());
        if (table.find(digest).isPresent()) {
            return;
        }
        if (table.open(said.delegator(), clock.instant()) >= MAX_OPEN) {
            throw new ProblemException(Problem.CONFLICT, "at most 20 open delegations of one officer; revoke one");
        }
        Pending entry = append(GIVEN, officer, digest, Intake.ascii(document.compact()));
        table.insert(document, said, entry.leafHash(), entry.time());
        failpoint.reached("orders.delegating");
    }

    /** A second time changes nothing. */
    DelegationStatus revoke(Caller caller, Digest digest) {
        requireWatcher(caller);
        if (table.find(digest).isEmpty()) {
            throw new ProblemException(Problem.NOT_FOUND, "no such delegation");
        }
        transaction.executeWithoutResult(_ -> {
            if (table.revoke(digest, clock.instant())) {
                append(REVOKED, caller, digest, Wire.write(Map.of(CaseEntry.DELEGATED, digest.base64url())));
            }
            failpoint.reached("orders.delegation-revoking");
        });
        return status(table.find(digest).orElseThrow());
    }

    /** Officers and the supervisor see all of them; an outside co-approver those that name him. */
    List<DelegationStatus> list(Caller caller) {
        if (caller.role() != Role.CO_APPROVER) {
            requireWatcher(caller);
        }
        List<DelegationTable.Row> rows = caller.role() == Role.CO_APPROVER
                ? table.naming(caller.party().value(), caller.person(), LIST)
                : table.newest(LIST);
        return rows.stream().map(this::status).toList();
    }

    /** What the case says before the approval that rests on it. */
    Optional<SignedDocument> document(Digest digest) {
        return table.find(digest).map(DelegationTable.Row::document);
    }

    private DelegationStatus status(DelegationTable.Row row) {
        Delegation said = row.said();
        return new DelegationStatus(
                row.document().digest(),
                said.delegator(),
                said.party(),
                said.delegate(),
                said.from(),
                said.until(),
                said.decisions(),
                log.find(row.entry()).isPresent(),
                row.revokedAt());
    }

    private Pending append(String type, Caller caller, Digest digest, byte[] payload) {
        return log.append(new Statement(
                LogName.CASE,
                type,
                Intake.actor(caller),
                Optional.empty(),
                Optional.empty(),
                Map.of(CaseEntry.DELEGATED, digest.base64url()),
                payload));
    }

    private ProblemException refused(Caller officer, SignedDocument document, ApprovalFault fault) {
        refusals.enter(new RefusedAttempt(
                LogName.CASE,
                REFUSED,
                officer.party(),
                Intake.actor(officer),
                REFUSED + " " + fault.code(),
                Map.of(
                        CaseEntry.DETAIL,
                        fault.code(),
                        "claimedKey",
                        DocumentCheck.signer(document).base64url()),
                document.compact().getBytes(StandardCharsets.US_ASCII)));
        return new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
    }

    private String origin() {
        return parties.hoster().orElseThrow().gatewayOrigin();
    }

    private static SignedDocument parse(String compact) {
        try {
            return SignedDocument.parse(compact.strip());
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }

    private static void requireWatcher(Caller caller) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only officers and the supervisor do this");
        }
    }
}
