// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Digest;

/** Tickets in their cases for a guest that a test really has, with the trust file that fits; for the tests of other modules. */
public final class TicketsForGuest {

    public static final String NODE = SampleTicket.NODE;
    public static final Instant NOW = SampleTicket.NOW;

    private final SampleTicket ticket = new SampleTicket();

    /** The officers sign for the guest by these stable fields and for these recipients. */
    public TicketsForGuest(Digest configuration, List<String> disks, List<Digest> recipients) {
        ticket.sample.first = said -> statement(said, configuration, disks, recipients);
        ticket.sample.second = said -> statement(said, configuration, disks, recipients);
    }

    /** The one guest that they are for: cluster, UUID and id. */
    public static LocatedAsset asset() {
        return SampleRecords.asset();
    }

    public byte[] trust() {
        return ticket.sample.trust();
    }

    public byte[] good() {
        return ticket.sample.zip();
    }

    /** In a log that is longer than that of the good one. */
    public byte[] withdrawn() {
        ticket.withdrawn();
        return ticket.sample.zip();
    }

    /** The good one as attempt so and so, in a log that is longer by as many entries. */
    public byte[] attempt(int number) {
        ticket.sample.inReview = TicketCheckTest.notes(number);
        ticket.numbered(new UUID(7, 100 + number), number);
        return ticket.sample.zip();
    }

    private static ApprovalStatement statement(
            ApprovalStatement s, Digest configuration, List<String> disks, List<Digest> recipients) {
        return new ApprovalStatement(
                s.v(),
                s.type(),
                s.orderDigest(),
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                disks,
                configuration,
                recipients,
                s.captureMemory(),
                s.copy(),
                s.decision(),
                s.reason(),
                s.officer(),
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
    }
}
