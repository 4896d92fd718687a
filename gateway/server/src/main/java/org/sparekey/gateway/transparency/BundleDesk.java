// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Opened;
import org.sparekey.gateway.auditlog.WitnessedProof;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.CanonicalZip;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Matrix;

/**
 * Puts everything about one order into one file that needs neither this gateway nor this hoster to be judged: documents,
 * revocation lists, the matrix, the entries of the case with proofs and openings, and the entries that enrolled the keys.
 */
final class BundleDesk {

    private final AuditLog log;
    private final KeyLeaves keyLeaves;
    private final ClaimedTrust claimed;
    private final CaseStamps stamps;
    private final CaseAnchors anchors;
    private final SigningKey manifestKey;
    private final InstantSource clock;
    private final SecureRandom random;

    BundleDesk(
            AuditLog log,
            KeyLeaves keyLeaves,
            ClaimedTrust claimed,
            CaseStamps stamps,
            CaseAnchors anchors,
            SigningKey manifestKey,
            InstantSource clock,
            SecureRandom random) {
        this.log = log;
        this.keyLeaves = keyLeaves;
        this.claimed = claimed;
        this.stamps = stamps;
        this.anchors = anchors;
        this.manifestKey = manifestKey;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param order as on file; the caller has checked who asks
     * @param last leaf hash of the recorded entry with which the bundle ends
     * @param freezing the bundle of the freezing whose copy it got
     * @return bytes of bundle.zip; empty while an entry is not proven: a checkpoint has ceased to count
     */
    Optional<byte[]> bundle(OrderFile order, Digest last, Optional<byte[]> freezing) {
        TreeMap<String, byte[]> members = new TreeMap<>();
        freezing.ifPresent(bundle -> members.put(BundleMembers.PRESERVATION, bundle));
        List<EntryText> entries = upTo(last, log.ofCase(order.id().code()));
        CasePapers papers = CasePapers.of(order, lines(entries));
        List<EntryText> keyEntries = keyEntries(papers.signers());
        Map<Digest, WitnessedProof> proofs = log.proofs(Stream.concat(entries.stream(), keyEntries.stream())
                .map(entry -> entry.recorded().leafHash())
                .toList());
        if (proofs.size() < entries.size() + keyEntries.size()) {
            return Optional.empty();
        }
        put(BundleMembers.CASE_ENTRIES, entries, proofs, members);
        openings(entries, members);
        put(BundleMembers.KEY_ENTRIES, keyEntries, proofs, members);
        documents(order, papers, members);
        stamps.add(entries, members);
        anchors.add(entries, members);
        Optional.ofNullable(members.get(BundleMembers.MANIFEST)).ifPresent(manifest -> stamps.add(manifest, members));
        members.put(BundleMembers.CLAIMED_TRUST, Wire.write(claimed.about(papers.authorities(), speakers(papers))));
        members.put(BundleMembers.README, resource(BundleMembers.README));
        members.put(BundleMembers.LEESMIJ, resource(BundleMembers.LEESMIJ));
        members.put(BundleMembers.INDEX, index(order, state(entries), members));
        return Optional.of(CanonicalZip.write(members));
    }

    /** Code of the freezing whose copy this order got, as its entries say. */
    Optional<String> copyOf(OrderFile order) {
        return log.ofCase(order.id().code()).stream()
                .map(EntryText::parsed)
                .filter(entry -> entry.type().equals(CaseEntry.SECURED))
                .flatMap(entry -> Optional.ofNullable(entry.clear().get(CaseEntry.COPY_OF)).stream())
                .findFirst();
    }

    /** What is entered while the bundle is made belongs to the next one. */
    private static List<EntryText> upTo(Digest last, List<EntryText> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).recorded().leafHash().equals(last)) {
                return entries.subList(0, i + 1);
            }
        }
        throw new IllegalStateException("the last entry of a bundle is not of its case");
    }

    /** The state that these entries say, not the one of the row, which may be ahead of them. */
    private static String state(List<EntryText> entries) {
        return CaseEntry.state(
                        entries.stream().map(entry -> entry.parsed().type()).toList())
                .orElseThrow();
    }

    private List<CasePapers.Line> lines(List<EntryText> entries) {
        return entries.stream()
                .map(entry -> new CasePapers.Line(
                        entry.parsed().type(),
                        log.payload(entry.recorded().leafHash()).map(Opened::payload)))
                .toList();
    }

    private static void put(
            String kind, List<EntryText> entries, Map<Digest, WitnessedProof> proofs, TreeMap<String, byte[]> members) {
        for (int i = 0; i < entries.size(); i++) {
            String folder = BundleMembers.folder(kind, i);
            WitnessedProof proof =
                    Objects.requireNonNull(proofs.get(entries.get(i).recorded().leafHash()));
            members.put(folder + BundleMembers.ENTRY, entries.get(i).bytes());
            members.put(folder + BundleMembers.PROOF, proof.bytes());
        }
    }

    private void openings(List<EntryText> entries, TreeMap<String, byte[]> members) {
        for (int i = 0; i < entries.size(); i++) {
            String folder = BundleMembers.folder(BundleMembers.CASE_ENTRIES, i);
            log.payload(entries.get(i).recorded().leafHash()).ifPresent(open -> {
                members.put(folder + BundleMembers.OPENING, open.salt().array());
                members.put(folder + BundleMembers.PAYLOAD, open.payload());
            });
        }
    }

    private void documents(OrderFile order, CasePapers papers, TreeMap<String, byte[]> members) {
        members.put(BundleMembers.ORDER, ascii(order.orderJws()));
        order.validatorJws().ifPresent(validator -> members.put(BundleMembers.VALIDATOR, ascii(validator)));
        papers.pdf(order.orderJws()).ifPresent(pdf -> members.put(BundleMembers.ORDER_PDF, pdf));
        order.validatorJws().flatMap(papers::pdf).ifPresent(pdf -> members.put(BundleMembers.VALIDATOR_PDF, pdf));
        members.put(
                BundleMembers.MATRIX,
                Matrix.packagedBytes(order.matrixVersion()).orElseThrow());
        revocation(BundleMembers.CRL, order.revocationLists(), members);
        revocation(BundleMembers.OCSP, order.revocationAnswers(), members);
        for (byte[] document : order.documents()) {
            members.put(BundleMembers.DOCUMENTS + Digest.sha256(document).hex(), document);
        }
        members.putAll(papers.members());
    }

    private static void revocation(String ending, List<byte[]> said, TreeMap<String, byte[]> members) {
        for (int i = 0; i < said.size(); i++) {
            members.put(BundleMembers.REVOCATION + i + ending, said.get(i));
        }
    }

    private static Set<Digest> speakers(CasePapers papers) {
        return papers.signers().stream().map(DocumentCheck::signer).collect(Collectors.toSet());
    }

    private List<EntryText> keyEntries(List<SignedDocument> signed) {
        return signed.stream()
                .map(DocumentCheck::signer)
                .distinct()
                .flatMap(keyId -> keyLeaves.of(keyId).stream())
                .toList();
    }

    private byte[] index(OrderFile order, String state, TreeMap<String, byte[]> members) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] salt = new byte[BundleIndex.SALT_BYTES];
        random.nextBytes(salt);
        BundleIndex index = new BundleIndex(
                BundleIndex.VERSION,
                BundleIndex.TYPE,
                order.documentId(),
                claimed.about(List.of(), Set.of()).gatewayOrigin(),
                state,
                now,
                order.calledBack(),
                BundleIndex.digests(members),
                Bytes.of(salt));
        return ascii(SignedDocument.sign(BundleIndex.TYPE, Wire.write(index), manifestKey, now)
                .compact());
    }

    private static byte[] resource(String name) {
        try (InputStream in = BundleDesk.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
