// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Since when and until when the same tenant of the same reseller's asset held the target without a break. */
record Interval(Instant since, Optional<Instant> until) {

    static Interval around(History history, Registered row, Wanted wanted) {
        List<Registered> all = history.all(row.vpsRef());
        Instant since = row.validFrom();
        Optional<Instant> until = Optional.empty();
        boolean unbroken = false;
        for (Registered one : all) {
            boolean same = !one.ended()
                    && one.reseller().equals(row.reseller())
                    && one.record().tenancyRef().equals(row.record().tenancyRef())
                    && wanted.fits(one.record());
            boolean before = !one.validFrom().isAfter(row.validFrom());
            if (before) {
                since = same && unbroken ? since : one.validFrom();
                unbroken = same;
            } else if (!same && until.isEmpty()) {
                until = Optional.of(one.validFrom());
            }
        }
        return new Interval(since, until);
    }
}
