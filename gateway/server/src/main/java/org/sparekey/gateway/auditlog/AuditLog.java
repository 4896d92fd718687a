// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The two logs. What is not appended does not happen; what is not yet recorded may not be acted upon. The steps
 * ({@link #sequence}, {@link #sign}, {@link #witness}, {@link #publish}) run in the background; tests take them by hand.
 */
public final class AuditLog {

    /** How often a waiter looks by itself: another replica may have published. */
    static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Shards shards;
    private final ShardChange change;
    private final Anchors anchors;
    private final Rebuild rebuild;
    private final Closing closing;
    private final DataSource app;
    private final Outbox outbox;
    private final Recordings recordings;
    private final Steps steps;
    private final Resumption resumption;
    private final Stops stops;
    /** By log: what is appended to {@code case} must not be heard in when {@code registry} numbers, signs and publishes. */
    private final Map<LogName, Arrivals> appended = Arrivals.ofEach();

    private final Map<LogName, Arrivals> signed = Arrivals.ofEach();
    private final Arrivals published = new Arrivals();

    AuditLog(
            Shards shards,
            ShardChange change,
            Anchors anchors,
            Rebuild rebuild,
            Closing closing,
            DataSource app,
            Outbox outbox,
            Recordings recordings,
            Steps steps,
            Resumption resumption,
            Stops stops) {
        this.shards = shards;
        this.change = change;
        this.anchors = anchors;
        this.rebuild = rebuild;
        this.closing = closing;
        this.app = app;
        this.outbox = outbox;
        this.recordings = recordings;
        this.steps = steps;
        this.resumption = resumption;
        this.stops = stops;
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
                appended(statement.log()).announce();
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
            long seen = published.seen();
            Optional<Recorded> found = find(leafHash);
            if (found.isPresent() || left <= 0) {
                return found;
            }
            try {
                published.await(seen, Math.min(left, LOOK_AGAIN.toNanos()));
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
        return recordings.last(caseId).equals(Optional.of(new Recordings.Last(caseSeq, lastLeaf)));
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

    /**
     * Two officers let a log go on that was stopped for a restored database, once that is rebuilt.
     *
     * @param joint the statement with both officers' proofs, which the caller has checked
     * @param actor the officer who brings it
     */
    public Resumed resume(LogName log, LogResumption said, byte[] joint, Actor actor) {
        Shard shard = shards.of(log).stream()
                .filter(each -> each.origin().equals(said.origin()))
                .findFirst()
                .orElseGet(() -> shards.current(log));
        Resumed resumed = resumption.resume(shard, shards.current(LogName.CASE), said, joint, actor);
        appendedToBoth();
        return resumed;
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

    /** Each stopped shard by its origin, one of a year that is over among them, and why. */
    public Map<String, StopReason> stoppedShards() {
        return stops.reasons();
    }

    /** Of one log, with what the database holds of each. */
    public List<StoppedShard> stopped(LogName log) {
        return shards.of(log).stream()
                .flatMap(
                        shard -> stops
                                .reason(shard.origin())
                                .map(reason -> Resumption.standing(steps.table(), shard, reason))
                                .stream())
                .toList();
    }

    /** Numbers one batch of waiting entries. @return how many */
    public int sequence(LogName log) {
        return live(log, steps::sequence).stream().mapToInt(Integer::intValue).sum();
    }

    /** Signs the newest tree. @return whether there was one to sign, and it may be signed */
    public boolean sign(LogName log) {
        boolean done = live(log, steps::sign).contains(true);
        if (done) {
            signed(log).announce();
        }
        return done;
    }

    /** Offers the newest signed tree to the witnesses. @return whether one more of them cosigned */
    public boolean witness(LogName log) {
        return shown(log, steps::witness).contains(true);
    }

    /** Publishes the newest signed tree that satisfies the policy. @return whether there was one to publish */
    public boolean publish(LogName log) {
        boolean done = shown(log, steps::publish).contains(true);
        if (done) {
            published.announce();
        }
        return done;
    }

    /** All four steps for both logs. @return whether anything was done */
    public boolean step() {
        boolean done = false;
        for (LogName log : LogName.values()) {
            done |= step(log);
        }
        return done;
    }

    boolean step(LogName log) {
        return enter(log) | show(log);
    }

    /** Numbers and signs. */
    boolean enter(LogName log) {
        return sequence(log) > 0 | sign(log);
    }

    /** Has it witnessed, and publishes. */
    boolean show(LogName log) {
        return witness(log) | publish(log);
    }

    Arrivals signed(LogName log) {
        return Objects.requireNonNull(signed.get(log));
    }

    /** What the calendar asks for, one step at a time. @return whether anything was done */
    public boolean turn(LogName log) {
        stops.requireRunning();
        shards.refresh();
        boolean done = change.step(log);
        if (done) {
            appended(log).announce();
        }
        return done;
    }

    /** Anchors each log in the other, if it is time. @return whether it was */
    public boolean anchor() {
        stops.requireRunning();
        boolean done = anchors.step();
        if (done) {
            appendedToBoth();
        }
        return done;
    }

    /**
     * Fills an empty or older database from a copy, as far as what was signed last, or not at all. The log goes on only
     * after a restart and two officers' word.
     */
    public Rebuilding rebuild(LogCopy copy) {
        return shards.all().stream()
                .filter(shard -> shard.origin().equals(copy.origin()))
                .findFirst()
                .map(shard -> rebuild.from(copy, shard))
                .orElseGet(() -> new Rebuilding.Forged(copy.origin() + " is no log of this gateway"));
    }

    /**
     * Closes an origin of a log because signed entries are lost, and begins the next where none has begun.
     *
     * @param joint the statement with the proofs of two officers, which the caller has checked
     */
    public Closure close(LogName log, LogClosure said, byte[] joint, Actor actor) {
        return closing.close(log, said, joint, actor);
    }

    /** What two officers could close: each shard of which signed entries are missing, newest first. */
    public List<Closure.Otherwise> missing(LogName log) {
        return closing.missing(log);
    }

    Arrivals appended(LogName log) {
        return Objects.requireNonNull(appended.get(log));
    }

    private void appendedToBoth() {
        appended.values().forEach(Arrivals::announce);
    }

    private <T> List<T> live(LogName log, Function<Shard, T> step) {
        return each(shards.live(log), step);
    }

    /** Of closed shards those too whose last checkpoint does not satisfy the policy that is configured now. */
    private <T> List<T> shown(LogName log, Function<Shard, T> step) {
        return each(
                shards.of(log).stream()
                        .filter(shard -> !shard.row().lost())
                        .filter(shard -> !shard.row().closed() || !steps.settled(shard))
                        .toList(),
                step);
    }

    private <T> List<T> each(List<Shard> of, Function<Shard, T> step) {
        List<T> done = new ArrayList<>();
        for (Shard shard : of) {
            done.add(guarded(shard, step));
        }
        return done;
    }

    /** Whatever proves that the log was tampered with stops it in this process, at whichever step it shows. */
    private <T> T guarded(Shard shard, Function<Shard, T> step) {
        stops.requireRunning();
        try {
            return step.apply(shard);
        } catch (LogStoppedException reason) {
            throw steps.keep(shard, stops, reason);
        }
    }
}
