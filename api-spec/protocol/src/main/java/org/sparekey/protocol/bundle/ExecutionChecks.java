// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.approval.NodeBinding;
import org.sparekey.protocol.bundle.ApprovalRound.Given;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.ApprovalReference;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** Who approved, what was executed, what was read and what was received. What is enclosed is judged, whatever the state. */
final class ExecutionChecks {

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;
    private final Received order;
    private final ApprovalRound round;
    private final CopyChecks copy;
    private final List<SignedDocument> manifests = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    ExecutionChecks(
            Findings findings,
            Members members,
            TrustFile trust,
            LogChecks log,
            Received order,
            CopyChecks.Enclosed enclosed) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.log = log;
        this.order = order;
        this.round = new ApprovalRound(members, trust, log, order);
        this.copy = new CopyChecks(members, log, order, round, enclosed);
    }

    void run() {
        if (log.caseLog().has(CaseEntry.APPROVED)
                || log.caseLog().has(CaseEntry.EXECUTING)
                || !members.in(BundleMembers.APPROVALS).isEmpty()) {
            findings.check(Topic.APPROVALS, round::judge);
            for (ApprovalVerdict.Valid beside : round.beside()) {
                findings.check(Topic.SECOND_PERSON, () -> secondPerson(beside));
            }
        }
        if (due(CaseEntry.EXECUTING, BundleMembers.TICKET)) {
            findings.check(Topic.EXECUTION_TICKET, this::ticket);
        }
        if (copy.takenOver() || members.find(BundleMembers.PRESERVATION).isPresent()) {
            findings.check(Topic.WITHHELD_COPY, this::takenOver);
        } else if (due(CaseEntry.SECURED, BundleMembers.MANIFEST)) {
            findings.check(Topic.MANIFEST, this::manifest);
            seen.forEach(what -> findings.note(Topic.MANIFEST, Finding.NOT_AS_PROMISED, what));
        }
        if (copy.withheld()) {
            findings.check(Topic.WITHHELD_COPY, copy::kept);
        }
        if (due(CaseEntry.ACKNOWLEDGED, BundleMembers.ACKNOWLEDGEMENT)) {
            findings.check(Topic.ACKNOWLEDGEMENT, this::acknowledged);
        }
    }

    private static Sentence secondPerson(ApprovalVerdict.Valid one) {
        if (one.by().isPresent()) {
            ApprovalVerdict.Delegated by = one.by().orElseThrow();
            return Sentence.of(
                    Finding.STOOD_IN,
                    one.officer().person(),
                    one.officer().party(),
                    one.statement().decision(),
                    by.delegator().person(),
                    one.statement().delegation().orElseThrow(),
                    by.said().from(),
                    by.said().until());
        }
        return Sentence.of(
                Finding.CO_APPROVED,
                one.officer().person(),
                one.officer().party(),
                one.statement().decision());
    }

    private boolean due(String entry, String member) {
        return log.caseLog().has(entry) || members.find(member).isPresent();
    }

    private Sentence ticket() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.TICKET);
        ExecutionTicket ticket = signed.read(ExecutionTicket.TYPE, ExecutionTicket.class);
        Signer.trusted(signed, trust.statementKeys(), Finding.NOT_THE_STATEMENT_KEY);
        boolean ofOrder = ticket.orderDigest().equals(order.signed().digest())
                && ticket.order()
                        .filter(text -> !text.equals(order.signed().compact()))
                        .isEmpty();
        require(ofOrder, Finding.TICKET_OTHER_ORDER);
        List<Given> approvals = round.on(ticket.approvals());
        require(ticket.asset().equals(round.first().asset()), Finding.TICKET_OTHER_ASSET);
        BundledEntry intent = intent(approvals);
        require(intent.entry().time().isBefore(ticket.expiry()), Finding.TICKET_EXPIRED);
        List<ApprovalVerdict.Valid> carried = new ArrayList<>();
        for (Given approval : approvals) {
            carried.add(round.valid(approval, intent.entry().time()));
        }
        require(new FourEyes(carried).mayCapture(round.oneMaySecure()), Finding.TICKET_TOO_FEW_APPROVALS);
        TicketProof.check(ticket, log, trust, round.first().verifiedLeaf());
        return Sentence.of(
                Finding.TICKET_HOLDS, ticket.attempt(), intent.entry().time());
    }

    /** The entry that announced the attempt before anything was read: it commits to the ticket. */
    private BundledEntry intent(List<Given> approvals) throws ForgedException, MissingException {
        Optional<BundledEntry> intent =
                log.caseLog().committing(CaseEntry.EXECUTING, members.need(BundleMembers.TICKET));
        need(intent.isPresent(), Finding.NOT_COMMITTED, BundleMembers.TICKET);
        for (Given approval : approvals) {
            require(
                    log.caseLog().place(approval.entry()) < log.caseLog().place(intent.get()),
                    Finding.ANNOUNCED_BEFORE_APPROVED);
        }
        return intent.orElseThrow();
    }

    private Sentence manifest() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.MANIFEST);
        Manifest manifest = signed.read(Manifest.TYPE, Manifest.class);
        Signer.trusted(signed, trust.manifestKeys(), Finding.NOT_THE_MANIFEST_KEY);
        manifests.add(signed);
        boolean ofOrder = manifest.orderDigest().equals(order.signed().digest())
                && manifest.orderId().equals(order.order().id());
        require(ofOrder, Finding.MANIFEST_OTHER_ORDER);
        order.requireAssured(manifest.assurance());
        asApproved(manifest);
        executed(manifest);
        watched(manifest);
        return Sentence.of(Finding.MANIFEST_HOLDS, manifest.disks().size(), manifest.pointInTime());
    }

    /** A genuine manifest may say that not all was as it should be; whoever reads only "authentic" must see it too. */
    private void watched(Manifest manifest) {
        manifest.observations().stream()
                .filter(observation -> !observation.asPromised())
                .forEach(observation -> seen.add(observation.kind()));
        if (!manifest.configurationAfter().equals(manifest.configurationBefore())) {
            seen.add("configuration");
        }
    }

    private Sentence takenOver() throws ForgedException, MissingException, MalformedException {
        Sentence said = copy.got();
        manifests.add(members.document(BundleMembers.MANIFEST));
        return said;
    }

    private void asApproved(Manifest manifest) throws ForgedException, MissingException, MalformedException {
        ApprovalStatement approved = round.first();
        require(approved.copy().isEmpty(), Finding.COPY_NOT_APPROVED);
        require(manifest.asset().equals(approved.asset()), Finding.MANIFEST_OTHER_ASSET);
        require(
                manifest.configurationBefore().equals(approved.configurationHash()),
                Finding.MANIFEST_OTHER_CONFIGURATION);
        require(manifest.recipients().equals(approved.recipients()), Finding.MANIFEST_OTHER_RECIPIENTS);
        List<String> disks =
                manifest.disks().stream().map(CapturedDisk::sourceId).toList();
        require(approved.diskIds().containsAll(disks), Finding.MANIFEST_OTHER_DISK);
        Set<Digest> named = new HashSet<>();
        for (ApprovalReference reference : manifest.approvals()) {
            Optional<Given> enclosed = round.digest(reference.digest());
            need(enclosed.isPresent(), Finding.MANIFEST_APPROVAL_NOT_ENCLOSED);
            require(
                    enclosed.orElseThrow().statement().officer().equals(reference.officer()),
                    Finding.MANIFEST_OTHER_APPROVALS);
            named.add(reference.digest());
        }
        for (Given onTicket : round.on(ticketRead().approvals())) {
            require(named.contains(onTicket.approval().digest()), Finding.MANIFEST_OTHER_APPROVALS);
        }
    }

    private ExecutionTicket ticketRead() throws MissingException, MalformedException {
        return members.document(BundleMembers.TICKET).read(ExecutionTicket.TYPE, ExecutionTicket.class);
    }

    /** The order of things: announced, read, entered. */
    private void executed(Manifest manifest) throws ForgedException, MissingException, MalformedException {
        BundledEntry intent = intent(List.of());
        require(manifest.intentLeaf().equals(intent.leaf()), Finding.MANIFEST_OTHER_INTENT);
        require(
                manifest.ticketDigest().equals(Digest.sha256(members.need(BundleMembers.TICKET))),
                Finding.MANIFEST_OTHER_TICKET);
        Optional<BundledEntry> outcome =
                log.caseLog().committing(CaseEntry.SECURED, members.need(BundleMembers.MANIFEST));
        need(outcome.isPresent(), Finding.NOT_COMMITTED, BundleMembers.MANIFEST);
        require(
                log.caseLog().place(intent) < log.caseLog().place(outcome.orElseThrow()),
                Finding.ENTERED_BEFORE_ANNOUNCED);
        require(manifest.attempt() == ticketRead().attempt(), Finding.MANIFEST_OTHER_TICKET);
        String custody = ticketRead().node().map(NodeBinding::custody).orElse(Manifest.HOSTER);
        require(manifest.custody().equals(custody), Finding.MANIFEST_OTHER_TICKET);
        Instant entered = outcome.orElseThrow().entry().time();
        boolean before = !manifest.pointInTime().isAfter(entered)
                && !manifest.finishedAt().isAfter(entered.plus(ApprovalCheck.CLOCK_SKEW));
        require(before, Finding.COPY_YOUNGER_THAN_ENTRY);
        boolean after = !manifest.pointInTime().isBefore(intent.entry().time().minus(ApprovalCheck.CLOCK_SKEW));
        require(after, Finding.COPY_OLDER_THAN_ANNOUNCED);
    }

    private Sentence acknowledged() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ACKNOWLEDGEMENT);
        Acknowledgement acknowledgement = signed.read(Acknowledgement.TYPE, Acknowledgement.class);
        String authority = order.order().issuer().authority();
        Optional<BundledEntry> entry =
                log.caseLog().committing(CaseEntry.ACKNOWLEDGED, members.need(BundleMembers.ACKNOWLEDGEMENT));
        need(entry.isPresent(), Finding.NOT_COMMITTED, BundleMembers.ACKNOWLEDGEMENT);
        need(trust.authority(authority).isPresent(), Finding.NO_ROOT, authority);
        Optional<EnrolledSigner> signer = trust.enrolled(DocumentCheck.signer(signed))
                .filter(enrolled -> enrolled.party().equals(authority)
                        && enrolled.inForce(entry.orElseThrow().entry().time()));
        require(signer.isPresent(), Finding.ACKNOWLEDGED_BY_NOBODY, authority);
        log.enrolled(
                signer.orElseThrow().keyId(),
                signer.orElseThrow().role(),
                entry.orElseThrow().entry());
        Signer.trusted(signed, List.of(signer.orElseThrow().keyId()), Finding.SIGNED_BY_ANOTHER);
        require(acknowledgement.orderId().equals(order.order().id()), Finding.ACKNOWLEDGES_ANOTHER);
        need(!manifests.isEmpty(), Finding.ACKNOWLEDGED_WITHOUT_MANIFEST);
        require(acknowledgement.manifestDigest().equals(manifests.get(0).digest()), Finding.ACKNOWLEDGES_ANOTHER);
        return Sentence.of(Finding.ACKNOWLEDGED, authority, acknowledgement.at());
    }
}
