// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogStoppedException;
import org.sparekey.gateway.auditlog.PublishedShard;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;

/**
 * Computes one shard's root anew from the stored entries and compares it with what is published: the new entries at every
 * look, all of them at start and then every so often, so that a byte changed in an old one shows too. A look reads a
 * bounded part: a log of ten million entries keeps no other alarm waiting.
 */
final class RootCheck {

    static final Set<AlarmKind> KINDS = Set.of(AlarmKind.ROOT_MISMATCH, AlarmKind.CHECKPOINT_BACKWARDS);

    private static final int PAGE = 256;

    private final AuditLog log;
    private final String origin;
    private final Duration scrub;
    private final int atALook;
    private final Set<AlarmKind> wrong = new LinkedHashSet<>();
    private CompactTree tree = CompactTree.empty();
    private CompactTree again = CompactTree.empty();
    private @Nullable Checkpoint last;
    private @Nullable Checkpoint goal;
    private Instant scrubbed = Instant.MIN;
    private boolean judged;
    private int left;

    /** @param atALook entries that one look reads at most */
    RootCheck(AuditLog log, String origin, Duration scrub, int atALook) {
        this.log = log;
        this.origin = origin;
        this.scrub = scrub;
        this.atALook = atALook;
    }

    /** What was found wrong stays so until a complete reading finds it right. */
    Set<Condition> look(PublishedShard shard, Instant now) {
        left = atALook;
        published(shard).ifPresent(checkpoint -> compare(checkpoint, now));
        Set<Condition> holding = new LinkedHashSet<>();
        wrong.forEach(kind -> holding.add(Condition.lasting(kind, origin)));
        return holding;
    }

    /** Whether every entry has been read once since this start. */
    boolean judged() {
        return judged;
    }

    private void compare(Checkpoint checkpoint, Instant now) {
        Checkpoint before = last;
        boolean backwards = before != null
                && (checkpoint.size() < before.size()
                        || (checkpoint.size() == before.size()
                                && !checkpoint.root().equals(before.root())));
        if (backwards) {
            wrong.add(AlarmKind.CHECKPOINT_BACKWARDS);
            return;
        }
        last = checkpoint;
        try {
            follow(checkpoint, before, now);
            readAgain(checkpoint, now);
        } catch (LogStoppedException altered) {
            // The log itself refuses to hand out an entry that is no longer what was hashed: that is what we look for.
            wrong.add(AlarmKind.ROOT_MISMATCH);
            judged = true;
        }
    }

    private void follow(Checkpoint checkpoint, @Nullable Checkpoint before, Instant now) {
        boolean ended = read(tree, checkpoint.size());
        if (tree.size() < checkpoint.size()) {
            // The file is there a moment before the row that lets its entries be read. What was published at the look
            // before has had its moment: of that nothing may be missing.
            if (ended && before != null && tree.size() < before.size()) {
                wrong.add(AlarmKind.ROOT_MISMATCH);
            }
            return;
        }
        if (!tree.root().equals(checkpoint.root())) {
            wrong.add(AlarmKind.ROOT_MISMATCH);
        }
        if (!judged) {
            judged = true;
            scrubbed = now;
        }
    }

    /** From the first entry on to what was published when this reading began, as far as a look goes. */
    private void readAgain(Checkpoint checkpoint, Instant now) {
        if (goal == null && judged && !now.isBefore(scrubbed.plus(scrub))) {
            goal = checkpoint;
            again = CompactTree.empty();
        }
        Checkpoint until = goal;
        if (until == null) {
            return;
        }
        read(again, until.size());
        if (again.size() < until.size()) {
            return;
        }
        wrong.clear();
        if (!again.root().equals(until.root())) {
            wrong.add(AlarmKind.ROOT_MISMATCH);
        }
        tree = again;
        again = CompactTree.empty();
        goal = null;
        scrubbed = now;
    }

    /** @return whether it ended because there is no more, and not because this look has read enough */
    private boolean read(CompactTree into, long size) {
        while (into.size() < size && left > 0) {
            int wanted = (int) Math.min(PAGE, size - into.size());
            List<EntryText> page = log.from(origin, into.size(), wanted);
            if (page.isEmpty()) {
                return true;
            }
            left -= page.size();
            for (EntryText entry : page) {
                into.append(LogEntry.leafHash(entry.bytes()));
            }
        }
        return false;
    }

    /** What is published under the log's own signature; anything else there is a contradiction. */
    private Optional<Checkpoint> published(PublishedShard shard) {
        Optional<byte[]> note = shard.checkpoint();
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedNote signed = SignedNote.parse(note.get());
            NoteKey key = NoteKey.parse(shard.vkey());
            if (signed.signers(List.of(key)).contains(key)) {
                return Optional.of(Checkpoint.parse(signed.text()));
            }
        } catch (MalformedException unreadable) {
            wrong.add(AlarmKind.CHECKPOINT_BACKWARDS);
            return Optional.empty();
        }
        wrong.add(AlarmKind.CHECKPOINT_BACKWARDS);
        return Optional.empty();
    }
}
