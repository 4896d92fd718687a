// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/**
 * A copy that a freezing made, sealed and withheld. The freezing's own bundle shows that by it nothing left; the later order's
 * encloses that bundle whole, and shows that the officers signed for exactly this copy.
 */
final class CopyChecks {

    private final Members members;
    private final LogChecks log;
    private final Received order;
    private final ApprovalRound round;
    private final Enclosed enclosed;

    CopyChecks(Members members, LogChecks log, Received order, ApprovalRound round, Enclosed enclosed) {
        this.members = members;
        this.log = log;
        this.order = order;
        this.round = round;
        this.enclosed = enclosed;
    }

    /** Judges the bundle of a freezing under the same trust; inside one nothing further may be enclosed. */
    interface Enclosed {
        Verification judge(byte[] bundle);
    }

    /** Whether this order got a copy for which it announced no attempt of its own. */
    boolean takenOver() {
        return order.order().kind() == OrderKind.SNAPSHOT_COPY
                && log.caseLog().has(CaseEntry.SECURED)
                && !log.caseLog().has(CaseEntry.EXECUTING);
    }

    boolean withheld() {
        return order.order().kind() == OrderKind.PRESERVATION && log.caseLog().has(CaseEntry.SECURED);
    }

    /** Of a freezing. */
    Sentence kept() throws ForgedException {
        require(!log.caseLog().has(CaseEntry.RELEASED), Finding.COPY_LET_GO_BY_FREEZING);
        require(order.order().scope().says(Measure.SECURED_COPY), Finding.COPY_NOT_APPROVED);
        return Sentence.of(Finding.COPY_WITHHELD);
    }

    /** Of the order that got it. */
    Sentence got() throws ForgedException, MissingException, MalformedException {
        require(takenOver(), Finding.COPY_NOT_TAKEN_OVER);
        byte[] bundle = members.need(BundleMembers.PRESERVATION);
        Verification earlier = enclosed.judge(bundle);
        require(earlier.overall() != Verification.NOT_AUTHENTIC, Finding.FREEZING_NOT_AUTHENTIC);
        need(earlier.overall() == Verification.AUTHENTIC, Finding.FREEZING_INCOMPLETE);
        Members frozen = new Members(CanonicalZip.read(bundle));
        OrderDocument freezing = frozen.document(BundleMembers.ORDER).read(OrderDocument.TYPE, OrderDocument.class);
        require(names(freezing), Finding.COPY_OF_ANOTHER);
        byte[] manifest = members.need(BundleMembers.MANIFEST);
        boolean same = Arrays.equals(manifest, frozen.need(BundleMembers.MANIFEST));
        require(same, Finding.COPY_OTHER_MANIFEST);
        SignedDocument signed = members.document(BundleMembers.MANIFEST);
        approved(signed, signed.read(Manifest.TYPE, Manifest.class));
        Optional<BundledEntry> outcome = log.caseLog().committing(CaseEntry.SECURED, manifest);
        need(outcome.isPresent(), Finding.NOT_COMMITTED, BundleMembers.MANIFEST);
        require(named(outcome.orElseThrow(), frozen), Finding.COPY_OF_ANOTHER);
        return Sentence.of(Finding.COPY_TAKEN_OVER, freezing.id());
    }

    /** The entry names the case that the copy is from. */
    private static boolean named(BundledEntry outcome, Members frozen) throws MissingException, MalformedException {
        String named = outcome.entry().clear().getOrDefault(CaseEntry.COPY_OF, "");
        return CaseLog.read(frozen).last().entry().caseId().equals(Optional.of(named));
    }

    private boolean names(OrderDocument freezing) {
        OrderDocument later = order.order();
        return later.parentOrder().equals(Optional.of(freezing.id()))
                && freezing.kind() == OrderKind.PRESERVATION
                && freezing.issuer().authority().equals(later.issuer().authority())
                && freezing.target().equals(later.target())
                && freezing.deliverTo().equals(later.deliverTo());
    }

    private void approved(SignedDocument signed, Manifest manifest) throws ForgedException, MissingException {
        ApprovalStatement said = round.first();
        List<String> disks =
                manifest.disks().stream().map(CapturedDisk::sourceId).toList();
        boolean thisCopy = said.copy().equals(Optional.of(signed.digest()))
                && said.asset().equals(manifest.asset())
                && said.configurationHash().equals(manifest.configurationBefore())
                && said.recipients().equals(manifest.recipients())
                && said.diskIds().containsAll(disks);
        require(thisCopy, Finding.COPY_NOT_APPROVED);
    }
}
