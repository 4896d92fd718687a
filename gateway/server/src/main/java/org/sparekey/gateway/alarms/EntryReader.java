// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;

/** Judges the entries of {@code case} one after the other, each once: where it stands is kept with what it found. */
final class EntryReader {

    static final int PAGE = 100;

    private final AuditLog log;
    private final AlarmTable table;
    private final int ordersPerDay;

    EntryReader(AuditLog log, AlarmTable table, int ordersPerDay) {
        this.log = log;
        this.table = table;
        this.ordersPerDay = ordersPerDay;
    }

    /**
     * What a page of entries betrays.
     *
     * @param found what began, or happened
     * @param over what ended; what began and ended within the page happened
     */
    record Read(List<Condition> found, Set<Condition> over) {
        static final Read NOTHING = new Read(List.of(), Set.of());

        Read {
            found = List.copyOf(found);
            over = Set.copyOf(over);
        }
    }

    /** Inside the transaction that keeps what is found; a year's last entries too, after the next year has begun. */
    Read read() {
        Optional<AlarmTable.Position> position = table.position(LogName.CASE);
        Optional<EntryText> last = position.flatMap(
                next -> log.from(next.origin(), next.index() - 1, 1).stream().findFirst());
        if (position.isPresent() && last.isEmpty()) {
            // What was judged does not count at the moment, and so nothing behind it does.
            return Read.NOTHING;
        }
        List<EntryText> page = log.after(LogName.CASE, last.map(EntryText::recorded), PAGE);
        List<Condition> found = new ArrayList<>();
        Set<Condition> over = new HashSet<>();
        Optional<Instant> previous = last.map(text -> parsed(text).time());
        for (EntryText text : page) {
            LogEntry entry = parsed(text);
            Digest leafHash = text.recorded().leafHash();
            judge(entry, leafHash, previous, found);
            EntryRules.bulk(entry).ifPresent(over::remove);
            EntryRules.bulkOver(entry).ifPresent(ended -> {
                over.add(ended);
                found.replaceAll(each -> each.equals(ended) ? Condition.happened(each.kind(), each.subject()) : each);
            });
            for (Condition thawed : EntryRules.thawed(entry, frozen(entry))) {
                over.add(thawed);
                found.replaceAll(each -> each.equals(thawed) ? Condition.happened(each.kind(), each.subject()) : each);
            }
            previous = Optional.of(entry.time());
        }
        if (!page.isEmpty()) {
            Recorded end = page.getLast().recorded();
            table.judged(LogName.CASE, new AlarmTable.Position(end.origin(), end.index() + 1));
        }
        return new Read(found, over);
    }

    private void judge(LogEntry entry, Digest leafHash, Optional<Instant> previous, List<Condition> found) {
        EntryRules.time(entry, leafHash, previous).ifPresent(found::add);
        EntryRules.strangeKey(entry).ifPresent(found::add);
        EntryRules.strangeReader(entry).ifPresent(found::add);
        EntryRules.coverage(entry, leafHash).ifPresent(found::add);
        EntryRules.bulk(entry).ifPresent(found::add);
        EntryRules.frozen(entry, leafHash).ifPresent(found::add);
        EntryRules.unusual(entry, leafHash).ifPresent(found::add);
        entry.caseId()
                .ifPresent(caseId -> EntryRules.ofCase(entry, leafHash, before(caseId, entry))
                        .ifPresent(found::add));
        if (EntryRules.submits(entry) && table.count(EntryRules.perDay(entry)) > ordersPerDay) {
            found.add(Condition.happened(AlarmKind.MANY_ORDERS, EntryRules.perDay(entry)));
        }
    }

    /** The leaf hashes of the entries of this one's case, in front of it, that say it is frozen. */
    private List<Digest> frozen(LogEntry entry) {
        if (ThawOutcome.of(entry.type()).isEmpty() || entry.caseId().isEmpty()) {
            return List.of();
        }
        long seq = entry.caseSeq().orElse(0L);
        return log.ofCase(entry.caseId().get()).stream()
                .filter(each -> parsed(each).type().equals(CaseEntry.FROZEN))
                .filter(each -> parsed(each).caseSeq().orElse(0L) < seq)
                .map(each -> each.recorded().leafHash())
                .toList();
    }

    private List<LogEntry> before(String caseId, LogEntry entry) {
        long seq = entry.caseSeq().orElse(0L);
        return log.ofCase(caseId).stream()
                .map(EntryReader::parsed)
                .filter(each -> each.caseSeq().orElse(0L) < seq)
                .toList();
    }

    /** Stored entries were canonical when they were appended; one that is not was changed, and the root tells of it. */
    private static LogEntry parsed(EntryText text) {
        try {
            return LogEntry.parse(text.bytes());
        } catch (MalformedException e) {
            throw new AlteredEntryException(text.recorded().leafHash(), e);
        }
    }
}
