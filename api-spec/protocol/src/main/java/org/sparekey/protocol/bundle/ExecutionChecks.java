// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.ApprovalReference;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** Who approved, what was executed, what was read and what was received. */
final class ExecutionChecks {

    private static final Set<String> EXECUTED = Set.of("secured", "released", "available", "acknowledged", "closed");
    private static final Set<String> ACKNOWLEDGED = Set.of("acknowledged", "closed");

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final BundleIndex index;
    private final LogChecks log;
    private final Received order;
    private final List<Approval> approvals = new ArrayList<>();
    private final List<BundledEntry> approvalEntries = new ArrayList<>();
    private final List<SignedDocument> manifests = new ArrayList<>();

    ExecutionChecks(
            Findings findings, Members members, TrustFile trust, BundleIndex index, LogChecks log, Received order) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.index = index;
        this.log = log;
        this.order = order;
    }

    void run() {
        findings.check("two approvals", this::approved);
        if (EXECUTED.contains(index.state()) || log.caseLog().has("order.secured")) {
            findings.check("execution ticket", this::ticket);
            findings.check("manifest", this::manifest);
        }
        if (ACKNOWLEDGED.contains(index.state()) || log.caseLog().has("order.acknowledged")) {
            findings.check("acknowledgement", this::acknowledged);
        }
    }

    private String approved() throws ForgedException, MissingException, MalformedException {
        for (String name : members.in(BundleMembers.APPROVALS)) {
            approvals.add(Approval.parse(members.need(name)));
            Optional<BundledEntry> entry = log.caseLog().committing(members.need(name));
            need(entry.isPresent(), "no entry of the case commits to " + name);
            approvalEntries.add(entry.orElseThrow());
        }
        need(approvals.size() >= FourEyes.NEEDED, "fewer than two approvals are enclosed");
        Optional<BundledEntry> verified =
                log.caseLog().leaf(approvals.get(0).read().verifiedLeaf());
        need(verified.isPresent(), "the entry that says the order was verified is not enclosed");
        require(
                log.caseLog().place(verified.orElseThrow()) >= log.caseLog().place(order.entry()),
                "the approved entry is older than the order");
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        for (int i = 0; i < approvals.size(); i++) {
            valid.add(valid(approvals.get(i), approvalEntries.get(i).entry().time()));
            log.enrolled(
                    valid.get(i).officer().keyId(),
                    ApprovalCheck.OFFICER,
                    approvalEntries.get(i).entry());
        }
        require(new FourEyes(valid).mayRelease(), "not two officers with two keys who both said release");
        return "officers "
                + valid.stream().map(v -> v.officer().person()).sorted().collect(Collectors.joining(" and "))
                + " signed for this order, this asset and these recipients";
    }

    /** An enrolled officer's yes to this order and to the same asset, configuration and recipients as the first one's. */
    private ApprovalVerdict.Valid valid(Approval approval, Instant at) throws ForgedException, MalformedException {
        ApprovalStatement first = approvals.get(0).read();
        ApprovalBasis basis = new ApprovalBasis(
                order.signed().digest(),
                first.verifiedLeaf(),
                order.order().legalBasis().id(),
                order.order().legalBasis().version(),
                first.asset(),
                first.diskIds(),
                first.configurationHash(),
                first.recipients(),
                order.order().scope().captureMemory());
        ApprovalVerdict verdict =
                ApprovalCheck.check(approval, basis, order.order().issuer(), trust::enrolled, at);
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        String fault = verdict.match(
                accepted -> {
                    valid.add(accepted);
                    return "";
                },
                ApprovalFault::english);
        require(!valid.isEmpty(), fault);
        return valid.get(0);
    }

    /** With one of them missing, what rests on them cannot be judged either way. */
    private void needApprovals() throws MissingException {
        boolean all = approvals.size() >= FourEyes.NEEDED && approvalEntries.size() == approvals.size();
        need(all, "without both approvals and their entries this cannot be judged");
    }

    private String ticket() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.TICKET);
        ExecutionTicket ticket = signed.read(ExecutionTicket.TYPE, ExecutionTicket.class);
        Signer.trusted(signed, trust.statementKeys(), "statement key");
        require(ticket.orderDigest().equals(order.signed().digest()), "the ticket is for another order");
        require(
                ticket.order().isEmpty()
                        || ticket.order().get().equals(order.signed().compact()),
                "the ticket holds another order");
        needApprovals();
        require(
                Set.copyOf(ticket.approvals()).equals(Set.copyOf(approvals)),
                "the ticket rests on other approvals than those enclosed");
        require(
                ticket.asset().equals(approvals.get(0).read().asset()),
                "the ticket is for another asset than the approved one");
        BundledEntry intent = intent();
        require(intent.entry().time().isBefore(ticket.expiry()), "the ticket was announced after it had expired");
        for (Approval approval : approvals) {
            valid(approval, intent.entry().time());
        }
        return "attempt " + ticket.attempt() + ", announced in the log at "
                + intent.entry().time();
    }

    /** The entry that announced the attempt before anything was read: it commits to the ticket. */
    private BundledEntry intent() throws ForgedException, MissingException {
        Optional<BundledEntry> intent = log.caseLog().committing(members.need(BundleMembers.TICKET));
        need(intent.isPresent(), "no entry of the case commits to the ticket");
        for (BundledEntry approval : approvalEntries) {
            require(
                    log.caseLog().place(approval) < log.caseLog().place(intent.get()),
                    "the attempt was announced before it was approved");
        }
        return intent.orElseThrow();
    }

    private String manifest() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.MANIFEST);
        Manifest manifest = signed.read(Manifest.TYPE, Manifest.class);
        Signer.trusted(signed, trust.manifestKeys(), "manifest key");
        manifests.add(signed);
        boolean ofOrder = manifest.orderDigest().equals(order.signed().digest())
                && manifest.orderId().equals(order.order().id());
        require(ofOrder, "the manifest is of another order");
        ApprovalStatement approved = approvedStatement();
        require(manifest.asset().equals(approved.asset()), "another asset was read than the approved one");
        require(
                manifest.configurationBefore().equals(approved.configurationHash()),
                "what was read was not configured as approved");
        require(
                manifest.recipients().equals(approved.recipients()),
                "the copy is sealed to other recipients than the approved ones");
        require(
                approved.diskIds()
                        .containsAll(manifest.disks().stream()
                                .map(disk -> disk.sourceId())
                                .toList()),
                "a disk was read that nobody approved");
        require(references().equals(manifest.approvals()), "the manifest rests on other approvals");
        executed(signed, manifest);
        return manifest.disks().size() + " disk(s) as of " + manifest.pointInTime()
                + ", announced before and entered after";
    }

    /** The order of things: announced, read, entered. */
    private void executed(SignedDocument signed, Manifest manifest) throws ForgedException, MissingException {
        BundledEntry intent = intent();
        require(manifest.intentLeaf().equals(intent.leaf()), "the manifest names another announcement");
        require(
                manifest.ticketDigest().equals(Digest.sha256(members.need(BundleMembers.TICKET))),
                "the manifest names another ticket");
        Optional<BundledEntry> outcome = log.caseLog().committing(members.need(BundleMembers.MANIFEST));
        need(outcome.isPresent(), "no entry of the case commits to the manifest");
        require(
                log.caseLog().place(intent) < log.caseLog().place(outcome.orElseThrow()),
                "the outcome was entered before the attempt was announced");
        require(
                !manifest.pointInTime().isAfter(outcome.orElseThrow().entry().time()),
                "the copy claims to be younger than its entry");
    }

    private List<ApprovalReference> references() throws MalformedException {
        List<ApprovalReference> references = new ArrayList<>();
        for (Approval approval : approvals) {
            references.add(new ApprovalReference(approval.read().officer(), approval.digest()));
        }
        return references;
    }

    private ApprovalStatement approvedStatement() throws MissingException, MalformedException {
        needApprovals();
        return approvals.get(0).read();
    }

    private String acknowledged() throws ForgedException, MissingException, MalformedException {
        SignedDocument signed = members.document(BundleMembers.ACKNOWLEDGEMENT);
        Acknowledgement acknowledgement = signed.read(Acknowledgement.TYPE, Acknowledgement.class);
        String authority = order.order().issuer().authority();
        Optional<BundledEntry> entry = log.caseLog().committing(members.need(BundleMembers.ACKNOWLEDGEMENT));
        need(entry.isPresent(), "no entry of the case commits to the acknowledgement");
        Optional<EnrolledSigner> signer = trust.enrolled(DocumentCheck.signer(signed))
                .filter(enrolled -> enrolled.party().equals(authority)
                        && enrolled.inForce(entry.orElseThrow().entry().time()));
        require(signer.isPresent(), "acknowledged by nobody whom " + authority + " has enrolled");
        Signer.trusted(signed, List.of(signer.orElseThrow().keyId()), "person of " + authority);
        require(acknowledgement.orderId().equals(order.order().id()), "the acknowledgement is for another order");
        need(!manifests.isEmpty(), "without its manifest an acknowledgement cannot be compared");
        require(
                acknowledgement.manifestDigest().equals(manifests.get(0).digest()),
                "the acknowledgement is for another manifest");
        return authority + " acknowledged the manifest at " + acknowledgement.at();
    }
}
