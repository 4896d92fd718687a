// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.approval.KnownDelegations;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * What the officers decided in the round that counts: first, perhaps, that the copy may be made and withheld (secure),
 * and that it may go to the authority (release), before the capture or after it.
 */
final class ApprovalRound {

    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;
    private final Received order;
    private final CallBackChecks callBack;
    private final List<Given> given = new ArrayList<>();
    private final List<Approval> unread = new ArrayList<>();
    private final List<ApprovalVerdict.Valid> beside = new ArrayList<>();

    ApprovalRound(Members members, TrustFile trust, LogChecks log, Received order) {
        this.members = members;
        this.trust = trust;
        this.log = log;
        this.order = order;
        this.callBack = new CallBackChecks(trust, log, order);
    }

    /** An approval and the entry that took it down. */
    record Given(Approval approval, ApprovalStatement statement, BundledEntry entry) {}

    /** The same, found valid. */
    private record Spoken(Given given, ApprovalVerdict.Valid valid) {}

    List<Given> given() {
        return given;
    }

    /** The first officer's words; what the others signed is compared with them. */
    ApprovalStatement first() throws MissingException {
        need(!given.isEmpty() && unread.isEmpty(), Finding.NEEDS_APPROVALS);
        return given.get(0).statement();
    }

    /** What counted of those who are no officers in their own right; nothing before {@link #judge} has found all in order. */
    List<ApprovalVerdict.Valid> beside() {
        return List.copyOf(beside);
    }

