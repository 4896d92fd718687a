// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills an empty or older database from a copy of the entries, in one transaction that commits only if the tree then has
 * the root that was signed last: the one in the fork guard, the published one, or one beside the copy that the log's key
 * signed. It starts nothing: the log stays stopped until two officers resume it.
 */
final class Rebuild {

    private final LogTable table;
    private final RebuildTable rebuilt;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Rebuild(
            LogTable table,
            RebuildTable rebuilt,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.table = table;
        this.rebuilt = rebuilt;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    Rebuilding from(LogCopy copy, Shard shard) {
        Optional<SignedNote> shown = shown(copy, shard);
        // Of two of one size the one that is known here: the other would be a fork.
        Optional<Checkpoint> goal = Stream.concat(
                        goal(shard).stream(), shown.stream().map(Rebuild::tree))
                .reduce((here, there) -> there.size() > here.size() ? there : here);
        if (goal.isEmpty()) {
            return new Rebuilding.Forged("nothing that was signed under " + shard.origin() + " is known here");
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            Rebuilding outcome = inTransaction(copy, shard, goal.get(), shown);
            if (!(outcome instanceof Rebuilding.Rebuilt)) {
                status.setRollbackOnly();
            }
            return outcome;
        }));
    }

    /** The largest tree that is known to have been signed. */
    static Optional<Checkpoint> goal(Shard shard) {
        Optional<Checkpoint> published = shard.files().head();
        Optional<Checkpoint> guarded = shard.guard().remembered();
        return guarded.isPresent()
                        && published
                                .filter(head -> head.size() > guarded.get().size())
                                .isEmpty()
                ? guarded
                : published;
    }

    /** The largest of the copy's own checkpoints that the log's key signed. */
    private static Optional<SignedNote> shown(LogCopy copy, Shard shard) {
        return copy.checkpoints().stream()
                .flatMap(note -> signed(note, shard.signer().key()).stream())
                .max(Comparator.comparingLong(note -> tree(note).size()));
    }

    private static Optional<SignedNote> signed(byte[] bytes, NoteKey key) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            boolean ours = note.signers(List.of(key)).contains(key)
                    && Checkpoint.parse(note.text()).origin().equals(key.name());
            return ours ? Optional.of(note) : Optional.empty();
        } catch (MalformedException notACheckpoint) {
            return Optional.empty();
        }
    }

    private static Checkpoint tree(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (MalformedException e) {
            throw new IllegalStateException("a checkpoint that was read a moment ago", e);
        }
    }

    private Rebuilding inTransaction(LogCopy copy, Shard shard, Checkpoint goal, Optional<SignedNote> shown) {
        Head head = table.lockHead(shard.origin());
        if (head.size() >= goal.size()) {
            return new Rebuilding.Level(head.size());
        }
        CompactTree tree = CompactTree.empty();
        OpenTiles tiles = OpenTiles.at(head.size(), table.tiles(shard.origin()));
        try {
            while (tree.size() < goal.size()) {
                List<byte[]> page = page(copy, head.size(), tree.size(), goal.size());
                if (page.isEmpty()) {
                    return new Rebuilding.Incomplete(tree.size(), goal.size());
                }
                if (tree.size() < head.size()) {
                    page.forEach(entry -> tree.append(LogEntry.leafHash(entry)));
                    if (tree.size() == head.size() && !tree.root().equals(head.root())) {
                        return new Rebuilding.Forged("the copy has another beginning than the database");
                    }
                } else {
                    write(shard, tree, tiles, page);
                }
            }
        } catch (MalformedException e) {
            return new Rebuilding.Forged("entry " + tree.size() + " or one soon after it is none: " + e.reason());
        }
        return tree.root().equals(goal.root())
                ? keep(shard, head, tree, tiles, goal, shown)
                : new Rebuilding.Forged("the copy has another root than the one that was signed");
    }

    /** Never across the end of what the database has, nor beyond the goal: the copy may go on, unsigned. */
    private static List<byte[]> page(LogCopy copy, long has, long at, long goal) {
        long until = at < has ? has : goal;
        return copy.next((int) Math.min(Sequencer.MAX_BATCH, until - at));
    }

    private void write(Shard shard, CompactTree tree, OpenTiles tiles, List<byte[]> page) throws MalformedException {
        List<LogEntry> entries = new ArrayList<>();
        for (byte[] bytes : page) {
            LogEntry entry = LogEntry.parse(bytes);
            if (!entry.origin().equals(shard.origin())) {
                throw new MalformedException("/origin", "an entry of another log");
            }
            entries.add(entry);
        }
        rebuilt.insert(shard.origin(), tree.size(), page, entries);
        for (byte[] bytes : page) {
            tree.append(LogEntry.leafHash(bytes));
            tiles.append(LogEntry.leafHash(bytes));
        }
        // A crash here, or anywhere before the commit, leaves the database as it was.
        failpoint.reached("log.rebuilding");
    }

    private Rebuilding keep(
            Shard shard, Head head, CompactTree tree, OpenTiles tiles, Checkpoint goal, Optional<SignedNote> shown) {
        table.store(shard.origin(), tiles.changed());
        try {
            shard.guard().requireContinuedBy(goal, table.tiles(shard.origin()).nodes(goal.size()));
        } catch (LogStoppedException forked) {
            return new Rebuilding.Forged("the copy does not begin with what was signed here: "
                    + forked.reason().text());
        }
        table.propose(goal, clock.instant());
        if (!table.advance(shard.origin(), head, Head.of(tree))) {
            throw new IllegalStateException("somebody moved the log " + shard.origin() + " while it was rebuilt");
        }
        if (shard.files().head().filter(goal::equals).isPresent()) {
            SignedNote note = parse(shard.files().checkpoint().orElseThrow());
            table.storeNote(goal, own(note, shard.signer().key()).bytes(), clock.instant());
            table.published(shard.origin(), goal.size(), note.bytes());
        } else {
            shown.filter(note -> tree(note).equals(goal))
                    .ifPresent(note -> table.storeNote(
                            goal, own(note, shard.signer().key()).bytes(), clock.instant()));
        }
        return new Rebuilding.Rebuilt(head.size(), goal);
    }

    /** The log's own line, as it was signed: nothing is signed here. */
    private static SignedNote own(SignedNote note, NoteKey key) {
        return new SignedNote(
                note.text(),
                note.signatures().stream()
                        .filter(line -> line.claims(key.verifierKey()))
                        .toList());
    }

    private static SignedNote parse(byte[] note) {
        try {
            return SignedNote.parse(note);
        } catch (MalformedException e) {
            throw new IllegalStateException("the published checkpoint changed while it was read", e);
        }
    }
}
