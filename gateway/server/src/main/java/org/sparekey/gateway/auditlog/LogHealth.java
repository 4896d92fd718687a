// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * DOWN with the reason while the log is stopped. Witnesses that do not answer are named and leave it UP: holds, sequencing
 * and signing go on without them, and an orchestrator must not restart the gateway for somebody else's machine.
 */
final class LogHealth implements HealthIndicator {

    private final AuditLog log;

    LogHealth(AuditLog log) {
        this.log = log;
    }

    @Override
    public Health health() {
        Health.Builder health = log.stopped()
                .map(reason -> Health.down().withDetail("log", reason.text()))
                .orElseGet(Health::up);
        for (LogName name : LogName.values()) {
            List<String> away = log.witnesses(name).stream()
                    .filter(witness -> witness.failing().isPresent())
                    .map(WitnessFacts::name)
                    .toList();
            if (!away.isEmpty()) {
                health.withDetail(name.text() + "-witnesses-away", String.join(" ", away));
            }
        }
        return health.build();
    }
}
