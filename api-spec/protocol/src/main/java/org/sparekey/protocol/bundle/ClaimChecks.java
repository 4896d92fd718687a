// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderStatus;

/**
 * What the entries say in clear, from which reports are counted, compared with the documents that they commit to and that
 * this bundle encloses; and the order in which they came (docs/what-a-bundle-proves.md has the table).
 */
final class ClaimChecks {

    private static final String NEEDS = "NEEDS";

    /** Believed only beside what they commit to; without it an execution on paper is missing by its own check. */
    private static final Set<String> DOCUMENTED = Set.of(
            CaseEntry.BASIS,
            CaseEntry.APPROVAL,
            CaseEntry.DELEGATION,
            CaseEntry.CALLED_BACK,
            CaseEntry.REFUSAL_REASON,
            CaseEntry.OFFICER_RECORD);

    private final Findings findings;
    private final Members members;
    private final LogChecks log;
    private final Received order;
    private final Optional<Judgement> judged;
    private final FollowUps followUps;
    private final Whereabouts whereabouts;
    private Optional<ApprovalBasis> asked = Optional.empty();

    ClaimChecks(
            Findings findings,
            Members members,
            TrustFile trust,
            LogChecks log,
            Received order,
            Optional<Judgement> judged) {
        this.findings = findings;
        this.members = members;
        this.log = log;
        this.order = order;
        this.judged = judged;
        this.followUps = new FollowUps(trust, order);
        this.whereabouts = new Whereabouts(order);
    }

    void run() {
        findings.check(Topic.COURSE, this::course);
        findings.check(Topic.CLAIMS, this::claims);
    }

    /** No entry where the state lets none come, and none much older than the one before it. */
    private Sentence course() throws ForgedException {
        CaseCourse course = new CaseCourse();
        Instant latest = Instant.MIN;
        for (BundledEntry entry : log.caseLog().entries()) {
            String type = entry.entry().type();
            require(
                    CaseCourse.follows(course.state(), type),
                    Finding.OUT_OF_COURSE,
                    entry.folder(),
                    type,
                    course.state());
            boolean later = latest.equals(Instant.MIN)
                    || !entry.entry().time().isBefore(latest.minus(ApprovalCheck.CLOCK_SKEW));
            require(later, Finding.TIME_WENT_BACK, entry.folder(), latest);
            latest = entry.entry().time().isAfter(latest) ? entry.entry().time() : latest;
            course.take(type);
        }
        return Sentence.of(Finding.IN_COURSE, log.caseLog().entries().size());
    }

    private Sentence claims() throws ForgedException, MissingException, MalformedException {
        for (BundledEntry entry : log.caseLog().entries()) {
            Optional<OwnWords> words = OwnWords.of(entry);
            if (words.isPresent()) {
                own(entry, words.get());
            }
            if (FollowUps.is(entry)) {
                followUps.judge(entry);
            } else {
                byGateway(entry);
            }
        }
        return Sentence.of(Finding.CLAIMS_HOLD, log.caseLog().entries().size());
    }

    private void own(BundledEntry entry, OwnWords words) throws ForgedException {
        boolean same = words.type().equals(entry.entry().type())
                && words.orderId().equals(order.order().id())
                && words.orderDigest().equals(order.signed().digest())
                && words.facts().equals(entry.entry().clear());
        require(same, Finding.CLAIM_DIFFERS, entry.folder(), "payload");
    }

    private void byGateway(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        switch (entry.entry().type()) {
            case CaseEntry.SUBMITTED -> submitted(entry);
            case CaseEntry.VERIFIED -> verified(entry);
            case CaseEntry.HELD, CaseEntry.ORAL -> row(entry);
            case CaseEntry.LOCATED, CaseEntry.NARROWED -> whereabouts.found(entry);
            case CaseEntry.ANSWERED -> whereabouts.answered(entry, members);
            case CaseEntry.EXECUTING, CaseEntry.SECURED -> attempt(entry);
            default -> byOfficers(entry);
        }
    }

