// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;

/** A public log of one entry, which anchors the case log of a {@link SampleCase} as its bundle shows it. */
class SampleAnchor {

    static final String ORIGIN = "public.hoster.example/log/registry/2026";

    /** Under whose origin and key the anchor stands. */
    String origin = ORIGIN;

    NoteSigner signer = new NoteSigner(ORIGIN, SampleCase.digest("registry").array());

    /** Who cosigned that log. */
    List<NoteSignature> cosignatures(String text, SampleOutsiders outsiders) {
        return outsiders.cosigned(text);
    }

    /** Beside the case that these members show. */
    void into(SortedMap<String, byte[]> members, SampleOutsiders outsiders) throws MalformedException {
        List<String> folders = new Members(members).folders(BundleMembers.CASE_ENTRIES);
        byte[] last = SampleCase.member(members, folders.get(folders.size() - 1) + BundleMembers.PROOF);
        String note = new String(LogProof.parse(last).checkpoint().bytes(), StandardCharsets.UTF_8);
        CaseAnchor anchor = new CaseAnchor(CaseAnchor.VERSION, CaseAnchor.TYPE, note, SampleCase.salt(77));
        byte[] entry = entry(anchor);
        Digest leaf = LogEntry.leafHash(entry);
        String text = new Checkpoint(origin, 1, leaf).text();
        SignedNote head = new SignedNote(text, List.of(signer.sign(text))).with(cosignatures(text, outsiders));
        members.put(BundleMembers.ANCHOR_ENTRY, entry);
        members.put(BundleMembers.ANCHOR_PROOF, new LogProof(new InclusionProof(0, 1, List.of()), head).bytes());
        members.put(BundleMembers.ANCHOR_OPENED, Wire.write(anchor));
        members.put(BundleMembers.ANCHOR_CASE_PROOF, last);
    }

    private byte[] entry(CaseAnchor anchor) {
        return new LogEntry(
                        LogEntry.VERSION,
                        origin,
                        CaseAnchor.ENTRY_TYPE,
                        new UUID(7, 7),
                        SampleCase.at(60),
                        new LogActor("gateway", Optional.empty()),
                        Optional.of(anchor.commitment().base64url()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Commitment.to(Bytes.of(new byte[32]), new byte[0]))
                .bytes();
    }

    /** The trust file with the anchoring log's key. */
    TrustFile trusted(TrustFile trust) {
        return new TrustFile(
                trust.v(),
                trust.type(),
                trust.legalEntity(),
                trust.gatewayOrigin(),
                List.of(
                        trust.logs().get(0),
                        new TrustFile.Log(origin, signer.key().vkey())),
                trust.witnesses(),
                trust.policy(),
                trust.authorities(),
                trust.officers(),
                trust.manifestKeys(),
                trust.statementKeys(),
                trust.timestampRoots(),
                trust.timestampPolicy());
    }
}
