// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.ApprovalReference;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/** Says what was captured and signs it: manifest, list of files, signature over the list. */
final class ManifestDesk {

    private final SigningKey key;
    private final InstantSource clock;
    private final SecureRandom random;

    ManifestDesk(SigningKey key, InstantSource clock, SecureRandom random) {
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /** Adds what needs a signature to the captured files. Volumes are digested again as they are stored now. */
    SealedEvidence sign(ApprovedOrder order, Attempt attempt, SealedCapture capture, EvidenceStore volumes)
            throws IOException {
        Instant now = clock.instant();
        byte[] payload = Wire.write(manifest(order, attempt, capture));
        SignedDocument manifest = SignedDocument.sign(Manifest.TYPE, payload, key, now);
        List<StoredFile> files = new ArrayList<>();
        for (String name : volumes.names()) {
            files.add(volumes.digest(name));
        }
        files.add(capture.key());
        files.add(write(volumes, EvidenceFolder.MANIFEST, ascii(manifest.compact())));
        Map<String, Digest> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.name(), file.digest()));
        byte[] sums = DigestList.of(digests).bytes();
        files.add(write(volumes, EvidenceFolder.SUMS, sums));
        files.add(write(volumes, EvidenceFolder.SUMS_SIGNATURE, SumsSignature.sign(sums, key, now)));
        files.sort(Comparator.comparing(StoredFile::name));
        return new SealedEvidence(manifest, files);
    }

    private Manifest manifest(ApprovedOrder order, Attempt attempt, SealedCapture capture) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return new Manifest(
                Manifest.VERSION,
                Manifest.TYPE,
                order.verified().order().id(),
                order.verified().digest(),
                references(order.approvals()),
                attempt.number(),
                attempt.intentLeaf(),
                Digest.sha256(ascii(attempt.ticket())),
                order.basis().asset(),
                Manifest.HOSTER,
                capture.configurationBefore(),
                capture.configurationAfter(),
                capture.pointInTime(),
                capture.finishedAt(),
                capture.ageRecipient(),
                capture.recipients(),
                capture.disks(),
                capture.tools(),
                capture.observations(),
                Optional.of(order.assurance()),
                Bytes.of(salt));
    }

    private static List<ApprovalReference> references(List<Approval> approvals) {
        return approvals.stream()
                .map(approval -> new ApprovalReference(statement(approval).officer(), approval.digest()))
                .toList();
    }

    private static ApprovalStatement statement(Approval approval) {
        try {
            return approval.read();
        } catch (MalformedException e) {
            throw new IllegalStateException("an accepted approval cannot be read", e);
        }
    }

    private static StoredFile write(EvidenceStore store, String name, byte[] bytes) throws IOException {
        try (NewFile file = store.create(name)) {
            file.write(ByteBuffer.wrap(bytes));
            return file.commit();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