    private void byOfficers(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        Optional<byte[]> payload = entry.payload();
        if (payload.isEmpty()) {
            need(!DOCUMENTED.contains(entry.entry().type()), Finding.UNOPENED, entry.folder());
            return;
        }
        switch (entry.entry().type()) {
            case CaseEntry.BASIS -> asked = Optional.of(Wire.read(payload.get(), ApprovalBasis.class));
            case CaseEntry.APPROVAL ->
                approval(entry, Approval.parse(payload.get()).read());
            case CaseEntry.DELEGATION ->
                claim(
                        entry,
                        CaseEntry.DELEGATED,
                        Members.parse(payload.get()).digest().base64url());
            case CaseEntry.CALLED_BACK -> {
                CallBackRecord said = CallBackChecks.read(payload.get());
                claim(entry, CaseEntry.SUBJECT, said.subject().name());
                claim(entry, CaseEntry.OUTCOME, said.outcome().name());
            }
            case CaseEntry.REFUSAL_REASON ->
                claim(
                        entry,
                        CaseEntry.GROUND,
                        Wire.read(payload.get(), RefusalReason.class).ground().code());
            case CaseEntry.OFFICER_RECORD ->
                claim(
                        entry,
                        CaseEntry.WHAT,
                        Wire.read(payload.get(), OfficerRecord.class).what().name());
            case OutOfBandExecution.ENTRY_TYPE -> onPaper(entry, payload.get());
            default -> {
                // Nothing in clear that a document of the bundle could contradict.
            }
        }
    }

    private void submitted(BundledEntry entry) throws ForgedException {
        claim(entry, CaseEntry.KIND, order.order().kind().name());
        boolean paper = !order.assurance().authenticity().equals(Assurance.SIGNED);
        claim(entry, CaseEntry.AUTHENTICITY, paper ? OrderStatus.PAPER : OrderStatus.SIGNED);
    }

    /** What was still needed when the order came may have come since; beyond that the verdict is this program's own. */
    private void verified(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        claim(
                entry,
                CaseEntry.MATRIX,
                Matrix.parse(members.need(BundleMembers.MATRIX)).version());
        String verdict = entry.entry().clear().getOrDefault(CaseEntry.VERDICT, "");
        if (judged.isPresent() && !verdict.contains(NEEDS)) {
            claim(entry, CaseEntry.VERDICT, judged.get().text());
        }
        row(entry);
    }

    private void row(BundledEntry entry) throws ForgedException {
        if (judged.flatMap(Judgement::row).isPresent()) {
            claim(
                    entry,
                    CaseEntry.ROW,
                    judged.flatMap(Judgement::row).orElseThrow().id());
        }
    }

    private void approval(BundledEntry entry, ApprovalStatement said) throws ForgedException, MalformedException {
        claim(entry, CaseEntry.DECISION, said.decision().name());
        whereabouts.approved(entry, said.asset());
        boolean asShown = asked.filter(shown -> !shown.equals(new ApprovalBasis(
                        said.orderDigest(),
                        said.verifiedLeaf(),
                        said.matrixRow(),
                        said.matrixVersion(),
                        said.asset(),
                        said.diskIds(),
                        said.configurationHash(),
                        said.recipients(),
                        said.captureMemory(),
                        said.copy())))
                .isEmpty();
        require(asShown, Finding.CLAIM_DIFFERS, entry.folder(), "basis");
    }

    /** Number of the attempt; where a copy was taken over, the case that it is from, which is compared by {@link CopyChecks}. */
    private void attempt(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        if (entry.payload().isEmpty() || entry.entry().clear().containsKey(CaseEntry.COPY_OF)) {
            return;
        }
        byte[] document = entry.payload().get();
        int attempt = entry.is(CaseEntry.EXECUTING)
                ? Members.parse(document)
                        .read(ExecutionTicket.TYPE, ExecutionTicket.class)
                        .attempt()
                : Members.parse(document).read(Manifest.TYPE, Manifest.class).attempt();
        claim(entry, CaseEntry.ATTEMPT, Integer.toString(attempt));
    }

    private static void onPaper(BundledEntry entry, byte[] payload) throws ForgedException, MalformedException {
        OutOfBandExecution said = JointStatement.parse(payload).read(OutOfBandExecution.class);
        claim(entry, OutOfBandExecution.REASON, said.reason().name());
        claim(entry, OutOfBandExecution.FINISHED_AT, Wire.text(said.finishedAt()));
        require(said.order().equals(entry.entry().caseId()), Finding.CLAIM_DIFFERS, entry.folder(), "order");
    }

    static void claim(BundledEntry entry, String name, String document) throws ForgedException {
        boolean same = document.equals(entry.entry().clear().get(name));
        require(same, Finding.CLAIM_DIFFERS, entry.folder(), name);
    }
}
