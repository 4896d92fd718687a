// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;

/** The proof inside a ticket: what the node was shown before it touched anything, in a tree of the same log. */
final class TicketProof {

    private TicketProof() {}

    static void check(ExecutionTicket ticket, LogChecks log, TrustFile trust, Digest verifiedLeaf)
            throws ForgedException, MissingException, MalformedException {
        LogProof proof = LogProof.parse(ticket.verifiedEntryProof().getBytes(StandardCharsets.UTF_8));
        Optional<BundledEntry> verified = log.caseLog().leaf(verifiedLeaf);
        need(verified.isPresent(), Finding.VERIFIED_ENTRY_MISSING);
        String origin = verified.orElseThrow().entry().origin();
        Optional<TrustFile.Log> trusted = trust.log(origin);
        require(trusted.isPresent(), Finding.LOG_NOT_TRUSTED, origin);
        Optional<Checkpoint> head =
                proof.proven(verifiedLeaf, NoteKey.parse(trusted.orElseThrow().vkey()));
        require(head.isPresent(), Finding.TICKET_PROOF_BROKEN);
        log.heads().same(BundleMembers.TICKET, head.orElseThrow());
        log.heads().witnessed(proof.checkpoint());
    }
}
