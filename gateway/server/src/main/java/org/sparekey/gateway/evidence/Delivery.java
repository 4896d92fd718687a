// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
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
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.StampToken;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
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

    /** How long a fetch waits for its entry's checkpoint before it is told to come again. */
    static final Duration PROOF_WAIT = Duration.ofSeconds(5);

    private static final Set<String> DELIVERABLE = Set.of("available", "acknowledged", "closed");

    private final Orders orders;
    private final AuditLog log;
    private final TimeStamping time;
    private final AttemptTable attempts;
    private final EvidenceFolders folders;
    private final RefusalEntries refusals;
    private final SecureRandom random;

    Delivery(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            AttemptTable attempts,
            EvidenceFolders folders,
            RefusalEntries refusals,
            SecureRandom random) {
        this.orders = orders;
        this.log = log;
        this.time = time;
        this.attempts = attempts;
        this.folders = folders;
        this.refusals = refusals;
        this.random = random;
    }

    /** @throws ProblemException NOT_FOUND for another authority, EVIDENCE_WITHHELD before the release, EVIDENCE_DESTROYED after */
    public DeliveryList list(Caller caller, String reference) {
        OrderFile order = own(caller, reference);
        Attempt attempt = released(caller, order);
        String listed = EvidenceStatement.LISTED.type();
        byte[] record = record(listed, caller, order, Optional.empty());
        orders.given(orders.looked(caller, order.id(), listed, "evidence", Map.of(), record));
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
        return files(released(caller, own(caller, reference))).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "the delivery has no such file"));
    }

    /**
     * Enters the fetch and, once that entry is in a signed checkpoint, opens the file; the caller closes it. A crash after
     * the entry leaves a fetch that was announced and not made, never one that was made and not announced.
     *
     * @throws ProblemException LOG_UNAVAILABLE while the entry waits; asking again waits for the same one
     */
    SeekableByteChannel open(Caller caller, String reference, StoredFile file, long from) throws IOException {
        OrderFile order = own(caller, reference);
        Attempt attempt = released(caller, order);
        Digest entry = orders.looked(
                caller,
                order.id(),
                EvidenceStatement.FETCHED.type(),
                "evidence/" + file.name() + "@" + from,
                Map.of("file", file.name(), "from", Long.toString(from)),
                record(EvidenceStatement.FETCHED.type(), caller, order, Optional.of(new FetchRecord.Part(file, from))));
        if (log.await(entry, PROOF_WAIT).isEmpty()) {
            throw new ProblemException(
                    Problem.LOG_UNAVAILABLE, "the fetch is not in a signed checkpoint yet; ask again");
        }
        orders.given(entry);
        if (file.name().equals(EvidenceFolder.MANIFEST_TIME)) {
            return new BytesChannel(token(attempt).orElseThrow().reply());
        }
        EvidenceStore store = file.name().equals(EvidenceFolder.KEY) ? folders.keys(attempt) : folders.volumes(attempt);
        try {
            return store.open(file.name());
        } catch (NoSuchFileException gone) {
            // Between the entry and here its time was up.
            ProblemException destroyed = destroyed();
            destroyed.initCause(gone);
            throw destroyed;
        }
    }

    /** The signed list names what was sealed; the manifest's time-stamp comes later and stands beside it. */
    private List<StoredFile> files(Attempt attempt) {
        List<StoredFile> files = new ArrayList<>(attempts.files(attempt));
        token(attempt)
                .map(StampToken::reply)
                .ifPresent(reply ->
                        files.add(new StoredFile(EvidenceFolder.MANIFEST_TIME, reply.length, Digest.sha256(reply))));
        files.sort(Comparator.comparing(StoredFile::name));
        return files;
    }

    private Optional<StampToken> token(Attempt attempt) {
        return attempt.manifest().flatMap(manifest -> time.token(manifest.digest()));
    }

    /** The order, when it is the caller's authority's. An officer sees the order and not its evidence. */
    OrderFile own(Caller caller, String reference) {
        OrderFile file = orders.file(orders.visible(caller, reference)).orElseThrow();
        if (!file.authority().equals(caller.party().value())) {
            refuse(caller, file, "evidence-of-another");
            throw new ProblemException(Problem.NOT_FOUND, "no such order");
        }
        return file;
    }

    private Attempt released(Caller caller, OrderFile order) {
        Optional<Attempt> released = released(order);
        if (released.isEmpty()) {
            refuse(caller, order, "evidence-withheld");
        }
        Attempt attempt = released.orElseThrow(Delivery::withheld);
        if (attempt.destroyed()) {
            refuse(caller, order, "evidence-destroyed");
            throw destroyed();
        }
        return attempt;
    }

    /** The sealed copy, once its release is in a signed checkpoint. */
    Optional<Attempt> released(OrderFile order) {
        return attempts.sealed(order.id())
                .filter(attempt -> DELIVERABLE.contains(order.state()))
                .filter(attempt -> attempt.releaseLeaf()
                        .filter(leaf -> log.find(leaf).isPresent())
                        .isPresent());
    }

    private static ProblemException destroyed() {
        return new ProblemException(
                Problem.EVIDENCE_DESTROYED, "the hoster's copy was kept as long as it is kept, and is gone");
    }

    static ProblemException withheld() {
        return new ProblemException(
                Problem.EVIDENCE_WITHHELD, "there is nothing released to fetch; the order's status says how far it is");
    }

    /** Outside any transaction. @param reason a word of ours */
    void refuse(Caller caller, OrderFile order, String reason) {
        refuse(caller, order, reason, Map.of());
    }

    void refuse(Caller caller, OrderFile order, String reason, Map<String, String> clear) {
        String type = EvidenceStatement.REFUSED.type();
        refusals.enter(new RefusedAttempt(
                LogName.CASE,
                type,
                caller.party(),
                actor(caller),
                reason,
                clear,
                record(type, caller, order, Optional.empty())));
    }

    private static Actor actor(Caller caller) {
        return new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
    }

    private byte[] record(String type, Caller caller, OrderFile order, Optional<FetchRecord.Part> part) {
        byte[] salt = new byte[Manifest.SALT_BYTES];
        random.nextBytes(salt);
        return Wire.write(new FetchRecord(
                FetchRecord.VERSION,
                type,
                order.documentId(),
                caller.party().value(),
                caller.person(),
                part.map(FetchRecord.Part::name),
                part.map(FetchRecord.Part::sha256),
                part.map(FetchRecord.Part::from),
                Bytes.of(salt)));
    }
}
