// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sealed copies are kept.
 *
 * @param delivered after the order was closed: the authority has its copy and has signed for it
 * @param withheld after any other end, and after a lost attempt's time was up: nobody may ever have this copy
 * @param look how often it is asked which orders have ended
 */
@ConfigurationProperties("sparekey.evidence.keeping")
public record Keeping(
        @DefaultValue("30d") Duration delivered,
        @DefaultValue("1d") Duration withheld,
        @DefaultValue("1m") Duration look) {

    public Keeping {
        if (delivered.isNegative() || withheld.isNegative() || !look.isPositive()) {
            throw new IllegalArgumentException("sparekey.evidence.keeping: no time is negative, and look is positive");
        }
    }
}
