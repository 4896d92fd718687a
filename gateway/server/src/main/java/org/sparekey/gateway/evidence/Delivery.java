// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.StampToken;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/**
 * Hands sealed copies to the authority that ordered them, and to nobody else. Only a sealed attempt whose release entry
 * is in a signed checkpoint gets this far.
 */
public final class Delivery {

    private static final Set<String> DELIVERABLE = Set.of("available", "acknowledged", "closed");

    private final Orders orders;
    private final AuditLog log;
    private final TimeStamping time;
    private final AttemptTable attempts;
    private final EvidenceFolders folders;
    private final SecureRandom random;

    Delivery(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            AttemptTable attempts,
            EvidenceFolders folders,
            SecureRandom random) {
        this.orders = orders;
        this.log = log;
        this.time = time;
        this.attempts = attempts;
        this.folders = folders;
        this.random = random;
    }

    /** @throws ProblemException NOT_FOUND for another authority, EVIDENCE_WITHHELD before the release */
    public DeliveryList list(Caller caller, String reference) {
        OrderFile order = own(caller, reference);
        Attempt attempt = released(order);
        return new DeliveryList(
                order.id().code(),
                attempt.number(),
                attempt.manifest().orElseThrow().digest(),
                token(attempt).isPresent(),
                files(attempt).stream()
                        .map(file -> new DeliveryList.DeliveredFile(file.name(), file.length(), file.digest()))
                        .toList());
    }

    /** A file of the delivery. @throws ProblemException as {@link #list}, and NOT_FOUND for every other name */
    StoredFile file(Caller caller, String reference, String name) {
        return files(released(own(caller, reference))).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "the delivery has no such file"));
    }

    /** Enters the fetch and opens the file; the caller closes it. */
    SeekableByteChannel open(Caller caller, String reference, StoredFile file, long from) throws IOException {
        OrderFile order = own(caller, reference);
        Attempt attempt = released(order);
        orders.record(
                order.id(),
                EvidenceStatement.FETCHED.type(),
                new Actor(caller.role().name(), Optional.of(caller.messageKeyId())),
                Map.of("file", file.name(), "from", Long.toString(from)),
                record(caller, order, file, from));
        if (file.name().equals(EvidenceFolder.MANIFEST_TIME)) {
            return new BytesChannel(token(attempt).orElseThrow().reply());
        }
        EvidenceStore store = file.name().equals(EvidenceFolder.KEY) ? folders.keys(attempt) : folders.volumes(attempt);
        return store.open(file.name());
    }

    /** The signed list names what was sealed; the manifest's time-stamp comes later and stands beside it. */
    private List<StoredFile> files(Attempt attempt) {
        List<StoredFile> files = new ArrayList<>(attempts.files(attempt));
        token(attempt).map(StampToken::reply).ifPresent(reply -> files.add(
                new StoredFile(EvidenceFolder.MANIFEST_TIME, reply.length, Digest.sha256(reply))));
        files.sort(Comparator.comparing(StoredFile::name));
        return files;
    }

    private Optional<StampToken> token(Attempt attempt) {
        return attempt.manifest().flatMap(manifest -> time.token(manifest.digest()));
    }

    /** The order, when it is the caller's authority's. An officer sees the order and not its evidence. */
    OrderFile own(Caller caller, String reference) {
        OrderId id = orders.visible(caller, reference);
        return orders.file(id)
                .filter(file -> file.authority().equals(caller.party().value()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
    }

    Attempt released(OrderFile order) {
        Optional<Attempt> sealed = attempts.sealed(order.id())
                .filter(attempt -> DELIVERABLE.contains(order.state()))
                .filter(attempt -> attempt.releaseLeaf()
                        .filter(leaf -> log.find(leaf).isPresent())
                        .isPresent());
        return sealed.orElseThrow(() -> new ProblemException(
                Problem.EVIDENCE_WITHHELD,
                "there is nothing released to fetch; the order's status says how far it is"));
    }

    private byte[] record(Caller caller, OrderFile order, StoredFile file, long from) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new FetchRecord(
                1,
                FetchRecord.TYPE,
                order.documentId(),
                caller.party().value(),
                caller.person(),
                file.name(),
                file.digest(),
                from,
                Bytes.of(salt)));
    }
}
