// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN with the reason while the log is stopped. */
final class LogHealth implements HealthIndicator {

    private final AuditLog log;

    LogHealth(AuditLog log) {
        this.log = log;
    }

    @Override
    public Health health() {
        return log.stopped()
                .map(reason -> Health.down().withDetail("log", reason.text()).build())
                .orElseGet(() -> Health.up().build());
    }
}
