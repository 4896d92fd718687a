// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval between two looks at the hypervisors; at most 15 minutes (3-signed-api, Reconciliation)
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.inventory")
record InventorySettings(
        @DefaultValue("5m") Duration interval,
        @DefaultValue("true") boolean run) {

    static final Duration LONGEST = Duration.ofMinutes(15);

    InventorySettings {
        if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "sparekey.inventory.interval is more than nothing and at most 15 minutes");
        }
    }
}
