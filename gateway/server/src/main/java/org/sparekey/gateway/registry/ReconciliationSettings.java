// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval between two comparisons; at most 15 minutes (3-signed-api, Reconciliation)
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.reconciliation")
record ReconciliationSettings(
        @DefaultValue("5m") Duration interval,
        @DefaultValue("true") boolean run) {

    static final Duration LONGEST = Duration.ofMinutes(15);

    ReconciliationSettings {
        if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "sparekey.reconciliation.interval is more than nothing and at most 15 minutes");
        }
    }
}
