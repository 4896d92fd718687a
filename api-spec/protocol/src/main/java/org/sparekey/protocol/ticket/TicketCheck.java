// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.NodeBinding;
import org.sparekey.protocol.bundle.BundleVerifier;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.timestamp.TimeStamps;
import org.sparekey.protocol.tree.Checkpoint;

/**
 * Whether a node may act. The ticket comes in its case: the bundle of the order up to its announcement, ended for this very
 * request. The verifier that judges bundles years later judges it here, under the trust pinned on the node (decision 0045);
 * what is added is what only a node asks: for me, of my machines, now, and once.
 */
public final class TicketCheck {

    /** How old the witnesses' last look at the log may be: whatever was entered before it is in the case. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    /** No ticket is written for longer. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final String EXECUTING = "executing";
    private static final String WITHDRAWN = "withdrawn";

    private final NodeTrust trust;
    private final TimeStamps stamps;

    /** @param stamps judges the time-stamps that a case may have */
    public TicketCheck(NodeTrust trust, TimeStamps stamps) {
        this.trust = trust;
        this.stamps = stamps;
    }

    /**
     * @param bundle the ticket's case, a bundle.zip that holds the ticket
     * @param own the guests of this machine as its hypervisor lists them
     * @param memory what the node remembers
     */
    public TicketVerdict check(byte[] bundle, List<NodeTrust.Machine> own, TicketMemory memory, Instant now) {
        try {
            TicketCase read = TicketCase.read(bundle);
            Verification verified = BundleVerifier.verify(bundle, Optional.of(trust.bytes()), stamps);
            if (verified.overall() != Verification.AUTHENTIC) {
                List<Check> why = why(verified);
                return new TicketVerdict.Refused(fault(why), why, memory);
            }
            return genuine(read, own, memory, now);
        } catch (MalformedException e) {
            return new TicketVerdict.Refused(TicketFault.NOT_A_TICKET, List.of(), memory);
        }
    }

    private TicketVerdict genuine(TicketCase read, List<NodeTrust.Machine> own, TicketMemory memory, Instant now)
            throws MalformedException {
        Optional<TicketFault> unseen = Sightings.fault(read, trust.policy(), now);
        if (unseen.isPresent()) {
            return new TicketVerdict.Refused(unseen.get(), List.of(), memory);
        }
        Optional<TicketFault> log = log(read, memory);
        if (log.isPresent()) {
            return new TicketVerdict.Refused(log.get(), List.of(), memory);
        }
        // Also a ticket that is refused for another reason has shown a later log, and who was revoked.
        TicketMemory learned = memory.seen(read.heads(), read.revoked());
        List<Optional<TicketFault>> faults = List.of(
                course(read),
                addressed(read.ticket(), own),
                timely(read, now),
                used(read, learned),
                inForce(read, learned, now));
        Optional<TicketFault> fault = faults.stream().flatMap(Optional::stream).findFirst();
        if (fault.isPresent()) {
            return new TicketVerdict.Refused(fault.get(), List.of(), learned);
        }
        return new TicketVerdict.Accepted(
                read.order().id(),
                read.ticket(),
                read.ticket().approvals().get(0).read(),
                learned.begin(read.order().id(), read.ticket()));
    }

    private static List<Check> why(Verification verified) {
        return verified.checks().stream()
                .filter(check -> check.status() == Check.Status.FAIL || check.status() == Check.Status.MISSING)
                .collect(Collectors.toList());
    }

    /** By the first in the order of checking: what comes after rests on it. */
    private static TicketFault fault(List<Check> why) {
        if (why.isEmpty()) {
            return TicketFault.INCOMPLETE;
        }
        boolean missing = why.get(0).status() == Check.Status.MISSING;
        switch (why.get(0).topic()) {
            case WITNESSES:
                return TicketFault.UNWITNESSED;
            case APPROVALS:
            case SECOND_PERSON:
                return TicketFault.NOT_APPROVED;
            case ORDER_SIGNATURE:
            case VALIDATOR_SIGNATURE:
            case LEGAL_BASIS:
            case CALL_BACK:
                return missing ? TicketFault.INCOMPLETE : TicketFault.NOT_ORDERED;
            case SUSPENSION:
                return TicketFault.SUSPENDED;
            default:
                return missing ? TicketFault.INCOMPLETE : TicketFault.FORGED;
        }
    }

