// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.LinkRecord;
import org.sparekey.protocol.evidence.LinkRecord.Act;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OfficerRecord.What;

/**
 * What the gateway's own hand says it cut and gave back: this order's guest and no other, under the number and behind the
 * entry that announced it. What officers did by hand is their own record, and what is neither is borne out by nothing.
 */
final class LinkChecks {

    private static final String UNDOING = "order.undoing";
    private static final String RESTORED = "order.restored";
    private static final String HAND_STOPPED = "order.hand-stopped";

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;
    private final Received order;
    private final List<String> seen = new ArrayList<>();

    LinkChecks(Findings findings, Members members, TrustFile trust, LogChecks log, Received order) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.log = log;
        this.order = order;
    }

    /** Says nothing of a case in which the gateway's hand did nothing, and officers say that they did. */
    void run() {
        if (byHand(CaseEntry.ISOLATED, CaseEntry.EXECUTING).isPresent()
                || byHand(RESTORED, UNDOING).isPresent()
                || byNobody().isPresent()) {
            findings.check(Topic.LINKS, this::judge);
            seen.forEach(what -> findings.note(Topic.LINKS, Finding.LINKS_NOT_AS_PROMISED, what));
        }
    }

    private Sentence judge() throws ForgedException, MissingException, MalformedException {
        Optional<LinkRecord> cut = record(CaseEntry.ISOLATED, CaseEntry.EXECUTING, Act.ISOLATED);
        Optional<LinkRecord> given = record(RESTORED, UNDOING, Act.RESTORED);
        if (cut.isPresent() && given.isPresent()) {
            boolean same = given.get().attempt() == cut.get().attempt()
                    && given.get().asset().equals(cut.get().asset())
                    && given.get().before().equals(cut.get().before())
                    && !given.get().at().isBefore(cut.get().at());
            require(same, Finding.LINKS_OTHER, RESTORED);
        }
        Optional<BundledEntry> byNobody = byNobody();
        need(
                byNobody.isEmpty(),
                Finding.LINKS_BY_NOBODY,
                byNobody.map(BundledEntry::folder).orElse(""));
        LinkRecord first = cut.isPresent() ? cut.get() : given.orElseThrow();
        return given.isPresent()
                ? Sentence.of(
                        Finding.LINKS_GIVEN_BACK,
                        first.asset().uuid(),
                        first.at(),
                        given.get().at())
                : Sentence.of(Finding.LINKS_CUT, first.asset().uuid(), first.at());
    }

    /** The entry of this type that follows its intent, where officers were not left with the act in between. */
    private Optional<BundledEntry> byHand(String type, String intent) {
        CaseLog entries = log.caseLog();
        int place = entries.lastBefore(type, entries.entries().size());
        int announced = entries.lastBefore(intent, Math.max(place, 0));
        boolean left = entries.lastBefore(HAND_STOPPED, Math.max(place, 0)) > announced
                || entries.lastBefore("order.attempt-lost", Math.max(place, 0)) > announced
                || byOfficers(type, announced, place);
        return place >= 0 && announced >= 0 && !left
                ? Optional.of(entries.entries().get(place))
                : Optional.empty();
    }

    /** What was done and nobody says that he did it: neither the hand by a record, nor an officer by his. */
    private Optional<BundledEntry> byNobody() {
        CaseLog entries = log.caseLog();
        for (String type : List.of(CaseEntry.ISOLATED, RESTORED)) {
            int place = entries.lastBefore(type, entries.entries().size());
            boolean byHand = byHand(type, type.equals(RESTORED) ? UNDOING : CaseEntry.EXECUTING)
                    .isPresent();
            if (place >= 0 && !byHand && !byOfficers(type, -1, place)) {
                return Optional.of(entries.entries().get(place));
            }
        }
        return Optional.empty();
    }

    /** Whether an officer reported this act between the two places. */
    private boolean byOfficers(String type, int after, int before) {
        What what = type.equals(RESTORED) ? What.RESTORE_DONE : What.TAKE_DOWN_DONE;
        return log.caseLog().entries().subList(after + 1, Math.max(before, after + 1)).stream()
                .anyMatch(entry -> entry.is(CaseEntry.OFFICER_RECORD)
                        && what.name().equals(entry.entry().clear().get(CaseEntry.WHAT)));
    }

    private Optional<LinkRecord> record(String type, String intent, Act act)
            throws ForgedException, MissingException, MalformedException {
        Optional<BundledEntry> entry = byHand(type, intent);
        return entry.isPresent() ? Optional.of(read(entry.get(), intent, act)) : Optional.empty();
    }

    private LinkRecord read(BundledEntry entry, String intent, Act act)
            throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.UNOPENED, entry.folder());
        SignedDocument signed =
                SignedDocument.parse(new String(entry.payload().orElseThrow(), StandardCharsets.US_ASCII));
        LinkRecord said = signed.read(LinkRecord.TYPE, LinkRecord.class);
        Signer.trusted(signed, trust.statementKeys(), Finding.NOT_THE_STATEMENT_KEY);
        CaseLog entries = log.caseLog();
        BundledEntry announced = entries.entries().get(entries.lastBefore(intent, entries.place(entry)));
        int attempted = entries.lastBefore(CaseEntry.EXECUTING, entries.place(entry));
        require(attempted >= 0, Finding.LINKS_OTHER, entry.folder());
        BundledEntry attempt = entries.entries().get(attempted);
        boolean meant = said.act() == act
                && said.orderDigest().equals(order.signed().digest())
                && said.intentLeaf().equals(announced.leaf())
                && Integer.toString(said.attempt())
                        .equals(attempt.entry().clear().get(CaseEntry.ATTEMPT));
        require(meant, Finding.LINKS_OTHER, entry.folder());
        for (String name : members.in(BundleMembers.APPROVALS)) {
            boolean guest = Approval.parse(members.need(name)).read().asset().equals(said.asset());
            require(
                    guest,
                    Finding.LINKS_OTHER_GUEST,
                    entry.folder(),
                    said.asset().uuid());
        }
        boolean inTime = !said.at().isBefore(announced.entry().time().minus(ApprovalCheck.CLOCK_SKEW))
                && !said.at().isAfter(entry.entry().time().plus(ApprovalCheck.CLOCK_SKEW));
        require(inTime, Finding.LINKS_OUT_OF_TIME, entry.folder(), said.at());
        if (!said.asPromised()) {
            seen.add("links");
        }
        if (!said.othersUnchanged()) {
            seen.add("others");
        }
        return said;
    }
}
