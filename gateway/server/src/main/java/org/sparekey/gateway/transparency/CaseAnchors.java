// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.gateway.auditlog.WitnessedProof;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;

/**
 * The newest anchor of the case log in the public registry log, opened for whoever holds a bundle: it ties a case that
 * nobody else may read to a log that everybody can.
 */
final class CaseAnchors {

    private static final int PAGE = 256;

    private final AuditLog log;
    private Optional<Recorded> read = Optional.empty();
    private Optional<EntryText> newest = Optional.empty();

    CaseAnchors(AuditLog log) {
        this.log = log;
    }

    /** Adds nothing while no anchor is recorded whose checkpoint holds an entry of the case. */
    void add(List<EntryText> entries, TreeMap<String, byte[]> members) {
        Optional<EntryText> anchor = newest();
        Optional<byte[]> payload = anchor.flatMap(
                        entry -> log.payload(entry.recorded().leafHash()))
                .map(opened -> opened.payload());
        Optional<WitnessedProof> proof =
                anchor.flatMap(entry -> log.proof(entry.recorded().leafHash()));
        if (payload.isEmpty() || proof.isEmpty()) {
            return;
        }
        try {
            String checkpoint = Wire.read(payload.get(), CaseAnchor.class).checkpoint();
            if (checkpoint.isEmpty()) {
                return;
            }
            SignedNote note = SignedNote.parse(checkpoint.getBytes(StandardCharsets.UTF_8));
            held(entries, Checkpoint.parse(note.text())).ifPresent(last -> {
                members.put(BundleMembers.ANCHOR_ENTRY, anchor.orElseThrow().bytes());
                members.put(BundleMembers.ANCHOR_PROOF, proof.get().bytes());
                members.put(BundleMembers.ANCHOR_OPENED, payload.get());
                members.put(
                        BundleMembers.ANCHOR_CASE_PROOF,
                        log.proofUnder(last, note).bytes());
            });
        } catch (MalformedException e) {
            throw new IllegalStateException("an anchor that cannot be read", e);
        }
    }

    private static Optional<Recorded> held(List<EntryText> entries, Checkpoint in) {
        return entries.stream()
                .map(EntryText::recorded)
                .filter(entry -> entry.origin().equals(in.origin()) && entry.index() < in.size())
                .max(Comparator.comparing(Recorded::index));
    }

    private synchronized Optional<EntryText> newest() {
        for (List<EntryText> page = page(); !page.isEmpty(); page = page()) {
            for (EntryText entry : page) {
                read = Optional.of(entry.recorded());
                if (entry.parsed().type().equals(CaseAnchor.ENTRY_TYPE)) {
                    newest = Optional.of(entry);
                }
            }
        }
        return newest;
    }

    private List<EntryText> page() {
        return log.after(LogName.REGISTRY, read, PAGE);
    }
}
