// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides a batch and stores it with its log entry, in one transaction: all of its good lines, or nothing. */
final class Registrar {

    /**
     * PostgreSQL's SQLSTATE lock_not_available: the lock timeout of {@link Idempotency} holds for the transaction. And
     * deadlock_detected: two resellers hand assets over to each other at one time.
     */
    private static final Set<String> WAITED_IN_VAIN = Set.of("55P03", "40P01");

    private final Parties parties;
    private final Inventory inventory;
    private final Idempotency idempotency;
    private final AuditLog log;
    private final RefusalLog refusals;
    private final Tables tables;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Failpoint failpoint;

    Registrar(
            Parties parties,
            Inventory inventory,
            Idempotency idempotency,
            AuditLog log,
            RefusalLog refusals,
            Tables tables,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        this.parties = parties;
        this.inventory = inventory;
        this.idempotency = idempotency;
        this.log = log;
        this.refusals = refusals;
        this.tables = tables;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
        this.failpoint = failpoint;
    }

    /** The batch as it stands in the table, or why it does not. */
    sealed interface Outcome {

        record Stored(BatchTable.Batch batch) implements Outcome {}

        record Refused(Problem problem, String detail) implements Outcome {}
    }

    /** A crash before the commit leaves nothing; after it, the same batch sent again gets the stored answer. */
    Outcome register(Caller caller, InputStream in, String idempotencyKey) throws IOException {
        BatchReader reader;
        try {
            reader = new BatchReader(in);
        } catch (MalformedException e) {
            refusals.enter(caller, Problem.BATCH_MALFORMED, Optional.empty());
            return new Outcome.Refused(Problem.BATCH_MALFORMED, e.reason());
        }
        Optional<Outcome.Refused> foreign = refuseDocument(caller, reader).filter(refused -> !takenIn(caller, reader));
        Outcome outcome = foreign.isPresent() ? foreign.get() : transact(caller, reader, idempotencyKey);
        failpoint.reached("registry.decided");
        if (outcome instanceof Outcome.Refused refused) {
            refusals.enter(caller, refused.problem(), Optional.of(reader.document()));
        }
        return outcome;
    }

    /** His batch has its answer for ever, also when the key that signed it has expired since. */
    private boolean takenIn(Caller caller, BatchReader reader) {
        return tables.batches()
                .find(reader.document().digest())
                .filter(batch -> batch.reseller().equals(caller.party()))
                .isPresent();
    }

