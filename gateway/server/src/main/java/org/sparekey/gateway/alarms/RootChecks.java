// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;

/** One {@link RootCheck} for each shard of both logs: a byte changed in a year that is over shows as well. */
final class RootChecks {

    /** Of entries that a look reads for one shard; some tenths of a second. */
    static final int AT_A_LOOK = 64 * 256;

    private final AuditLog log;
    private final Duration scrub;
    private final Map<String, RootCheck> checks = new LinkedHashMap<>();

    RootChecks(AuditLog log, Duration scrub) {
        this.log = log;
        this.scrub = scrub;
    }

    /**
     * @param open what is known to hold: it goes on holding for a shard that has not been read to its end since this start
     * @return the conditions that hold, whose subject is the shard's origin
     */
    Set<Condition> look(Set<Condition> open, Instant now) {
        Set<Condition> holding = new LinkedHashSet<>();
        for (LogName name : LogName.values()) {
            for (PublishedShard shard : log.published(name)) {
                if (shard.lost()) {
                    continue;
                }
                RootCheck check =
                        checks.computeIfAbsent(shard.origin(), origin -> new RootCheck(log, origin, scrub, AT_A_LOOK));
                holding.addAll(check.look(shard, now));
                if (!check.judged()) {
                    open.stream()
                            .filter(each -> RootCheck.KINDS.contains(each.kind()))
                            .filter(each -> each.subject().equals(shard.origin()))
                            .forEach(holding::add);
                }
            }
        }
        return holding;
    }
}
