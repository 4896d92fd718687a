// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.log.LogEntry;

/** A frozen order as its row and its log tell it: what each has, what the row forgot, and what may become of it. */
record FrozenFile(OrderRow row, FrozenTable.Frozen frozen, List<EntryText> before, boolean recorded, boolean proven) {

    /** The entries of a case up to the one that says it is frozen; all of them while that one is not recorded. */
    static FrozenFile of(OrderRow row, FrozenTable.Frozen frozen, AuditLog log, boolean proven) {
        List<EntryText> all = log.ofCase(row.id().code());
        int place = all.size();
        for (int i = 0; i < all.size(); i++) {
            boolean says =
                    frozen.entry().equals(Optional.of(all.get(i).recorded().leafHash()));
            place = says ? i : place;
        }
        return new FrozenFile(row, frozen, all.subList(0, place), place == all.size() - 1, proven);
    }

    /** The state that the log leaves the order in, with the detail that its last change says. */
    Optional<OrderState> logged() {
        List<LogEntry> entries = before.stream().map(EntryText::parsed).toList();
        Optional<String> detail = Optional.empty();
        for (LogEntry entry : entries) {
            if (CaseEntry.state(entry.type()).isPresent()) {
                detail = Optional.ofNullable(entry.clear().get(CaseEntry.DETAIL));
            }
        }
        Optional<String> said = detail;
        return CaseEntry.state(entries.stream().map(LogEntry::type).toList()).map(word -> StateText.state(word, said));
    }

    private List<EntryText> beyond() {
        return before.stream()
                .filter(entry -> number(entry) > frozen.was().caseSeq())
                .toList();
    }

    private static long number(EntryText entry) {
        return entry.parsed().caseSeq().orElse(0L);
    }

    private boolean onItsLog() {
        return before.stream()
                .anyMatch(entry -> number(entry) == frozen.was().caseSeq()
                        && entry.recorded().leafHash().equals(frozen.was().lastLeaf()));
    }

    List<String> beyondTypes() {
        return beyond().stream().map(entry -> entry.parsed().type()).toList();
    }

    /** Nothing while the freezing itself is not under a checkpoint that counts: two officers sign for nothing before. */
    Optional<ThawOutcome> outcome() {
        if (!recorded) {
            return Optional.empty();
        }
        return Optional.of(ThawDecisions.of(new ThawDecisions.Facts(
                row.filed().kind(),
                frozen.why(),
                row.state(),
                logged().orElse(row.state()),
                onItsLog(),
                proven,
                beyondTypes())));
    }

    FrozenOrders.Frozen shown(AuditLog log) {
        Optional<FrozenOrders.Reached> reached = before.isEmpty()
                ? Optional.empty()
                : logged().map(state -> new FrozenOrders.Reached(
                        state.word(),
                        number(before.getLast()),
                        before.getLast().recorded().leafHash()));
        return new FrozenOrders.Frozen(
                row.id().code(),
                row.filed().digest(),
                row.filed().kind().name(),
                frozen.why().name(),
                frozen.at(),
                recorded ? frozen.entry() : Optional.empty(),
                new FrozenOrders.Reached(
                        row.state().word(), frozen.was().caseSeq(), frozen.was().lastLeaf()),
                reached,
                beyond().stream()
                        .map(entry -> new FrozenOrders.Beyond(
                                number(entry),
                                entry.parsed().type(),
                                entry.recorded().time(),
                                entry.recorded().leafHash(),
                                log.payload(entry.recorded().leafHash()).isPresent()))
                        .toList(),
                outcome());
    }

    /** What the entry of the thaw says in clear. */
    Map<String, String> facts() {
        return Map.of(
                "why",
                frozen.why().name(),
                "state",
                logged().orElse(row.state()).word());
    }
}
