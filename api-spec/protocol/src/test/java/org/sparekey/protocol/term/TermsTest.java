// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events and ends are written as clocks in Amsterdam show them. */
class TermsTest {

    @ParameterizedTest
    @CsvSource({
        // plain: Monday to Thursday's end
        "2026-11-23T12:00, 3, 2026-11-27T00:00, 2026-11-27T00:00",
        // Wednesday: the third day is Saturday, which goes on to Monday
        "2026-11-25T12:00, 3, 2026-11-29T00:00, 2026-12-01T00:00",
        // Friday: Monday alone is one working day, two are needed
        "2026-11-27T12:00, 3, 2026-12-01T00:00, 2026-12-02T00:00",
        // the Thursday before Good Friday: Easter Monday too is a holiday
        "2026-04-02T23:59, 3, 2026-04-06T00:00, 2026-04-09T00:00",
        // a Friday evening late in UTC's Friday is Amsterdam's Saturday
        "2026-11-28T00:30, 3, 2026-12-02T00:00, 2026-12-02T00:00",
        // Christmas of 2026 ends on a Saturday; new year's day follows
        "2026-12-23T09:00, 3, 2026-12-27T00:00, 2026-12-29T00:00",
        // one day has no working days to be lengthened by, but ends on none either
        "2026-11-27T12:00, 1, 2026-11-29T00:00, 2026-12-01T00:00",
        // Liberation day counts every year
        "2026-05-02T10:00, 3, 2026-05-06T00:00, 2026-05-07T00:00",
        "2026-05-01T10:00, 4, 2026-05-06T00:00, 2026-05-07T00:00",
        // ninety days are lengthened, ninety-one are not: both end on a Sunday
        "2026-11-23T12:00, 90, 2027-02-22T00:00, 2027-02-23T00:00",
        "2026-11-22T12:00, 91, 2027-02-22T00:00, 2027-02-22T00:00"
    })
    void a_dutch_term_in_days_ends_on_a_working_day(
            LocalDateTime event, int days, LocalDateTime target, LocalDateTime latest) {
        assertThat(Terms.statutoryDays(at(event), days)).isEqualTo(new Terms.Term(at(event), at(target), at(latest)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00, 10, 2026-12-04T00:00, 2026-12-04T00:00",
        "2026-11-27T12:00, 10, 2026-12-08T00:00, 2026-12-08T00:00",
        "2026-11-25T12:00, 10, 2026-12-06T00:00, 2026-12-08T00:00",
        // a weekend of two days is no period of two days
        "2026-11-27T12:00, 2, 2026-11-30T00:00, 2026-12-02T00:00",
        "2026-11-27T12:00, 1, 2026-11-29T00:00, 2026-12-01T00:00"
    })
    void a_period_of_the_union_in_days_too(LocalDateTime event, int days, LocalDateTime target, LocalDateTime latest) {
        assertThat(Terms.unionDays(at(event), days)).isEqualTo(new Terms.Term(at(event), at(target), at(latest)));
    }

    @Test
    void hours_run_through_the_night_and_the_hour_of_the_event_does_not_count() {
        Instant event = Instant.parse("2026-12-25T22:20:00Z");

        assertThat(Terms.unionHours(event, 8))
                .isEqualTo(new Terms.Term(
                        event, Instant.parse("2026-12-26T06:20:00Z"), Instant.parse("2026-12-26T07:00:00Z")));
        Instant sharp = Instant.parse("2026-12-25T22:00:00Z");
        assertThat(Terms.unionHours(sharp, 1).legalLatest()).isEqualTo(Instant.parse("2026-12-25T23:00:00Z"));
    }

    @Test
    void a_day_of_the_clock_change_has_23_or_25_hours_and_eight_hours_are_eight() {
        Instant spring = at(LocalDateTime.parse("2027-03-26T12:00"));
        Instant autumn = at(LocalDateTime.parse("2026-10-23T12:00"));

        assertThat(Terms.heldFor(spring, 3)).isEqualTo(spring.plus(Duration.ofHours(71)));
        assertThat(Terms.heldFor(autumn, 3)).isEqualTo(autumn.plus(Duration.ofHours(73)));
        Instant night = Instant.parse("2026-10-25T00:00:00Z");
        assertThat(Terms.unionHours(night, 8).legalLatest()).isEqualTo(night.plus(Duration.ofHours(8)));
        assertThat(Terms.statutoryDays(spring, 2).target()).isEqualTo(Instant.parse("2027-03-28T22:00:00Z"));
    }

    @Test
    void what_is_held_is_held_no_longer_because_of_a_sunday() {
        Instant began = at(LocalDateTime.parse("2026-11-23T12:00"));

        assertThat(Terms.heldFor(began, 90)).isEqualTo(at(LocalDateTime.parse("2027-02-21T12:00")));
    }

    @Test
    void an_event_is_of_the_day_that_amsterdam_has() {
        assertThat(Terms.statutoryDays(Instant.parse("2026-11-23T22:59:59Z"), 3).target())
                .isEqualTo(Instant.parse("2026-11-26T23:00:00Z"));
        assertThat(Terms.statutoryDays(Instant.parse("2026-11-23T23:00:00Z"), 3).target())
                .isEqualTo(Instant.parse("2026-11-27T23:00:00Z"));
    }

    @Test
    void no_term_is_planned_beyond_its_legal_end() {
        Instant now = at(LocalDateTime.parse("2026-11-23T12:00"));
        assertThatThrownBy(() -> new Terms.Term(now, now.plusSeconds(2), now.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Terms.Term(now, now.minusSeconds(2), now.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A calendar of twenty years, counted day by day. */
    @Test
    void random_terms_agree_with_a_calendar_that_is_counted_day_by_day() {
        SplittableRandom random = new SplittableRandom(1182_71);
        for (int i = 0; i < 3_000; i++) {
            LocalDateTime event = LocalDateTime.parse("2020-01-01T00:00").plusMinutes(random.nextLong(20 * 525_600L));
            int days = random.nextInt(1, 91);
            LocalDate end = event.toLocalDate();
            int counted = 0;
            int working = 0;
            while (counted < days || !DutchHolidays.isWorkingDay(end) || (days >= 3 && working < 2)) {
                end = end.plusDays(1);
                counted++;
                working += DutchHolidays.isWorkingDay(end) ? 1 : 0;
            }
            assertThat(Terms.statutoryDays(at(event), days).legalLatest())
                    .as(event + " + " + days)
                    .isEqualTo(at(end.plusDays(1).atStartOfDay()));
        }
    }

    private static Instant at(LocalDateTime clock) {
        return clock.atZone(Terms.ZONE).toInstant();
    }
}
