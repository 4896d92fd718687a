// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

/** A log of some key entries and one case, kept in memory, with a proof for each. */
final class SampleLog {

    static final String ORIGIN = "public.hoster.example/log/case/2026";
    static final String CASE = "CASE-0001";

    private final NoteSigner signer;
    private final Function<String, List<NoteSignature>> witnesses;
    private final List<Line> lines = new ArrayList<>();

    /** By type of entry: words in clear that it has instead of, or beside, those that are true. */
    Map<String, Map<String, String>> otherwise = Map.of();

    /** By type of entry: what it commits to instead. */
    Map<String, byte[]> payloads = Map.of();

    private long caseSeq;
    private Optional<Digest> prev = Optional.empty();

    private record Line(String kind, byte[] entry, byte[] opening, byte[] payload) {}

    SampleLog(NoteSigner signer) {
        this(signer, text -> List.of());
    }

    /** @param witnesses the lines that they write under a checkpoint's text */
    SampleLog(NoteSigner signer, Function<String, List<NoteSignature>> witnesses) {
        this.signer = signer;
        this.witnesses = witnesses;
    }

    void key(Digest keyId, String role, Instant at) {
        key(keyId, role, KeyEntry.ENROLLED, at);
    }

    void revoked(Digest keyId, String role, Instant at) {
        key(keyId, role, KeyEntry.REVOKED, at);
    }

    private void key(Digest keyId, String role, String status, Instant at) {
        Map<String, String> clear = Map.of(
                KeyEntry.KEY,
                keyId.base64url(),
                KeyEntry.ROLE,
                role,
                KeyEntry.STATUS,
                status,
                KeyEntry.USE,
                KeyEntry.DOCUMENT);
        add(BundleMembers.KEY_ENTRIES, KeyEntry.TYPE, at, Optional.empty(), clear, new byte[0]);
    }

    /** @return the leaf hash of the new entry of the case */
    Digest append(String type, Instant at, byte[] payload) {
        return append(type, at, payload, Map.of());
    }

    Digest append(String type, Instant at, byte[] payload, Map<String, String> clear) {
        Map<String, String> said = new TreeMap<>(clear);
        said.putAll(otherwise.getOrDefault(type, Map.of()));
        byte[] held = payloads.getOrDefault(type, payload);
        prev = Optional.of(add(BundleMembers.CASE_ENTRIES, type, at, Optional.of(CASE), said, held));
        caseSeq++;
        return prev.get();
    }

    private Digest add(
            String kind, String type, Instant at, Optional<String> caseId, Map<String, String> clear, byte[] payload) {
        byte[] opening = Digest.sha256(("salt " + lines.size()).getBytes(StandardCharsets.US_ASCII))
                .array();
        byte[] entry = new LogEntry(
                        LogEntry.VERSION,
                        ORIGIN,
                        type,
                        new UUID(7, lines.size()),
                        at,
                        new LogActor("gateway", Optional.empty()),
                        Optional.empty(),
                        caseId,
                        caseId.map(id -> caseSeq),
                        caseId.isPresent() ? prev : Optional.empty(),
                        clear,
                        Commitment.to(Bytes.of(opening), payload))
                .bytes();
        lines.add(new Line(kind, entry, opening, payload));
        return LogEntry.leafHash(entry);
    }

    /** The proof of an entry under a checkpoint as the log stands now. */
    LogProof proof(Digest leaf, NoteSigner by) {
        List<Digest> leaves = leaves();
        return proof(leaves, leaves.indexOf(leaf), by);
    }

    /** The proof of an entry under a checkpoint as the log stood when it was the newest. */
    LogProof earlier(int index, NoteSigner by) {
        return proof(leaves().subList(0, index + 1), index, by);
    }

    private LogProof proof(List<Digest> leaves, int index, NoteSigner by) {
        InclusionProof path = InclusionProof.make(index, leaves.size(), (level, number) -> node(leaves, level, number));
        return new LogProof(path, checkpoint(leaves, by));
    }

    private List<Digest> leaves() {
        return lines.stream().map(line -> LogEntry.leafHash(line.entry)).toList();
    }

    void into(SortedMap<String, byte[]> members) {
        List<Digest> leaves = leaves();
        SignedNote checkpoint = checkpoint(leaves, signer);
        int cases = 0;
        int keys = 0;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean ofCase = line.kind.equals(BundleMembers.CASE_ENTRIES);
            String folder = BundleMembers.folder(line.kind, ofCase ? cases++ : keys++);
            InclusionProof path = InclusionProof.make(i, leaves.size(), (level, index) -> node(leaves, level, index));
            members.put(folder + BundleMembers.ENTRY, line.entry);
            members.put(folder + BundleMembers.PROOF, new LogProof(path, checkpoint).bytes());
            if (ofCase) {
                members.put(folder + BundleMembers.OPENING, line.opening);
                members.put(folder + BundleMembers.PAYLOAD, line.payload);
            }
        }
    }

    private SignedNote checkpoint(List<Digest> leaves, NoteSigner by) {
        String text = new Checkpoint(ORIGIN, leaves.size(), root(leaves)).text();
        return new SignedNote(text, List.of(by.sign(text))).with(witnesses.apply(text));
    }

    private static Digest node(List<Digest> leaves, int level, long index) {
        return root(leaves.subList((int) (index << level), (int) (index + 1 << level)));
    }

    private static Digest root(List<Digest> leaves) {
        CompactTree tree = CompactTree.empty();
        leaves.forEach(tree::append);
        return leaves.isEmpty() ? TreeHash.EMPTY_ROOT : tree.root();
    }
}
