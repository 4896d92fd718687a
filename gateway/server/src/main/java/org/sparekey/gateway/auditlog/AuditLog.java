// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The two logs. What is not appended does not happen; what is not yet recorded may not be acted upon. */
public final class AuditLog {

    /** How often a waiter looks by itself: another replica may have published. */
    static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Shards shards;
    private final DataSource app;
    private final Outbox outbox;
    private final Recordings recordings;
    private final Steps steps;
    private final Stops stops;
    private final Announcements announcements;
    private final Stepper stepper;
    private final Recovery recovery;

    AuditLog(
            Shards shards,
            DataSource app,
            Outbox outbox,
            Recordings recordings,
            Steps steps,
            Stops stops,
            Announcements announcements,
            Stepper stepper,
            Recovery recovery) {
        this.shards = shards;
        this.app = app;
        this.outbox = outbox;
        this.recordings = recordings;
        this.steps = steps;
        this.stops = stops;
        this.announcements = announcements;
        this.stepper = stepper;
        this.recovery = recovery;
        steps.stopWhereBehind(shards.all(), stops);
    }

    /**
     * Hands an entry over, inside the caller's transaction only: it is logged if and only if that commits.
     *
     * @throws IllegalTransactionStateException without a transaction on the app's data source
     * @throws IllegalArgumentException beyond 4 KiB, or when the case's previous entry is another one
     * @throws LogStoppedException when the log is stopped: what cannot be logged does not happen
     */
    public Pending append(Statement statement) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(app)) {
            throw new IllegalTransactionStateException("an entry is appended in the transaction of its state change");
        }
        stops.requireRunning();
        Pending pending = outbox.append(shards.current(statement.log()).origin(), statement);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                announcements.appended(statement.log()).announce();
            }
        });
        return pending;
    }

    /**
     * Waits, outside any transaction, until the entry is recorded.
     *
     * @param atMost not counting the queries in between
     */
    public Optional<Recorded> await(Digest leafHash, Duration atMost) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("waiting inside a transaction would keep its locks");
        }
        for (long left = atMost.toNanos(); ; left -= LOOK_AGAIN.toNanos()) {
            long seen = announcements.published().seen();
            Optional<Recorded> found = find(leafHash);
            if (found.isPresent() || left <= 0) {
                return found;
            }
            try {
                announcements.published().await(seen, Math.min(left, LOOK_AGAIN.toNanos()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return find(leafHash);
            }
        }
    }

    /** Present once the entry is covered by a signed and published checkpoint that satisfies the configured policy. */
    public Optional<Recorded> find(Digest leafHash) {
        return recordings.find(leafHash).map(EntryText::recorded);
    }

    /** The offline proof of a recorded entry under the newest published checkpoint that satisfies the policy. */
    public Optional<WitnessedProof> proof(Digest leafHash) {
        return find(leafHash).flatMap(recordings::proof);
    }

    /**
     * The offline proofs of recorded entries, of one log all under one and the same published checkpoint.
     *
     * @return by leaf hash; an entry that is not recorded is left out
     */
    public Map<Digest, WitnessedProof> proofs(Collection<Digest> leafHashes) {
        return recordings.proofs(
                leafHashes.stream().flatMap(leaf -> find(leaf).stream()).toList());
    }

    /**
     * The proof of a recorded entry under an earlier checkpoint of its log, such as one that is anchored elsewhere.
     *
     * @throws IllegalArgumentException when the checkpoint's tree does not hold the entry
     */
    public LogProof proofUnder(Recorded entry, SignedNote checkpoint) {
        return recordings.proofUnder(entry, checkpoint);
    }

    /** A recorded entry's bytes. */
    public Optional<EntryText> entry(Digest leafHash) {
        return recordings.find(leafHash);
    }

    /** The recorded entries of a case, in its order. */
    public List<EntryText> ofCase(String caseId) {
        return recordings.ofCase(caseId);
    }

    /** The recorded entries of one shard from an index on. */
    public List<EntryText> from(String origin, long index, int atMost) {
        return recordings.from(origin, index, atMost);
    }

    /** The recorded entries of a log's current shard from an index on. */
    public List<EntryText> from(LogName log, long index, int atMost) {
        return recordings.from(shards.current(log).origin(), index, atMost);
    }

    /**
     * What followers read: the recorded entries of a log behind one of them, or from its very first on, through all shards
     * in their order.
     *
     * @return empty when there is nothing more yet
     */
    public List<EntryText> after(LogName log, Optional<Recorded> last, int atMost) {
        boolean reached = last.isEmpty();
        for (Shard shard : shards.of(log)) {
            boolean here = last.filter(recorded -> recorded.origin().equals(shard.origin()))
                    .isPresent();
            reached |= here;
            long from = here ? last.orElseThrow().index() + 1 : 0;
            List<EntryText> entries = reached ? recordings.from(shard.origin(), from, atMost) : List.of();
            if (!entries.isEmpty()) {
                return entries;
            }
        }
        return List.of();
    }

    /** Salt and payload of an entry, also of one that is not recorded yet; empty once erased. */
    public Optional<Opened> payload(Digest leafHash) {
        return recordings.payload(leafHash);
    }

    /** Whether a room's state row is level with the log: the case's last entry is the one the row remembers. */
    public boolean matches(String caseId, long caseSeq, Digest lastLeaf) {
        return end(caseId).equals(Optional.of(new CaseEnd(caseSeq, lastLeaf)));
    }

    /** The last entry of a case, sequenced or still waiting. */
    public Optional<CaseEnd> end(String caseId) {
        return recordings.last(caseId);
    }

    /** The origin under which a log takes entries now. */
    public String origin(LogName log) {
        return shards.current(log).origin();
    }

    /** The public key of the current shard as C2SP writes it, one line. */
    public String vkey(LogName log) {
        return shards.current(log).signer().key().vkey();
    }

    /** The published checkpoint of the current shard, a signed note. */
    public Optional<byte[]> checkpoint(LogName log) {
        return shards.current(log).files().checkpoint();
    }

    /** A published tile or entry bundle. Of {@code CASE}, and of bundles of either, the caller checks who asks. */
    public Optional<byte[]> tile(LogName log, TilePath path) {
        return shards.current(log).files().tile(path);
    }

    /** The directory in which a log's current shard is published, in tlog-tiles layout. */
    public Path directory(LogName log) {
        return shards.current(log).files().directory();
    }

    /** Every shard of a log, oldest first: old ones are served, and verify, for ever. */
    public List<PublishedShard> published(LogName log) {
        return shards.of(log).stream().map(PublishedShard::of).toList();
    }

    /** What a recorded entry is worth under the configured policy. */
    public Guarantees guarantees(LogName log) {
        LogPolicy policy = steps.witnesses(shards.current(log)).policy();
        return new Guarantees(policy.text(), policy.demands(), policy.hosts());
    }

    /** How far a log is, and who keeps it waiting. */
    public LogFacts facts(LogName log) {
        return steps.facts(shards.current(log), stops);
    }

    List<WitnessFacts> witnesses(LogName log) {
        return steps.witnesses(shards.current(log)).facts();
    }

    /** Why the log is stopped, if it is. */
    public Optional<StopReason> stopped() {
        return stops.reason();
    }

    /** Takes the logs' steps. */
    public Stepper stepper() {
        return stepper;
    }

    /** Of a log that stands still. */
    public Recovery recovery() {
        return recovery;
    }

    Announcements announcements() {
        return announcements;
    }
}
