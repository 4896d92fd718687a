// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.order.ValidatorDocument;

/**
 * A row becomes a {@link VerifiedOrder} again only here: its stored documents are verified once more, as of the time they
 * were received and with the revocation lists stored then. Whoever altered a row in the database gets no further.
 */
final class Reverification {

    private static final Logger LOG = LoggerFactory.getLogger(Reverification.class);

    private final Verification verification;
    private final PaperTable papers;
    private final ApprovalTable approvals;
    private final RevocationSources revocation;
    private final Locator locator;
    private final Basis basis;
    private final CallBacks callBacks;
    private final Delegations delegations;

    Reverification(
            Verification verification,
            PaperTable papers,
            ApprovalTable approvals,
            RevocationSources revocation,
            Locator locator,
            Basis basis,
            CallBacks callBacks,
            Delegations delegations) {
        this.verification = verification;
        this.papers = papers;
        this.approvals = approvals;
        this.revocation = revocation;
        this.locator = locator;
        this.basis = basis;
        this.callBacks = callBacks;
        this.delegations = delegations;
    }

    /** Empty when what is stored does not verify, or cannot even be read. */
    Optional<VerifiedOrder> verified(OrderRow row) {
        try {
            return verified(row, read(row));
        } catch (MalformedException e) {
            // One row that somebody wrote over must not hide the others.
            LOG.error("order {} as it is stored cannot be read and proves nothing", row.id(), e);
            return Optional.empty();
        }
    }

    private Optional<VerifiedOrder> verified(OrderRow row, Submission submission) {
        RevocationEvidence evidence = papers.evidence(row.id());
        Instant at = row.filed().receivedAt();
        Verification then = verification.under(row.filed().matrixVersion());
        boolean paper = then.paper(submission.signed());
        Finding finding =
                paper ? then.verifyPaper(submission, evidence, at) : then.verify(submission, evidence, Set.of(), at);
        // What rests on no row of the matrix, such as a withdrawal, is never carried out itself.
        boolean founded = row.filed().matrixRow().isPresent();
        boolean lawful = founded
                && finding instanceof Finding.Genuine genuine
                && OrderDecisions.enter(submission.order().kind(), genuine.judgement())
                        instanceof Entrance.VerifiedAndHeld(Asked.Compelled _, Optional<String> needs)
                && (paper ? callBacks.confirmed(row) : needs.isEmpty());
        boolean same = submission.signed().digest().equals(row.filed().digest());
        return lawful && same
                ? Optional.of(new VerifiedOrder(
                        new Asked.Compelled(submission.order().kind()),
                        row.id(),
                        submission.signed(),
                        submission.order(),
                        at,
                        row.filed().matrixRow().orElseThrow(),
                        row.filed().matrixVersion()))
                : Optional.empty();
    }

    /** The round's approvals that count at that time. */
    List<ApprovalVerdict.Valid> approvals(OrderRow row, ApprovalBasis bound, Instant at) {
        return valid(row, bound, _ -> at);
    }

    /**
     * Whether two officers said release, each when he did: what the row remembers of it is only for finding the row. An
     * approval may lapse while a long capture runs; it was given before. One whose key, or whose delegation, is revoked since
     * says nothing.
     */
    boolean mayRelease(OrderRow row, Instant now) {
        return row.findings()
                .basis()
                .map(bound -> valid(row, bound, ApprovalTable.Dated::recordedAt).stream()
                        .filter(valid -> valid.officer()
                                .revokedAt()
                                .filter(revoked -> !now.isBefore(revoked))
                                .isEmpty())
                        .filter(valid -> valid.by().stream().allMatch(by -> by.stillMeant(now)))
                        .toList())
                .filter(valid -> new FourEyes(valid).mayRelease())
                .isPresent();
    }

    private List<ApprovalVerdict.Valid> valid(
            OrderRow row, ApprovalBasis bound, Function<ApprovalTable.Dated, Instant> at) {
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        for (ApprovalTable.Dated dated :
                approvals.dated(row.id(), row.standing().round())) {
            ApprovalVerdict verdict = ApprovalCheck.check(
                    dated.approval(),
                    bound,
                    Locating.order(row).issuer(),
                    verification::signer,
                    delegations.known(),
                    at.apply(dated));
            if (verdict instanceof ApprovalVerdict.Valid counts) {
                valid.add(counts);
            }
        }
        return valid;
    }

