// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogFacts;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.StopReason;
import org.sparekey.protocol.joint.LogStanding;

/** What officers are told of a log. */
final class Standing {

    private Standing() {}

    static LogStanding of(AuditLog log, LogName name) {
        LogFacts facts = log.facts(name);
        return new LogStanding(
                facts.log().text(),
                facts.origin(),
                facts.sequenced(),
                facts.root(),
                facts.signed(),
                facts.published(),
                facts.stopped().map(StopReason::text),
                log.recovery().stopped(name).stream()
                        .map(shard -> new LogStanding.Stopped(
                                shard.origin(),
                                shard.size(),
                                shard.root(),
                                shard.reason().text()))
                        .toList(),
                log.recovery().missing(name).stream()
                        .map(shard -> new LogStanding.Missing(
                                shard.known().origin(),
                                shard.known().size(),
                                shard.known().root(),
                                shard.held(),
                                shard.next()))
                        .toList());
    }
}
