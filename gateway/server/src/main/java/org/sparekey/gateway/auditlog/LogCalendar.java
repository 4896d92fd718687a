// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens by the clock and not by what there is to do.
 *
 * @param caseCadence how often the {@code case} log is published, whatever was appended: when it is published says
 *     nothing about orders
 * @param anchorEvery how often each log anchors the other
 */
@ConfigurationProperties("sparekey.log")
record LogCalendar(
        @DefaultValue("1s") Duration caseCadence,
        @DefaultValue("60s") Duration anchorEvery) {

    LogCalendar {
        if (!caseCadence.isPositive() || !anchorEvery.isPositive()) {
            throw new IllegalArgumentException("sparekey.log.case-cadence and anchor-every are longer than nothing");
        }
    }
}
