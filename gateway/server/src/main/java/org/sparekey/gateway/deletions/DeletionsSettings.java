// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param graceDays full days between a request and the midnight at which the machine is gone: the same for everybody, held or
 *     not, so that nobody learns anything from it
 * @param bulkPerDay machines that one party terminates in one UTC day before two officers must say yes
 * @param permitTime how long a permit to delete or move lasts: what a hold that comes later may be too late for
 */
@ConfigurationProperties("sparekey.deletions")
record DeletionsSettings(
        @DefaultValue("14") int graceDays,
        @DefaultValue("20") int bulkPerDay,
        @DefaultValue("10m") Duration permitTime) {

    static final int MOST_DAYS = 90;
    static final int MOST_PER_DAY = 1_000;
    static final Duration LONGEST_PERMIT = Duration.ofHours(1);

    DeletionsSettings {
        if (graceDays < 1 || graceDays > MOST_DAYS) {
            throw new IllegalArgumentException("sparekey.deletions.grace-days is 1 to " + MOST_DAYS);
        }
        if (bulkPerDay < 1 || bulkPerDay > MOST_PER_DAY) {
            throw new IllegalArgumentException("sparekey.deletions.bulk-per-day is 1 to " + MOST_PER_DAY);
        }
        if (permitTime.isNegative() || permitTime.isZero() || permitTime.compareTo(LONGEST_PERMIT) > 0) {
            throw new IllegalArgumentException(
                    "sparekey.deletions.permit-time is more than nothing and at most an hour");
        }
    }
}