    /** The header must be this reseller's, signed by a document key enrolled for him now. */
    private Optional<Outcome.Refused> refuseDocument(Caller caller, BatchReader reader) {
        SignedDocument document = reader.document();
        Digest keyId = KeyId.of(document.leaf().getPublicKey());
        boolean his = parties.documentKey(keyId)
                .filter(key -> key.party().equals(caller.party()))
                .map(EnrolledKey::publicKey)
                .filter(document::verifiedBy)
                .isPresent();
        boolean named = reader.header().reseller().equals(caller.party().value());
        return his && named
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(
                        Problem.DOCUMENT_REFUSED, "not signed by a document key enrolled for this reseller"));
    }

    private Outcome transact(Caller caller, BatchReader reader, String idempotencyKey) throws IOException {
        try {
            return transaction.execute(status -> {
                try {
                    Outcome outcome = inTransaction(caller, reader, idempotencyKey);
                    if (outcome instanceof Outcome.Refused) {
                        status.setRollbackOnly();
                    }
                    return outcome;
                } catch (MalformedException e) {
                    return malformed(status, e);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException sql
                    && WAITED_IN_VAIN.contains(String.valueOf(sql.getSQLState()))) {
                return new Outcome.Refused(
                        Problem.IN_PROGRESS, "another batch that touches this reseller's assets is being taken in");
            }
            throw e;
        }
    }

    private static Outcome malformed(TransactionStatus status, MalformedException e) {
        status.setRollbackOnly();
        return new Outcome.Refused(Problem.BATCH_MALFORMED, e.reason());
    }

    private Outcome inTransaction(Caller caller, BatchReader reader, String idempotencyKey)
            throws IOException, MalformedException {
        Digest digest = reader.document().digest();
        UUID id = uuidV7();
        idempotency.claim(caller, idempotencyKey, digest, id.toString());
        BatchTable.Last last = tables.batches().lock(caller.party());
        if (reader.header().seq() != last.seq() + 1) {
            // A batch that was taken in bears a number up to the last: the next one is not looked for.
            Optional<BatchTable.Batch> known = tables.batches().find(digest);
            if (known.isPresent()) {
                return again(reader, known.get());
            }
            return new Outcome.Refused(
                    Problem.BATCH_OUT_OF_SEQUENCE, "the next batch of this reseller has number " + (last.seq() + 1));
        }
        return take(caller, reader, id, recordedAt(last), last.others());
    }

    /** The same header over other lines is not the same batch. */
    private static Outcome again(BatchReader reader, BatchTable.Batch known) throws IOException, MalformedException {
        boolean more = true;
        while (more) {
            more = reader.next().isPresent();
        }
        return reader.rootHolds() ? new Outcome.Stored(known) : rootMismatch();
    }

    private Outcome take(Caller caller, BatchReader reader, UUID id, Instant recordedAt, long others)
            throws IOException, MalformedException {
        int count = reader.header().count();
        Facts facts = new Facts(parties, inventory, tables, caller.party(), recordedAt);
        List<LineVerdict> verdicts =
                intake(facts, caller.party(), id, recordedAt, count).take(reader);
        if (!reader.rootHolds()) {
            return rootMismatch();
        }
        tables.batches().turn();
        if (tables.batches().othersCount(caller.party()) != others && facts.outdated()) {
            return new Outcome.Refused(
                    Problem.IN_PROGRESS, "another reseller registers a machine of this batch at this moment");
        }
        Digest leaf = log.append(statement(reader.document(), verdicts)).leafHash();
        failpoint.reached("registry.appended");
        BatchTable.Batch batch = new BatchTable.Batch(
                id,
                caller.party(),
                reader.header().seq(),
                reader.document().digest(),
                reader.document().compact(),
                reader.leafHashes(),
                verdicts,
                leaf,
                recordedAt);
        tables.batches().insert(batch);
        failpoint.reached("registry.storing");
        return new Outcome.Stored(batch);
    }

    private Intake intake(Facts facts, PartyId reseller, UUID id, Instant recordedAt, int count) {
        Accepting accepting = new Accepting(reseller, inventory.handled(reseller), recordedAt);
        return new Intake(tables, facts, accepting, reseller, id, recordedAt, count);
    }

    private static Statement statement(SignedDocument header, List<LineVerdict> verdicts) {
        long accepted = verdicts.stream().filter(LineVerdict::accepted).count();
        return new Statement(
                LogName.REGISTRY,
                ReceiptCheck.ENTRY_TYPE,
                new Actor("RESELLER", Optional.of(KeyId.of(header.leaf().getPublicKey()))),
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        ReceiptCheck.CLEAR_VERDICTS,
                        ReceiptCheck.verdictsDigest(verdicts).base64url(),
                        "accepted",
                        Long.toString(accepted),
                        "refused",
                        Long.toString(verdicts.size() - accepted)),
                compact(header));
    }

    /** Strictly later than the reseller's last batch, whatever the clock did. */
    private Instant recordedAt(BatchTable.Last last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(last.recordedAt()) ? now : last.recordedAt().plus(1, ChronoUnit.MICROS);
    }

    private static Outcome rootMismatch() {
        return new Outcome.Refused(Problem.BATCH_ROOT_MISMATCH, "the signed root is not the root over these lines");
    }

    static byte[] compact(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }

    /** RFC 9562 section 5.7. */
    private UUID uuidV7() {
        long time = clock.millis() << 16;
        long version = 0x7000 | random.nextInt(1 << 12);
        return new UUID(time | version, random.nextLong() >>> 2 | 1L << 63);
    }
}