    /** Judges each enclosed approval, and where the log says that something was done on them, whether they suffice. */
    Sentence judge() throws ForgedException, MissingException, MalformedException {
        for (String name : members.in(BundleMembers.APPROVALS)) {
            Approval approval = Approval.parse(members.need(name));
            Optional<BundledEntry> entry = log.caseLog().committing(CaseEntry.APPROVAL, members.need(name));
            if (entry.isEmpty()) {
                unread.add(approval);
            }
            need(entry.isPresent(), Finding.NOT_COMMITTED, name);
            given.add(new Given(approval, approval.read(), entry.orElseThrow()));
        }
        boolean announced = log.caseLog().has(CaseEntry.EXECUTING);
        boolean isolated = log.caseLog().has(CaseEntry.ISOLATED);
        boolean executed = announced || isolated || log.caseLog().has(CaseEntry.SECURED);
        int needed = announced && !isolated && oneMaySecure() ? 1 : FourEyes.NEEDED;
        need(!executed || given.size() >= needed, Finding.FEWER_THAN_TWO);
        if (given.isEmpty()) {
            return Sentence.of(Finding.NO_APPROVALS);
        }
        verified();
        List<ApprovalVerdict.Valid> valid = valid(log.caseLog().entries().size());
        if (executed) {
            sufficient();
        }
        valid.stream().filter(one -> !one.own()).forEach(beside::add);
        return Sentence.of(
                Finding.APPROVED,
                valid.stream()
                        .map(v -> v.officer().person() + " (" + v.statement().decision() + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** An emergency that was called back before the copy was announced. */
    boolean oneMaySecure() throws ForgedException, MissingException, MalformedException {
        return callBack.oneMaySecure(log.caseLog()
                .lastBefore(CaseEntry.EXECUTING, log.caseLog().entries().size()));
    }

    /** Two to make the copy before it was announced or to take the thing off the net, two to let go what was copied. */
    private void sufficient() throws ForgedException, MissingException, MalformedException {
        CaseLog entries = log.caseLog();
        boolean announced = entries.has(CaseEntry.EXECUTING);
        if (announced || entries.has(CaseEntry.SECURED)) {
            carriedOut(announced ? CaseEntry.EXECUTING : CaseEntry.SECURED, announced && oneMaySecure());
        }
        if (entries.has(CaseEntry.ISOLATED)) {
            carriedOut(CaseEntry.ISOLATED, false);
        }
        int released = entries.lastBefore(CaseEntry.RELEASED, entries.entries().size());
        require(released < 0 || new FourEyes(valid(released)).mayRelease(), Finding.NOT_TWO_FOR_RELEASE);
    }

    /** Enough said yes before this was entered, none refused, all of one round. */
    private void carriedOut(String what, boolean oneMay) throws ForgedException, MissingException {
        CaseLog entries = log.caseLog();
        int done = entries.lastBefore(what, entries.entries().size());
        int round = entries.lastBefore(CaseEntry.REVIEW, done);
        for (Given one : given) {
            require(
                    entries.place(one.entry()) > round,
                    Finding.APPROVED_BEFORE_REVIEW,
                    one.statement().officer());
        }
        for (BundledEntry entry : entries.entries().subList(Math.max(round, 0), done)) {
            boolean refusal = entry.is(CaseEntry.APPROVAL)
                    && Decision.REFUSE.name().equals(entry.entry().clear().get(CaseEntry.DECISION));
            require(!refusal, Finding.OFFICER_HAD_REFUSED, entry.folder());
        }
        require(new FourEyes(valid(done)).mayCapture(oneMay), Finding.NOT_TWO_FOR_CAPTURE);
    }

    private void verified() throws ForgedException, MissingException {
        Optional<BundledEntry> verified =
                log.caseLog().leaf(given.get(0).statement().verifiedLeaf());
        need(verified.isPresent(), Finding.VERIFIED_ENTRY_MISSING);
        boolean thatEntry = verified.orElseThrow().is(CaseEntry.VERIFIED)
                && log.caseLog().place(verified.orElseThrow()) > log.caseLog().place(order.entry());
        require(thatEntry, Finding.VERIFIED_ENTRY_OTHER);
    }

    /** Those entered before a place of the case, each judged as of its own entry; one that does not count is a forgery. */
    private List<ApprovalVerdict.Valid> valid(int before) throws ForgedException, MissingException {
        List<Spoken> spoken = new ArrayList<>();
        for (Given one : given) {
            if (log.caseLog().place(one.entry()) < before) {
                ApprovalVerdict.Valid next = valid(one, one.entry().entry().time());
                spoken.add(new Spoken(one, next));
                log.enrolled(
                        next.officer().keyId(),
                        next.officer().role(),
                        one.entry().entry());
                if (next.by().isPresent()) {
                    Digest delegator = next.by().orElseThrow().delegator().keyId();
                    log.enrolled(delegator, ApprovalCheck.OFFICER, one.entry().entry());
                }
            }
        }
        inTurn(spoken);
        return spoken.stream().map(Spoken::valid).collect(Collectors.toList());
    }

    /** Whoever may only be the second was not the first: the log has the order in which they spoke. */
    private void inTurn(List<Spoken> spoken) throws ForgedException {
        for (Spoken one : spoken) {
            int place = log.caseLog().place(one.given().entry());
            List<ApprovalVerdict.Valid> before = spoken.stream()
                    .filter(other -> log.caseLog().place(other.given().entry()) < place)
                    .map(Spoken::valid)
                    .collect(Collectors.toList());
            Optional<ApprovalFault> fault = new FourEyes(before).outOfTurn(one.valid());
            if (fault.isPresent()) {
                throw new ForgedException(
                        Finding.APPROVAL_INVALID, one.given().statement().officer(), fault.get());
            }
        }
    }

    /** An enrolled officer's word on this order and on the same asset, configuration and recipients as the first one's. */
    ApprovalVerdict.Valid valid(Given one, Instant at) throws ForgedException, MissingException {
        ApprovalStatement first = given.get(0).statement();
        ApprovalBasis basis = new ApprovalBasis(
                order.signed().digest(),
                first.verifiedLeaf(),
                order.order().legalBasis().id(),
                order.order().legalBasis().version(),
                first.asset(),
                first.diskIds(),
                first.configurationHash(),
                first.recipients(),
                order.order().scope().captureMemory(),
                first.copy());
        ApprovalVerdict verdict = ApprovalCheck.check(
                one.approval(), basis, order.order().issuer(), trust::enrolled, delegations(one), at);
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        List<Object> faults = new ArrayList<>();
        verdict.match(valid::add, faults::add);
        if (!faults.isEmpty()) {
            throw new ForgedException(Finding.APPROVAL_INVALID, one.statement().officer(), faults.get(0));
        }
        return valid.get(0);
    }

    /**
     * What the case says, before this one spoke, of the delegation that he names: one that was entered afterwards is none, and
     * what others filled their seats by need not be enclosed for his sake.
     */
    private KnownDelegations delegations(Given one) throws MissingException {
        Optional<String> named = one.statement().delegation().map(Digest::base64url);
        if (named.isEmpty()) {
            return KnownDelegations.NONE;
        }
        CaseLog entries = log.caseLog();
        List<SignedDocument> known = new ArrayList<>();
        for (BundledEntry entry : entries.entries().subList(0, entries.place(one.entry()))) {
            Optional<String> entered = Optional.ofNullable(entry.entry().clear().get(CaseEntry.DELEGATED));
            if (entry.is(CaseEntry.DELEGATION) && entered.equals(named)) {
                need(entry.payload().isPresent(), Finding.UNOPENED, entry.folder());
                document(entry.payload().orElseThrow()).ifPresent(known::add);
            }
        }
        return new KnownDelegations(
                trust.gatewayOrigin(),
                digest -> known.stream()
                        .filter(document -> document.digest().equals(digest))
                        .findFirst()
                        .map(document -> new KnownDelegations.Held(document, Optional.empty())));
    }

    private static Optional<SignedDocument> document(byte[] payload) {
        try {
            return Optional.of(Members.parse(payload));
        } catch (MalformedException noDelegation) {
            return Optional.empty();
        }
    }

    /** Those that a ticket rests on, in its order. */
    List<Given> on(List<Approval> ticket) throws ForgedException, MissingException {
        first();
        List<Given> named = new ArrayList<>();
        for (Approval approval : ticket) {
            Optional<Given> enclosed = given.stream()
                    .filter(one -> one.approval().equals(approval))
                    .findFirst();
            need(enclosed.isPresent(), Finding.TICKET_APPROVAL_NOT_ENCLOSED);
            named.add(enclosed.orElseThrow());
        }
        return named;
    }

    Optional<Given> digest(Digest digest) {
        return given.stream()
                .filter(one -> one.approval().digest().equals(digest))
                .findFirst();
    }
}