    /** Whoever shows a log that is behind, or beside, the one that this node has seen hides something. */
    private static Optional<TicketFault> log(TicketCase read, TicketMemory memory) throws MalformedException {
        for (Checkpoint shown : read.heads().values()) {
            Optional<Checkpoint> known = memory.head(shown.origin());
            if (known.isPresent() && shown.size() < known.get().size()) {
                return Optional.of(TicketFault.OLDER_LOG);
            }
            if (known.isPresent() && shown.size() == known.get().size() && !shown.equals(known.get())) {
                return Optional.of(TicketFault.FORKED);
            }
        }
        return Optional.empty();
    }

    private static Optional<TicketFault> course(TicketCase read) throws MalformedException {
        if (read.state().equals(WITHDRAWN)) {
            return Optional.of(TicketFault.WITHDRAWN);
        }
        if (!read.state().equals(EXECUTING)) {
            return Optional.of(TicketFault.NOT_DUE);
        }
        if (read.suspended()) {
            return Optional.of(TicketFault.SUSPENDED);
        }
        return read.announcedLast() ? Optional.empty() : Optional.of(TicketFault.SUPERSEDED);
    }

    private Optional<TicketFault> addressed(ExecutionTicket ticket, List<NodeTrust.Machine> own) {
        Optional<NodeBinding> node = ticket.node();
        if (node.filter(named -> named.id().equals(trust.node())).isEmpty()) {
            return Optional.of(TicketFault.OTHER_NODE);
        }
        if (node.get().protocol() != NodeBinding.PROTOCOL) {
            return Optional.of(TicketFault.OTHER_PROTOCOL);
        }
        if (!node.get().custody().equals(trust.custody())) {
            return Optional.of(TicketFault.OTHER_CUSTODY);
        }
        return NodeTrust.holds(own, ticket.asset()) ? Optional.empty() : Optional.of(TicketFault.OTHER_TARGET);
    }

    private static Optional<TicketFault> timely(TicketCase read, Instant now) {
        if (read.writtenAt().isAfter(now.plus(ApprovalCheck.CLOCK_SKEW))) {
            return Optional.of(TicketFault.NOT_YET);
        }
        if (!now.isBefore(read.ticket().expiry())) {
            return Optional.of(TicketFault.EXPIRED);
        }
        boolean tooLong = read.ticket().expiry().isAfter(read.writtenAt().plus(LONGEST));
        return tooLong ? Optional.of(TicketFault.TOO_LONG) : Optional.empty();
    }

    private static Optional<TicketFault> used(TicketCase read, TicketMemory memory) throws MalformedException {
        ExecutionTicket ticket = read.ticket();
        Optional<TicketMemory.Begun> begun = memory.begun(read.order().id());
        if (begun.filter(earlier -> earlier.ticket().equals(ticket.id())).isPresent()) {
            return Optional.of(TicketFault.REPLAYED);
        }
        return begun.filter(earlier -> ticket.attempt() <= earlier.attempt()).map(earlier -> TicketFault.FENCED);
    }

    /** The verifier judges each signature as of its day; before a guest is read it must hold today. */
    private Optional<TicketFault> inForce(TicketCase read, TicketMemory memory, Instant now) throws MalformedException {
        for (Digest signer : read.signers()) {
            Optional<Instant> pinned = trust.enrolled(signer).flatMap(EnrolledSigner::revokedAt);
            if (memory.revoked(signer) || pinned.filter(at -> !now.isBefore(at)).isPresent()) {
                return Optional.of(TicketFault.KEY_REVOKED);
            }
        }
        ApprovalBasis basis = basis(read.ticket().approvals().get(0).read());
        Issuer issuer = read.order().issuer();
        for (Approval approval : read.ticket().approvals()) {
            boolean holds = ApprovalCheck.check(approval, basis, issuer, trust::enrolled, now)
                    .match(valid -> true, fault -> false);
            if (!holds) {
                return Optional.of(TicketFault.APPROVAL_NOT_IN_FORCE);
            }
        }
        return Optional.empty();
    }

    /** What the first one signed; the verifier has found it to be the order's and the same for all. */
    private static ApprovalBasis basis(ApprovalStatement said) {
        return new ApprovalBasis(
                said.orderDigest(),
                said.verifiedLeaf(),
                said.matrixRow(),
                said.matrixVersion(),
                said.asset(),
                said.diskIds(),
                said.configurationHash(),
                said.recipients(),
                said.captureMemory(),
                said.copy());
    }
}