    /** Everything again, as of now: revocation, whereabouts, configuration, recipients, approvals. */
    Recheck recheck(OrderRow row, Instant now) {
        Submission submission = submission(row);
        Recheck revoked = revoked(submission, now);
        return revoked instanceof Recheck.Same ? facts(row, submission.order(), now) : revoked;
    }

    /** As well whether it is one tenant's: on a shared machine the others would go off the net with him (125p Sv). */
    Recheck recheckIsolation(OrderRow row, Instant now) {
        Recheck asked = recheck(row, now);
        if (!(asked instanceof Recheck.Same)) {
            return asked;
        }
        Whereabouts found =
                locator.locate(Locating.order(row).target(), row.filed().receivedAt());
        return found.filterOnly() ? new Recheck.Different(Recheck.SHARED) : asked;
    }

    /** Of a sealed copy there is no more to ask: whether issuer, judge and officers are still who they were. */
    Recheck recheckRelease(OrderRow row, Instant now) {
        Recheck revoked = revoked(submission(row), now);
        return revoked instanceof Recheck.Same && !mayRelease(row, now)
                ? new Recheck.Different("APPROVALS_LAPSED")
                : revoked;
    }

    private Recheck revoked(Submission submission, Instant now) {
        List<SignedDocument> documents = Stream.concat(Stream.of(submission.signed()), submission.validator().stream())
                .toList();
        Optional<RevocationEvidence> evidence =
                revocation.ask(verification.authorities(submission.order(), now), documents);
        if (evidence.isEmpty()) {
            return new Recheck.Unknown("REVOCATION_UNKNOWN");
        }
        return switch (verification.standing(submission, evidence.get(), now)) {
            case Finding.RevocationUnknown _ -> new Recheck.Unknown("REVOCATION_UNKNOWN");
            case Finding.NotGenuine(String code, List<DssCheck.Report> _) -> new Recheck.Different(code);
            case Finding.NotAuthorised(String code, Optional<String> _, List<DssCheck.Report> _) ->
                new Recheck.Different(code);
            case Finding.Genuine _ -> new Recheck.Same();
        };
    }

    private Recheck facts(OrderRow row, OrderDocument order, Instant now) {
        ApprovalBasis bound = row.findings().basis().orElseThrow();
        if (bound.copy().isPresent()) {
            return asBound(row, bound, now);
        }
        Whereabouts found = locator.locate(order.target(), row.filed().receivedAt());
        // A guest that is shared by now, or may only be read behind a filter, is one that would not have been found.
        OrderKind kind = OrderDecisions.copied(order)
                ? OrderKind.SNAPSHOT_COPY
                : row.filed().kind();
        if (OrderDecisions.located(kind, found) instanceof OrderEvent.NotFound(StopReason reason)) {
            return new Recheck.Different(reason.code());
        }
        if (!found.asset().equals(Optional.of(bound.asset()))) {
            return new Recheck.Different("OTHER_TARGET");
        }
        return asBound(row, bound, now);
    }

    private Recheck asBound(OrderRow row, ApprovalBasis bound, Instant now) {
        Optional<ApprovalBasis> fresh = basis.now(row);
        if (fresh.isEmpty()) {
            return new Recheck.Unknown("GUEST_UNREADABLE");
        }
        if (!fresh.get().equals(bound)) {
            return new Recheck.Different("OTHER_CONFIGURATION");
        }
        if (!callBacks.done(row, now)) {
            return new Recheck.Different("NOT_CALLED_BACK");
        }
        return new FourEyes(approvals(row, bound, now)).mayCapture(callBacks.oneMaySecure(row, now))
                ? new Recheck.Same()
                : new Recheck.Different("APPROVALS_LAPSED");
    }

    private static Submission submission(OrderRow row) {
        try {
            return read(row);
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }

    private static Submission read(OrderRow row) throws MalformedException {
        SignedDocument signed = AuthorityDocument.parse(row.filed().orderJws());
        Optional<SignedDocument> validator = row.filed().validatorJws().isEmpty()
                ? Optional.empty()
                : Optional.of(AuthorityDocument.parse(row.filed().validatorJws().get()));
        Optional<ValidatorDocument> validation = validator.isEmpty()
                ? Optional.empty()
                : Optional.of(validator.get().read(ValidatorDocument.TYPE, ValidatorDocument.class));
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        return new Submission(signed, order, validator, validation, List.of());
    }
}
