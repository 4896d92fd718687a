// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.deletions.DeletionDecisions.Effect;
import org.sparekey.gateway.deletions.DeletionState.Permitted;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.deletion.DeletionReport;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes in what the hoster's hand did under a permit. */
final class Reports {

    private final SignedPaper papers;
    private final DeletionTable deletions;
    private final AttemptTable attempts;
    private final DeletionCase cases;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    Reports(
            SignedPaper papers,
            DeletionTable deletions,
            AttemptTable attempts,
            DeletionCase cases,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.papers = papers;
        this.deletions = deletions;
        this.attempts = attempts;
        this.cases = cases;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /**
     * A repeat is harmless by itself: the same outcome of the same permit is known.
     *
     * @throws ProblemException CONFLICT for what nobody permitted, after its entry is made
     */
    Deletion take(Caller caller, DeletionId id, byte[] body) {
        SignedDocument document = SignedPaper.parse(body);
        DeletionReport report = read(document);
        papers.requireBy(caller, document);
        if (!report.deletionId().equals(id.code())) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "it reports another deletion");
        }
        Actor actor = new Actor(caller.role().name(), Optional.of(DocumentCheck.signer(document)));
        byte[] payload = document.compact().getBytes(StandardCharsets.US_ASCII);
        boolean permitted = Objects.requireNonNull(transaction.execute(_ -> inTransaction(id, report, actor, payload)));
        failpoint.reached("deletions.reported");
        if (!permitted) {
            throw new ProblemException(Problem.CONFLICT, "nobody permitted that; it is entered");
        }
        return deletions.find(id).orElseThrow();
    }

    private boolean inTransaction(DeletionId id, DeletionReport report, Actor actor, byte[] payload) {
        Deletion row = deletions.lock(id).orElseThrow(Permits::unknown);
        AttemptTable.Attempt under = attempts.find(id, report.attempt())
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such permit"));
        boolean current = row.state() instanceof Permitted(Permit last) && last.attempt() == report.attempt();
        boolean earlier = under.outcome().equals(Optional.of(report.outcome()));
        Effect effect = DeletionDecisions.report(row.state(), under.permit(), current, earlier, report.outcome());
        Map<String, String> clear = Map.of(
                "attempt",
                Integer.toString(report.attempt()),
                "outcome",
                report.outcome().name());
        return switch (effect) {
            case Effect.Move(DeletionState to, DeletionStatement says) -> {
                attempts.reported(id, report.attempt(), report.outcome());
                deletions.state(id, to);
                cases.enter(row, says, actor, clear, payload);
                yield true;
            }
            case Effect.Known _ -> true;
            case Effect.Unpermitted _ -> {
                cases.enter(row, DeletionStatement.UNPERMITTED, actor, clear, payload);
                yield false;
            }
        };
    }

    private static DeletionReport read(SignedDocument document) {
        try {
            return document.read(DeletionReport.TYPE, DeletionReport.class);
        } catch (MalformedException e) {
            throw SignedPaper.malformed(e);
        }
    }
}
