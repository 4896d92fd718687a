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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Opened;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.bundle.CanonicalZip;
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
    private final SigningKey manifestKey;
    private final InstantSource clock;
    private final SecureRandom random;

    BundleDesk(
            AuditLog log,
            KeyLeaves keyLeaves,
            ClaimedTrust claimed,
            SigningKey manifestKey,
            InstantSource clock,
            SecureRandom random) {
        this.log = log;
        this.keyLeaves = keyLeaves;
        this.claimed = claimed;
        this.manifestKey = manifestKey;
        this.clock = clock;
        this.random = random;
    }

    /** @return bytes of bundle.zip; the caller has checked who asks and that the case's last entry is recorded */
    byte[] bundle(OrderFile order) {
        TreeMap<String, byte[]> members = new TreeMap<>();
        CasePapers papers = CasePapers.of(order, entries(order, members));
        documents(order, papers, members);
        keyEntries(papers.signers(), members);
        members.put(BundleMembers.CLAIMED_TRUST, Wire.write(claimed.about(papers.authorities())));
        members.put(BundleMembers.README, resource(BundleMembers.README));
        members.put(BundleMembers.LEESMIJ, resource(BundleMembers.LEESMIJ));
        members.put(BundleMembers.INDEX, index(order, members));
        return CanonicalZip.write(members);
    }

    private List<CasePapers.Line> entries(OrderFile order, TreeMap<String, byte[]> members) {
        List<CasePapers.Line> lines = new ArrayList<>();
        for (EntryText entry : log.ofCase(order.id().code())) {
            String folder = BundleMembers.folder(BundleMembers.CASE_ENTRIES, lines.size());
            put(folder, entry, members);
            Optional<Opened> opened = log.payload(entry.recorded().leafHash());
            opened.ifPresent(open -> {
                members.put(folder + BundleMembers.OPENING, open.salt().array());
                members.put(folder + BundleMembers.PAYLOAD, open.payload());
            });
            lines.add(new CasePapers.Line(entry.parsed().type(), opened.map(Opened::payload)));
        }
        return lines;
    }

    private void documents(OrderFile order, CasePapers papers, TreeMap<String, byte[]> members) {
        members.put(BundleMembers.ORDER, ascii(order.orderJws()));
        order.validatorJws().ifPresent(validator -> members.put(BundleMembers.VALIDATOR, ascii(validator)));
        order.answerJws().ifPresent(answer -> members.put(BundleMembers.ANSWER, ascii(answer)));
        members.put(BundleMembers.MATRIX, Matrix.packagedBytes());
        for (int i = 0; i < order.revocationLists().size(); i++) {
            members.put(
                    BundleMembers.REVOCATION + i + ".crl",
                    order.revocationLists().get(i));
        }
        for (byte[] document : order.documents()) {
            members.put(BundleMembers.DOCUMENTS + Digest.sha256(document).hex(), document);
        }
        members.putAll(papers.members());
    }

    private void keyEntries(List<SignedDocument> signed, TreeMap<String, byte[]> members) {
        int number = 0;
        for (Digest keyId :
                signed.stream().map(DocumentCheck::signer).distinct().toList()) {
            for (EntryText entry : keyLeaves.of(keyId)) {
                put(BundleMembers.folder(BundleMembers.KEY_ENTRIES, number++), entry, members);
            }
        }
    }

    private void put(String folder, EntryText entry, TreeMap<String, byte[]> members) {
        members.put(folder + BundleMembers.ENTRY, entry.bytes());
        members.put(
                folder + BundleMembers.PROOF,
                log.proof(entry.recorded().leafHash()).orElseThrow().bytes());
    }

    private byte[] index(OrderFile order, TreeMap<String, byte[]> members) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] salt = new byte[BundleIndex.SALT_BYTES];
        random.nextBytes(salt);
        BundleIndex index = new BundleIndex(
                BundleIndex.VERSION,
                BundleIndex.TYPE,
                order.documentId(),
                claimed.about(List.of()).gatewayOrigin(),
                order.state(),
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
