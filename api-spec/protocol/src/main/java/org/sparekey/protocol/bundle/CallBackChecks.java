// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.callback.CallBackCheck;
import org.sparekey.protocol.callback.CallBackFault;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.ValidatorReference;

/** Proof 4: the codes that were given out and what officers signed about their calls, entry by entry. */
final class CallBackChecks {

    /** Nothing that came on paper is looked up, and nothing taken back by it, before somebody was called. */
    private static final Set<String> GOES_ON =
            Set.of(CaseEntry.LOCATED, CaseEntry.NARROWED, "order.stopped", "order.applied");

    private static final Set<String> CARRIED_OUT =
            Set.of(CaseEntry.EXECUTING, CaseEntry.SECURED, CaseEntry.RELEASED, CaseEntry.ISOLATED);

    private final TrustFile trust;
    private final LogChecks log;
    private final Received order;

    CallBackChecks(TrustFile trust, LogChecks log, Received order) {
        this.trust = trust;
        this.log = log;
        this.order = order;
    }

    /** @param claimed what the bundle's index says of itself */
    Sentence judge(boolean claimed) throws ForgedException, MissingException, MalformedException {
        List<CallBackRecord> counting = before(log.caseLog().entries().size());
        List<CallBackRecord> confirmed = confirmed(counting);
        require(!claimed || !confirmed.isEmpty(), Finding.CALL_BACK_UNPROVEN);
        Optional<CallBackRecord> denied = counting.stream()
                .filter(record -> record.outcome() == CallBackOutcome.DENIED)
                .findFirst();
        if (denied.isPresent()) {
            return denied(denied.get());
        }
        return Sentence.of(
                Finding.CALLED_BACK,
                confirmed.stream().map(CallBackRecord::officer).collect(Collectors.joining(", ")),
                confirmed.isEmpty() ? "-" : confirmed.get(0).at());
    }

    /** The same where the law asks for a call before anything is carried out: one that came afterwards is none. */
    Sentence judgeDue(boolean claimed) throws ForgedException, MissingException, MalformedException {
        Sentence said = judge(claimed);
        BundledEntry done = carriedOut().orElseThrow();
        need(
                !confirmed(before(log.caseLog().place(done))).isEmpty(),
                Finding.CARRIED_OUT_UNCALLED,
                done.folder(),
                done.entry().type());
        return said;
    }

    /** The first entry by which something was read, given, or taken off the net. */
    Optional<BundledEntry> carriedOut() {
        return log.caseLog().entries().stream()
                .filter(entry -> CARRIED_OUT.contains(entry.entry().type()))
                .findFirst();
    }

    /** "Not ours" ends an order whatever else was said; one that it did not end went on against its issuer's word. */
    private Sentence denied(CallBackRecord denial) throws ForgedException {
        require(log.caseLog().has(CaseEntry.REFUSED), Finding.CALL_BACK_DENIED_IN_VAIN, denial.officer(), denial.at());
        return Sentence.of(Finding.CALL_BACK_DENIED, denial.officer(), denial.at());
    }

    /** Whether somebody else than the one who entered it heard this one's word, before anything was done on it. */
    boolean heard(CallBackSubject subject, String notBy) throws ForgedException, MissingException, MalformedException {
        return before(wentOn()).stream()
                .anyMatch(record -> record.subject() == subject
                        && record.outcome() == CallBackOutcome.CONFIRMED
                        && !record.officer().equals(notBy));
    }

    /** The place of the first thing that was done on the order; as long as nothing was, the end. */
    private int wentOn() {
        List<BundledEntry> entries = log.caseLog().entries();
        for (int i = 0; i < entries.size(); i++) {
            if (GOES_ON.contains(entries.get(i).entry().type())) {
                return i;
            }
        }
        return entries.size();
    }

    boolean none() {
        return !log.caseLog().has(CaseEntry.CALLED_BACK);
    }

    /** Whether one officer's word sufficed for a copy that was announced at this place of the case. */
    boolean oneMaySecure(int place) throws ForgedException, MissingException, MalformedException {
        return order.order().urgency() == Urgency.EMERGENCY
                && !confirmed(before(place)).isEmpty();
    }

    private static List<CallBackRecord> confirmed(List<CallBackRecord> counting) {
        return counting.stream()
                .filter(record ->
                        record.subject() == CallBackSubject.ISSUER && record.outcome() == CallBackOutcome.CONFIRMED)
                .toList();
    }

    private List<CallBackRecord> before(int place) throws ForgedException, MissingException, MalformedException {
        Set<Digest> issuer = new HashSet<>();
        Set<Digest> validator = new HashSet<>();
        List<CallBackRecord> counting = new ArrayList<>();
        for (BundledEntry entry : log.caseLog().entries().subList(0, Math.max(0, place))) {
            if (entry.is(CaseEntry.CALL_BACK_CODE)) {
                boolean ofIssuer = CallBackSubject.ISSUER
                        .name()
                        .equals(entry.entry().clear().get(CaseEntry.SUBJECT));
                (ofIssuer ? issuer : validator).add(code(entry));
            } else if (entry.is(CaseEntry.CALLED_BACK)) {
                counting.add(record(entry, issuer, validator));
            }
        }
        return counting;
    }

    private static Digest code(BundledEntry entry) throws ForgedException {
        String text = entry.entry().clear().getOrDefault(CaseEntry.CODE, "");
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ForgedException(Finding.CALL_BACK_INVALID, entry.folder(), CallBackFault.WRONG_CODE);
        }
    }

    /** Trusts nothing yet. */
    static CallBackRecord read(byte[] payload) throws MalformedException {
        return Members.parse(payload).read(CallBackRecord.TYPE, CallBackRecord.class);
    }

    private CallBackRecord record(BundledEntry entry, Set<Digest> issuer, Set<Digest> validator)
            throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.CALL_BACK_UNOPENED, entry.folder());
        SignedDocument signed = Members.parse(entry.payload().orElseThrow());
        CallBackRecord record = signed.read(CallBackRecord.TYPE, CallBackRecord.class);
        boolean ofIssuer = record.subject() == CallBackSubject.ISSUER;
        String authority = ofIssuer
                ? order.order().issuer().authority()
                : order.order().validator().map(ValidatorReference::authority).orElse("");
        Optional<CallBackFault> fault = CallBackCheck.check(
                signed,
                record,
                new CallBackCheck.Facts(
                        order.signed().digest(),
                        record.subject(),
                        authority,
                        ofIssuer ? issuer : validator,
                        entry.entry().time()),
                trust::enrolled);
        if (fault.isPresent()) {
            throw new ForgedException(Finding.CALL_BACK_INVALID, entry.folder(), fault.get());
        }
        log.enrolled(DocumentCheck.signer(signed), ApprovalCheck.OFFICER, entry.entry());
        return record;
    }
}
