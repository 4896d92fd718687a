// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.seal.Recipients;
import org.sparekey.capture.seal.SealRequest;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.auditlog.WitnessedProof;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.orders.Recheck;
import org.sparekey.gateway.orders.Transition;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One attempt from approval to sealed copy: compare, announce, wait for the announcement to be in a signed checkpoint,
 * read, sign, enter the outcome. What a crash leaves behind is said at each line; {@link ReconcileStep} picks it up.
 */
final class CaptureStep {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureStep.class);

    private final Orders orders;
    private final AuditLog log;
    private final TimeStamping time;
    private final AttemptTable attempts;
    private final Outcomes outcomes;
    private final LiveFacts facts;
    private final TicketDesk tickets;
    private final ManifestDesk manifests;
    private final EvidenceFolders folders;
    private final Sealer sealer;
    private final EvidenceSettings settings;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;
    private final CaptureProgress progress;

    CaptureStep(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            AttemptTable attempts,
            Outcomes outcomes,
            LiveFacts facts,
            TicketDesk tickets,
            ManifestDesk manifests,
            EvidenceFolders folders,
            Sealer sealer,
            EvidenceSettings settings,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint,
            CaptureProgress progress) {
        this.orders = orders;
        this.log = log;
        this.time = time;
        this.attempts = attempts;
        this.outcomes = outcomes;
        this.facts = facts;
        this.tickets = tickets;
        this.manifests = manifests;
        this.folders = folders;
        this.sealer = sealer;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
        this.progress = progress;
    }

    /** @return whether anything changed; false when it waits for a proof, a revocation list or the hypervisor */
    boolean begin(ApprovedOrder order) {
        return switch (orders.recheck(order)) {
            case Recheck.Same _ -> compared(order);
            case Recheck.Different(String code) -> orders.reviewAgain(order, code) instanceof Transition.Done;
            case Recheck.Unknown(String code) -> {
                LOG.warn("{} waits: {}", order.id(), code);
                yield false;
            }
        };
    }

    private boolean compared(ApprovedOrder order) {
        try {
            return switch (facts.decide(order)) {
                case ExecutionDecisions.Decision.Review(String reason) ->
                    orders.reviewAgain(order, reason) instanceof Transition.Done;
                case ExecutionDecisions.Decision.Capture _ ->
                    announce(order).map(attempt -> run(order, attempt)).orElse(false);
            };
        } catch (IOException hypervisor) {
            // Nothing was announced: the lease runs out and the order is claimed again.
            LOG.warn("{} waits: the hypervisor does not answer", order.id(), hypervisor);
            return false;
        }
    }

    /** The intent: ticket and attempt are logged before anything is touched. Empty while the order's own proof is due. */
    private Optional<Attempt> announce(ApprovedOrder order) {
        Digest verified = order.basis().verifiedLeaf();
        if (log.await(verified, settings.proofWait()).isEmpty()) {
            return Optional.empty();
        }
        WitnessedProof proof = log.proof(verified).orElseThrow();
        SignedDocument ticket = tickets.ticket(order, proof, settings.attemptTime());
        Optional<Attempt> announced = Objects.requireNonNull(transaction.execute(status -> announced(order, ticket)));
        // A crash here leaves an announced attempt that touched nothing: it is run later under the same ticket.
        failpoint.reached("evidence.announced");
        return announced;
    }

    private Optional<Attempt> announced(ApprovedOrder order, SignedDocument ticket) {
        byte[] intent = ticket.compact().getBytes(StandardCharsets.US_ASCII);
        if (!(orders.started(order, intent) instanceof Transition.Done(var _, var entry))) {
            return Optional.empty();
        }
        Attempt attempt = new Attempt(
                order.id(),
                order.attempt(),
                Attempt.State.ANNOUNCED,
                order.lease().epoch(),
                folders.fresh(),
                ticket.compact(),
                clock.instant().plus(settings.attemptTime()),
                entry,
                Optional.empty(),
                Optional.empty(),
                false);
        attempts.announce(attempt);
        failpoint.reached("evidence.announcing");
        return Optional.of(attempt);
    }

    /** Runs an attempt that was announced and has not touched anything yet. */
    boolean run(ApprovedOrder order, Attempt attempt) {
        if (!clock.instant().isBefore(attempt.expiresAt())) {
            outcomes.lost(order, attempt, AttemptOutcome.EXPIRED, List.of());
            return true;
        }
        if (log.await(attempt.intentLeaf(), settings.proofWait()).isEmpty()) {
            return false;
        }
        // Announced before its authority was suspended, and untouched: it waits, and expires with its ticket.
        if (orders.renew(order).isEmpty()) {
            return false;
        }
        // From this commit on a crash leaves a lost attempt: nobody can tell what was touched.
        if (!attempts.run(attempt, order.lease().epoch())) {
            return false;
        }
        failpoint.reached("evidence.running");
        try {
            capture(order, attempt);
        } catch (CaptureException refusal) {
            LOG.info(
                    "{} attempt {} refused: {}",
                    order.id(),
                    attempt.number(),
                    refusal.refusal().code());
            refused(order, attempt, refusal.refusal());
        } catch (IOException fault) {
            LOG.warn("{} attempt {} failed", order.id(), attempt.number(), fault);
            outcomes.lost(order, attempt, AttemptOutcome.FAULT, List.of());
        } catch (Watch.Stopped stopped) {
            LOG.warn("{} attempt {} stopped: {}", order.id(), attempt.number(), stopped.code());
            if (stopped.code().equals(AttemptOutcome.EXPIRED)) {
                outcomes.lost(order, attempt, stopped.code(), List.of());
            }
        }
        return true;
    }

    private void capture(ApprovedOrder order, Attempt attempt) throws IOException {
        ExecutionDecisions.Decision.Capture approved = facts.again(order);
        SealRequest request = new SealRequest(
                order.basis().asset().cluster(),
                approved.guest().uuid(),
                order.basis().asset().vmId(),
                order.basis().configurationHash(),
                approved.targets(),
                Recipients.of(order.recipients(), clock.instant()),
                settings.plan());
        Watch watch = new Watch(orders, order, attempt, clock, failpoint);
        SealedCapture sealed = sealer.capture(
                facts.hypervisor(), request, folders.volumes(attempt), folders.keys(attempt), (done, total) -> {
                    watch.progress(done, total);
                    progress.at(order.id(), done, total);
                });
        failpoint.reached("evidence.captured");
        SealedEvidence evidence = manifests.sign(order, attempt, sealed, folders.volumes(attempt));
        failpoint.reached("evidence.signed");
        secured(order, attempt, evidence);
    }

    /** Whoever lost the lease changes nothing: his files stay where they are and are never delivered. */
    private void secured(ApprovedOrder order, Attempt attempt, SealedEvidence evidence) {
        byte[] outcome = evidence.manifest().compact().getBytes(StandardCharsets.US_ASCII);
        transaction.executeWithoutResult(status -> {
            boolean done = orders.secured(order, evidence.manifest().digest(), outcome)
                            instanceof Transition.Done(var _, var entry)
                    && attempts.seal(attempt, order.lease().epoch(), evidence.manifest(), entry, evidence.files());
            if (!done) {
                status.setRollbackOnly();
            }
            // Only asked: the answer may come a day later, and nothing waits for it.
            time.ask(evidence.manifest().digest());
            failpoint.reached("evidence.securing");
        });
        failpoint.reached("evidence.secured");
    }

    /** What differs from the approval goes back to the officers; what did not work is tried again under a new number. */
    private void refused(ApprovedOrder order, Attempt attempt, CaptureRefusal refusal) {
        switch (refusal) {
            case GUEST_UNKNOWN,
                    CONFIGURATION_CHANGED,
                    DISK_MISSING,
                    DISK_FORMAT,
                    DISK_REFERS_ELSEWHERE,
                    RECIPIENTS_TOO_FEW,
                    RECIPIENTS_TOO_MANY,
                    RECIPIENT_NOT_VALID_NOW,
                    RECIPIENT_KEY_USAGE,
                    RECIPIENT_KEY_UNSUPPORTED -> outcomes.review(order, attempt, refusal.name());
            default -> outcomes.lost(order, attempt, refusal.name(), List.of());
        }
    }
}
