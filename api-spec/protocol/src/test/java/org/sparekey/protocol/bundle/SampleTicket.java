// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.approval.NodeBinding;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.ticket.NodeTrust;
import org.sparekey.protocol.ticket.TicketCheck;
import org.sparekey.protocol.ticket.TicketMemory;
import org.sparekey.protocol.ticket.TicketVerdict;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

/** A ticket for one node in the case that it was announced in; good unless the sample says otherwise. */
final class SampleTicket {

    static final String NODE = "node1";

    /** A second after the witnesses saw the log. */
    static final Instant NOW = SampleCase.at(61);

    static final LocatedAsset NEIGHBOUR = new LocatedAsset(
            "ams1", "00000000-0000-4000-8000-000000000102", "102", "vps-2", "ten-2", Optional.of("node1"));

    static final NodeBinding BINDING = new NodeBinding(NODE, NodeBinding.PROTOCOL, "0.1.0", Manifest.HOSTER);

    final SampleCase sample = new SampleCase();

    SampleTicket() {
        sample.outsiders.required = true;
        sample.state = "executing";
        sample.insteadOfCopy = Optional.of(List.of());
        bound(BINDING, SampleCase.at(3600));
    }

    void bound(NodeBinding binding, Instant until) {
        sample.ticket = ticket -> ticket.onNode(binding, until);
    }

    /** The order's issuer takes it back once the copy was announced, and the log says so. */
    void withdrawn() {
        OrderDocument order = SampleRecords.order(SampleCase.GATEWAY);
        OrderDocument said = new OrderDocument(
                order.v(),
                order.type(),
                new UUID(7, 7),
                OrderKind.WITHDRAWAL,
                order.addressee(),
                order.legalBasis(),
                new Issuer(SampleCase.AUTHORITY, "P-1", "PROSECUTOR", "NL"),
                Optional.empty(),
                order.caseRef(),
                order.target(),
                order.scope(),
                order.urgency(),
                order.deadline(),
                order.secrecy(),
                order.deliverTo(),
                Optional.of(SampleCase.ORDER),
                order.documents(),
                order.salt());
        sample.state = "withdrawn";
        sample.insteadOfCopy = Optional.of(List.of("order.withdrawn"));
        sample.payloads = Map.of(
                "order.withdrawn", SampleCase.sign(OrderDocument.TYPE, said, sample.prosecutor, SampleCase.at(21)));
    }

    /** The same ticket as another attempt, or under another id. */
    void numbered(UUID id, int attempt) {
        sample.ticket = t -> new ExecutionTicket(
                t.v(),
                t.type(),
                id,
                t.order(),
                t.orderDigest(),
                t.approvals(),
                t.verifiedEntryProof(),
                t.asset(),
                attempt,
                SampleCase.at(3600),
                Optional.of(BINDING),
                t.salt());
        sample.otherwise = Map.of(CaseEntry.EXECUTING, Map.of(CaseEntry.ATTEMPT, Integer.toString(attempt)));
    }

    TicketVerdict judged() {
        return judged(TicketMemory.NOTHING);
    }

    TicketVerdict judged(TicketMemory memory) {
        return judged(sample.zip(), memory, NOW);
    }

    TicketVerdict judged(byte[] zip, TicketMemory memory, Instant now) {
        return judged(sample.trust(), zip, memory, now);
    }

    static TicketVerdict judged(byte[] trust, byte[] zip, TicketMemory memory, Instant now) {
        try {
            TicketCheck check = new TicketCheck(NodeTrust.pin(trust, NODE), new CmsTimeStamps());
            return check.check(zip, List.of(machine(SampleRecords.asset())), memory, now);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static NodeTrust.Machine machine(LocatedAsset asset) {
        return new NodeTrust.Machine(asset.cluster(), asset.uuid(), asset.vmId());
    }
}
