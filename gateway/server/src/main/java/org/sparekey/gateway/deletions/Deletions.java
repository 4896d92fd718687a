// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionList;
import org.sparekey.protocol.deletion.DeletionQuestion;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * What is terminated, and when it may be destroyed. A reseller's view is the same whether something is held or not: what he
 * calls and reads here touches no hold. Only the hoster's own delete path, directly before it acts, is told.
 */
public final class Deletions {

    /** How long a request waits for its place in the log. */
    public static final Duration RECEIPT_WAIT = Duration.ofSeconds(2);

    private final Terminations terminations;
    private final Permits permits;
    private final Reports reports;
    private final Bulks bulks;
    private final DeletionTable deletions;
    private final AuditLog log;
    private final InstantSource clock;

    Deletions(
            Terminations terminations,
            Permits permits,
            Reports reports,
            Bulks bulks,
            DeletionTable deletions,
            AuditLog log,
            InstantSource clock) {
        this.terminations = terminations;
        this.permits = permits;
        this.reports = reports;
        this.bulks = bulks;
        this.deletions = deletions;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Terminates one machine: the caller's own, or with the hoster's panel anybody's.
     *
     * @param request a compact JWS of a {@link org.sparekey.protocol.deletion.DeletionRequest}
     * @throws ProblemException NOT_FOUND for what is unknown, another's or named twice over, all alike
     */
    public DeletionAnswer request(Caller caller, byte[] request, String idempotencyKey) {
        if (caller.role() != Role.RESELLER && caller.role() != Role.OPERATOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only a reseller and the hoster's panel terminate machines");
        }
        return terminations.take(caller, request, idempotencyKey).answer();
    }

    /** Whether the entry is recorded, waiting a little. */
    boolean recorded(Digest entry) {
        return log.await(entry, RECEIPT_WAIT).isPresent();
    }

    /** A reseller's own, all of them alike; for the hoster's panel those whose disks are to be dealt with. */
    public DeletionList list(Caller caller) {
        List<Deletion> rows = switch (caller.role()) {
            case RESELLER -> deletions.of(caller.party());
            case OPERATOR -> deletions.due(clock.instant());
            case INVESTIGATOR, PROSECUTOR, JUDGE, OFFICER, CO_APPROVER, SUPERVISOR ->
                throw new ProblemException(Problem.FORBIDDEN, "only a reseller and the hoster's panel see them");
        };
        return new DeletionList(
                DeletionList.VERSION,
                DeletionList.TYPE,
                rows.stream().map(Deletion::answer).toList());
    }

    /** @param question JSON of a {@link DeletionQuestion} @return a signed {@code DeletionPermit} */
    public SignedDocument ask(Caller caller, String deletion, byte[] question) {
        requirePanel(caller);
        DeletionId id = DeletionId.parse(deletion).orElseThrow(Permits::unknown);
        try {
            return permits.ask(
                    caller, id, Wire.read(question, DeletionQuestion.class).salt());
        } catch (MalformedException e) {
            throw SignedPaper.malformed(e);
        }
    }

    /** @param report a compact JWS of a {@link org.sparekey.protocol.deletion.DeletionReport} */
    public DeletionAnswer report(Caller caller, String deletion, byte[] report) {
        requirePanel(caller);
        return reports.take(caller, DeletionId.parse(deletion).orElseThrow(Permits::unknown), report)
                .answer();
    }

    /** What waits for two officers. */
    public BulkList bulks(Caller caller) {
        requireOfficer(caller);
        return bulks.waiting();
    }

    /** @param statement a joint {@link org.sparekey.protocol.joint.BulkDeletion} @return what still waits */
    public BulkList approve(Caller caller, byte[] statement) {
        requireOfficer(caller);
        return bulks.approve(caller, statement);
    }

    private static void requirePanel(Caller caller) {
        if (caller.role() != Role.OPERATOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only the hoster's own delete path asks and reports");
        }
    }

    private static void requireOfficer(Caller caller) {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only officers let a bulk through");
        }
    }
}
