// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.term;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * When a term ends. Every answer is exclusive: the first instant at which the term is over. Days are days of Amsterdam, which
 * have 23 or 25 hours twice a year; hours are hours.
 */
public final class Terms {

    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    /** Article 2 of the Algemene termijnenwet: a term of at least so many days contains two working days. */
    private static final int SHORTEST_WITH_WORKING_DAYS = 3;

    /** Article 3(5) of Regulation 1182/71, the same for two days and more. */
    private static final int SHORTEST_UNION_TERM_WITH_WORKING_DAYS = 2;

    private static final int WORKING_DAYS = 2;

    /** Article 4 of the Algemene termijnenwet: a longer term in days is not lengthened. */
    private static final int LONGEST_LENGTHENED_DAYS = 90;

    private Terms() {}

    /**
     * A term when the law's last moment and the one to plan on are not the same.
     *
     * @param target what the gateway works towards: never after {@code legalLatest}
     * @param legalLatest the last moment that the law knows
     */
    public record Term(Instant start, Instant target, Instant legalLatest) {
        public Term {
            if (target.isAfter(legalLatest) || target.isBefore(start)) {
                throw new IllegalArgumentException("a target lies within its term");
            }
        }
    }

    /**
     * A statutory term in days under the Algemene termijnenwet: the day of the event does not count, a term that ends on a
     * Saturday, Sunday or holiday goes on to the end of the next working day (article 1), and one of three days or more has
     * two working days in it (article 2). More than 90 days are not lengthened (article 4).
     */
    public static Term statutoryDays(Instant event, int days) {
        if (days > LONGEST_LENGTHENED_DAYS) {
            return plain(event, days);
        }
        return lengthened(event, days, days >= SHORTEST_WITH_WORKING_DAYS);
    }

    /**
     * A period in days under Regulation 1182/71, article 3: the day of the event does not count; one that ends on a holiday,
     * Sunday or Saturday ends with the following working day (paragraph 4); one of two days or more has two working days in
     * it (paragraph 5). Working days are those of the Netherlands, where the action is taken (article 2).
     */
    public static Term unionDays(Instant event, int days) {
        return lengthened(event, days, days >= SHORTEST_UNION_TERM_WITH_WORKING_DAYS);
    }

    /**
     * A period in hours under Regulation 1182/71: the hour of the event does not count, and no holiday lengthens it. Planned is
     * on the plain hours after the event, which are over earlier.
     */
    public static Term unionHours(Instant event, int hours) {
        Instant begun = event.truncatedTo(ChronoUnit.HOURS);
        Instant first = begun.equals(event) ? begun : begun.plus(Duration.ofHours(1));
        return new Term(event, event.plus(Duration.ofHours(hours)), first.plus(Duration.ofHours(hours)));
    }

    /**
     * The longest that something may be held, in days: it burdens the person concerned, so no holiday lengthens it, and it is
     * over with the last of the days, counted in days of Amsterdam from the moment it began.
     */
    public static Instant heldFor(Instant began, int days) {
        return began.atZone(ZONE).plusDays(days).toInstant();
    }

    private static Term plain(Instant event, int days) {
        Instant end = endOf(day(event).plusDays(days));
        return new Term(event, end, end);
    }

    /** Planned is on the days as they are; the law's lengthening is a reserve. */
    private static Term lengthened(Instant event, int days, boolean withWorkingDays) {
        LocalDate first = day(event).plusDays(1);
        LocalDate last = day(event).plusDays(days);
        LocalDate latest = last;
        while (!DutchHolidays.isWorkingDay(latest) || (withWorkingDays && workingDays(first, latest) < WORKING_DAYS)) {
            latest = latest.plusDays(1);
        }
        return new Term(event, endOf(last), endOf(latest));
    }

    private static long workingDays(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .filter(DutchHolidays::isWorkingDay)
                .count();
    }

    private static LocalDate day(Instant event) {
        return event.atZone(ZONE).toLocalDate();
    }

    private static Instant endOf(LocalDate day) {
        ZonedDateTime next = day.plusDays(1).atStartOfDay(ZONE);
        return next.toInstant();
    }
}
