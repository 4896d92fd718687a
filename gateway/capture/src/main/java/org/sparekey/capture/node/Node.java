// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.seal.Progress;
import org.sparekey.capture.seal.Recipients;
import org.sparekey.capture.seal.SealPlan;
import org.sparekey.capture.seal.SealRequest;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.ticket.NodeTrust;
import org.sparekey.protocol.ticket.TicketCheck;
import org.sparekey.protocol.ticket.TicketFault;
import org.sparekey.protocol.ticket.TicketVerdict;

/**
 * Carries out what its ticket proves, and nothing else. It takes no word of the gateway for anything: {@link TicketCheck} judges
 * the case under what was pinned here. One ticket at a time.
 */
public final class Node {

    private final TicketCheck check;
    private final Hypervisor hypervisor;
    private final Sealer sealer;
    private final SealPlan plan;
    private final NodeJournal journal;
    private final Path spool;
    private final Receiver receiver;
    private final InstantSource clock;
    private final Consumer<String> failpoint;

    /**
     * @param spool for the sealed files that are being written or sent
     * @param failpoint told at each place where a crash leaves something else behind
     */
    public Node(
            TicketCheck check,
            Hypervisor hypervisor,
            Sealer sealer,
            SealPlan plan,
            NodeJournal journal,
            Path spool,
            Receiver receiver,
            InstantSource clock,
            Consumer<String> failpoint) {
        this.check = check;
        this.hypervisor = hypervisor;
        this.sealer = sealer;
        this.plan = plan;
        this.journal = journal;
        this.spool = spool;
        this.receiver = receiver;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /**
     * To be called before anything else after a start. Ends what a killed process left on the hypervisor and in the spool.
     *
     * @return the attempt that was lost with it; it is never taken up again
     */
    public synchronized Optional<NodeState.Work> recover() throws IOException {
        NodeState state = journal.read();
        hypervisor.recover();
        clean();
        failpoint.accept("node.cleaned");
        journal.write(state.idle());
        return state.work();
    }

    /**
     * @param bundle the ticket in its case
     * @param certificates of the recipients; believed only where their keys are the approved ones
     * @throws IOException where hypervisor, spool or gateway failed; the attempt is used up
     */
    public synchronized NodeOutcome take(byte[] bundle, List<X509Certificate> certificates, Progress progress)
            throws IOException {
        NodeState state = journal.read();
        if (state.work().isPresent()) {
            throw new IOException("an attempt was begun and not ended: the node has to be started anew");
        }
        TicketVerdict verdict = check.check(bundle, own(), state.memory(), clock.instant());
        if (verdict instanceof TicketVerdict.Refused refused) {
            journal.write(state.with(refused.memory()));
            return new NodeOutcome.Refused(refused.fault(), refused.why());
        }
        return accepted(state, (TicketVerdict.Accepted) verdict, certificates, progress);
    }

    private NodeOutcome accepted(
            NodeState state, TicketVerdict.Accepted ticket, List<X509Certificate> certificates, Progress progress)
            throws IOException {
        Optional<Recipients> recipients = recipients(ticket.approved(), certificates);
        if (recipients.isEmpty()) {
            return new NodeOutcome.Refused(TicketFault.OTHER_RECIPIENTS, List.of());
        }
        NodeState.Work work = new NodeState.Work(
                ticket.orderId(), ticket.ticket().id(), ticket.ticket().attempt());
        // From here on the ticket is used: a crash before leaves it good, a crash after leaves a lost attempt.
        journal.write(state.begun(ticket.memory(), work));
        failpoint.accept("node.begun");
        try {
            SealedCapture sealed = capture(ticket, recipients.get(), progress);
            failpoint.accept("node.sent");
            end();
            return new NodeOutcome.Captured(work, sealed);
        } catch (CaptureException refusal) {
            end();
            return new NodeOutcome.NotCaptured(work, refusal.refusal());
        } catch (IOException | RuntimeException fault) {
            end();
            throw fault;
        }
    }

    private SealedCapture capture(TicketVerdict.Accepted ticket, Recipients recipients, Progress progress)
            throws IOException {
        ApprovalStatement approved = ticket.approved();
        Guest guest = hypervisor.guests().stream()
                .filter(listed -> machine(listed).uuid().equals(approved.asset().uuid()))
                .findFirst()
                .orElseThrow(() -> new IOException("the guest went away while its ticket was judged"));
        SealRequest request = new SealRequest(
                approved.asset().cluster(),
                guest.uuid(),
                approved.asset().vmId(),
                approved.configurationHash(),
                guest.disks().stream().map(Guest.Disk::target).toList(),
                recipients,
                plan);
        SendingStore store = new SendingStore(spool, ticket.ticket().id(), receiver);
        return sealer.capture(hypervisor, request, store, store, (done, total) -> {
            failpoint.accept("node.reading");
            progress.at(done, total);
        });
    }

    /** What is left in the spool is sealed, and of no use to anybody: its attempt is over. */
    private void end() throws IOException {
        clean();
        journal.write(journal.read().idle());
        failpoint.accept("node.ended");
    }

    private void clean() throws IOException {
        new FileEvidenceStore(spool).destroy(EvidenceFolder.KEY);
    }

    private Optional<Recipients> recipients(ApprovalStatement approved, List<X509Certificate> certificates) {
        try {
            Recipients given = Recipients.of(certificates, clock.instant());
            return given.keyIds().equals(approved.recipients()) ? Optional.of(given) : Optional.empty();
        } catch (CaptureException notUsable) {
            return Optional.empty();
        }
    }

    private List<NodeTrust.Machine> own() throws IOException {
        return hypervisor.guests().stream().map(Node::machine).toList();
    }

    private static NodeTrust.Machine machine(Guest guest) {
        return new NodeTrust.Machine(guest.cluster(), guest.uuid().toString(), guest.vmId());
    }
}
