// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Rung;

/** The ladder: notice, 14 days, second notice, 14 days, the hoster's own decision (3-signed-api, Reconciliation). Pure. */
final class NoticeDecisions {

    static final Duration PATIENCE = Duration.ofDays(14);

    private NoticeDecisions() {}

    /** Only a complete picture starts or ends a notice, and a guest that may still be registered in time does neither. */
    enum Day {
        IN_ORDER,
        AMISS,
        UNDECIDED;

        static Day of(CoverageTable.Day day) {
            if (!day.complete()) {
                return UNDECIDED;
            }
            if (day.counts().amiss() > 0) {
                return AMISS;
            }
            return day.seconds().whole() && day.counts().young() == 0 ? IN_ORDER : UNDECIDED;
        }
    }

    /**
     * What a signed day does to the ladder.
     *
     * @param open the ladder the reseller stands on, if any
     * @param day what that day was like
     * @return the ladder as it is from now on, only where it changes
     */
    static Optional<CoverageNotice> after(Optional<CoverageNotice> open, Day day, Instant now, Supplier<UUID> newId) {
        if (open.isEmpty()) {
            return day == Day.AMISS
                    ? Optional.of(notice(newId.get(), Rung.FIRST_NOTICE, now, now, Optional.empty()))
                    : Optional.empty();
        }
        CoverageNotice notice = open.get();
        if (day == Day.IN_ORDER) {
            return Optional.of(notice(notice.id(), notice.rung(), notice.openedAt(), notice.at(), Optional.of(now)));
        }
        return next(notice.rung())
                .filter(rung -> day == Day.AMISS && !now.isBefore(notice.at().plus(PATIENCE)))
                .map(rung -> notice(notice.id(), rung, notice.openedAt(), now, Optional.empty()));
    }

    static CoverageNotice notice(UUID id, Rung rung, Instant openedAt, Instant at, Optional<Instant> closedAt) {
        Optional<Instant> nextAt =
                closedAt.isPresent() ? Optional.empty() : next(rung).map(higher -> at.plus(PATIENCE));
        return new CoverageNotice(id, rung, openedAt, at, nextAt, closedAt);
    }

    private static Optional<Rung> next(Rung rung) {
        return switch (rung) {
            case FIRST_NOTICE -> Optional.of(Rung.SECOND_NOTICE);
            case SECOND_NOTICE -> Optional.of(Rung.HOSTER_DECIDES);
            case HOSTER_DECIDES -> Optional.empty();
        };
    }
}
