// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was taken away stays away, whatever became of the tables in between: a delegation that the log says is revoked is
 * revoked, and an authority of which a case says last that it was suspended is suspended, until a lift behind that. Every
 * write stands by itself and does nothing a second time: whoever dies on the way does it anew at the next start.
 */
final class Recall {

    static final int ENTRIES_AT_ONCE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

    private final OrderTable orders;
    private final DelegationTable delegations;
    private final JdbcClient jdbc;
    private final AuditLog log;

    Recall(OrderTable orders, DelegationTable delegations, JdbcClient jdbc, AuditLog log) {
        this.orders = orders;
        this.delegations = delegations;
        this.jdbc = jdbc;
        this.log = log;
    }

    /** Through the whole log, before anything goes on. */
    void level() {
        Map<String, Instant> pulled = new HashMap<>();
        List<EntryText> entries = log.after(LogName.CASE, Optional.empty(), ENTRIES_AT_ONCE);
        while (!entries.isEmpty()) {
            entries.forEach(entry -> read(entry.parsed(), pulled));
            entries = log.after(LogName.CASE, Optional.of(entries.getLast().recorded()), ENTRIES_AT_ONCE);
        }
        pulled.forEach((code, at) -> OrderId.parse(code).flatMap(orders::find).ifPresent(row -> suspend(row, at)));
    }

    /** The same for one order: before two officers let it go on, whatever was not recorded yet at the start. */
    void of(OrderRow row, List<EntryText> entries) {
        Map<String, Instant> pulled = new HashMap<>();
        entries.forEach(entry -> read(entry.parsed(), pulled));
        pulled.values().forEach(at -> suspend(row, at));
    }

    /** @param pulled by case: since when its last word of the switch is that it was pulled */
    private void read(LogEntry entry, Map<String, Instant> pulled) {
        switch (entry.type()) {
            case CaseEntry.SUSPENDED -> entry.caseId().ifPresent(code -> pulled.put(code, entry.time()));
            case CaseEntry.RESUMED -> entry.caseId().ifPresent(pulled::remove);
            case Delegations.REVOKED ->
                Optional.ofNullable(entry.clear().get(CaseEntry.DELEGATED))
                        .map(Digest::parse)
                        .filter(digest -> delegations.revoke(digest, entry.time()))
                        .ifPresent(digest -> LOG.warn("the log says that delegation {} is revoked", digest));
            default -> {
                // of the others nothing is taken away
            }
        }
    }

    /** A case that was frozen when its authority was resumed was not told: the lift behind its last word is in the table. */
    private void suspend(OrderRow row, Instant at) {
        int written = jdbc.sql("""
                INSERT INTO orders_suspension (authority, suspended_at)
                SELECT :authority, :at WHERE NOT EXISTS (
                    SELECT FROM orders_suspension
                    WHERE authority = :authority AND (lifted_at IS NULL OR lifted_at >= :at))
                ON CONFLICT DO NOTHING
                """)
                .param("authority", row.filed().authority())
                .param("at", Timestamp.from(at))
                .update();
        if (written == 1) {
            LOG.error("the case of {} says that its authority was suspended: it is suspended again", row.id());
        }
    }
}
