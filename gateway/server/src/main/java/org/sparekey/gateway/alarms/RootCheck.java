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
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.LogStoppedException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;

/**
 * Computes one log's root anew from the stored entries and compares it with what is published: the new entries at every
 * look, all of them at start and then every so often, so that a byte changed in an old one shows too.
 */
final class RootCheck {

    private static final int PAGE = 256;

    private final AuditLog log;
    private final LogName name;
    private final Duration scrub;
    private CompactTree tree = CompactTree.empty();
    private String origin = "";
    private Instant scrubbed = Instant.MIN;
    private @Nullable Checkpoint last;
    private final Set<AlarmKind> wrong = new LinkedHashSet<>();

    RootCheck(AuditLog log, LogName name, Duration scrub) {
        this.log = log;
        this.name = name;
        this.scrub = scrub;
    }

    /** The conditions that hold for this log; what was found wrong stays so until a complete reading finds it right. */
    Set<Condition> look(Instant now) {
        if (!log.origin(name).equals(origin)) {
            origin = log.origin(name);
            last = null;
            scrubbed = Instant.MIN;
        }
        Optional<Checkpoint> published = published();
        published.ifPresent(checkpoint -> compare(checkpoint, now));
        Set<Condition> holding = new LinkedHashSet<>();
        wrong.forEach(kind -> holding.add(Condition.lasting(kind, name.text())));
        return holding;
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
        boolean whole = scrubbed.equals(Instant.MIN) || !now.isBefore(scrubbed.plus(scrub));
        if (whole) {
            tree = CompactTree.empty();
            scrubbed = now;
            wrong.clear();
        }
        try {
            read(checkpoint.size());
        } catch (LogStoppedException altered) {
            // The log itself refuses to hand out an entry that is no longer what was hashed: that is what we look for.
            wrong.add(AlarmKind.ROOT_MISMATCH);
            return;
        }
        if (tree.size() < checkpoint.size()) {
            // The file is there a moment before the row that lets its entries be read. What was published at the look
            // before has had its moment: of that nothing may be missing.
            if (before != null && tree.size() < before.size()) {
                wrong.add(AlarmKind.ROOT_MISMATCH);
            }
            return;
        }
        if (!tree.root().equals(checkpoint.root())) {
            wrong.add(AlarmKind.ROOT_MISMATCH);
        }
    }

    private void read(long size) {
        while (tree.size() < size) {
            int wanted = (int) Math.min(PAGE, size - tree.size());
            List<EntryText> page = log.from(name, tree.size(), wanted);
            if (page.isEmpty()) {
                return;
            }
            for (EntryText entry : page) {
                tree.append(LogEntry.leafHash(entry.bytes()));
            }
        }
    }

    /** What is published under the log's own signature; anything else there is a contradiction. */
    private Optional<Checkpoint> published() {
        Optional<byte[]> note = log.checkpoint(name);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedNote signed = SignedNote.parse(note.get());
            NoteKey key = NoteKey.parse(log.vkey(name));
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
