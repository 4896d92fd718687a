// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.Cosignature;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * Whether a quorum of witnesses saw the head of a ticket's case just now. Their clocks count and not the gateway's: it can keep
 * a genuine case in a drawer until the withdrawal is forgotten, but it cannot have it seen later than it was.
 */
final class Sightings {

    private Sightings() {}

    static Optional<TicketFault> fault(TicketCase read, WitnessPolicy policy, Instant now) throws MalformedException {
        Instant latest = now.plus(ApprovalCheck.CLOCK_SKEW);
        Instant ended = read.last().time();
        if (ended.isAfter(latest)) {
            return Optional.of(TicketFault.NOT_YET);
        }
        Instant earliest = now.minus(TicketCheck.FRESH);
        SignedNote head = read.head();
        List<NoteSignature> fresh = head.signatures().stream()
                .filter(line -> !witnessed(line, policy) || within(line, policy, head, earliest, latest))
                .toList();
        boolean seen = !fresh.isEmpty()
                && policy.judge(new SignedNote(head.text(), fresh)).holds();
        return seen && !ended.isBefore(earliest) ? Optional.empty() : Optional.of(TicketFault.STALE);
    }

    private static boolean witnessed(NoteSignature line, WitnessPolicy policy) {
        return policy.witnesses().stream()
                .anyMatch(witness -> line.claims(witness.key().verifierKey()));
    }

    private static boolean within(
            NoteSignature line, WitnessPolicy policy, SignedNote head, Instant earliest, Instant latest) {
        return policy.witnesses().stream()
                .flatMap(witness -> Cosignature.verified(line, witness.key(), head.text()).stream())
                .anyMatch(seen -> !seen.at().isBefore(earliest) && !seen.at().isAfter(latest));
    }
}
