// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.require;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;

/** Whether the public registry log had taken down the state of the case log under which the case is shown. */
final class AnchorChecks {

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;

    AnchorChecks(Findings findings, Members members, TrustFile trust, LogChecks log) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.log = log;
    }

    /** The newest minute of a case is anchored only in the next one, so a young bundle has no anchor. */
    void run() {
        if (members.in(BundleMembers.ANCHORS).isEmpty()) {
            findings.note(Topic.ANCHOR, Finding.NOT_ANCHORED);
        } else {
            findings.check(Topic.ANCHOR, this::anchored);
        }
    }

    private Sentence anchored() throws ForgedException, MissingException, MalformedException {
        byte[] stored = members.need(BundleMembers.ANCHOR_ENTRY);
        LogEntry entry = LogEntry.parse(stored);
        Checkpoint registry = LogProof.parse(members.need(BundleMembers.ANCHOR_PROOF))
                .proven(LogEntry.leafHash(stored), key(entry.origin()))
                .orElseThrow(() -> new ForgedException(Finding.ENTRY_NOT_PROVEN, BundleMembers.ANCHOR_ENTRY));
        CaseAnchor anchor = Wire.read(members.need(BundleMembers.ANCHOR_OPENED), CaseAnchor.class);
        require(anchor.opens(entry), Finding.OPENING_DIFFERS, BundleMembers.ANCHOR_ENTRY);
        LogProof proof = LogProof.parse(members.need(BundleMembers.ANCHOR_CASE_PROOF));
        byte[] note = anchor.checkpoint().getBytes(StandardCharsets.UTF_8);
        require(Arrays.equals(proof.checkpoint().bytes(), note), Finding.ANCHOR_OF_ANOTHER_HEAD);
        Checkpoint head = Checkpoint.parse(proof.checkpoint().text());
        NoteKey key = key(head.origin());
        Optional<BundledEntry> held = log.caseLog().entries().stream()
                .filter(one -> proof.proven(one.leaf(), key).isPresent())
                .findFirst();
        require(held.isPresent(), Finding.ANCHOR_OF_ANOTHER_HEAD);
        log.heads().same(BundleMembers.ANCHOR_ENTRY, head);
        return Sentence.of(
                Finding.ANCHORED,
                entry.time(),
                registry.size(),
                registry.origin(),
                log.caseLog().place(held.orElseThrow()));
    }

    private NoteKey key(String origin) throws ForgedException, MalformedException {
        Optional<TrustFile.Log> trusted = trust.log(origin);
        require(trusted.isPresent(), Finding.LOG_NOT_TRUSTED, origin);
        return NoteKey.parse(trusted.orElseThrow().vkey());
    }
}
