// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutchHolidaysTest {

    @ParameterizedTest
    @CsvSource({
        "1961, 1961-04-02", "1981, 1981-04-19", "2000, 2000-04-23", "2008, 2008-03-23", "2011, 2011-04-24",
        "2024, 2024-03-31", "2025, 2025-04-20", "2026, 2026-04-05", "2027, 2027-03-28", "2028, 2028-04-16",
        "2029, 2029-04-01", "2030, 2030-04-21", "2038, 2038-04-25", "2049, 2049-04-18", "2076, 2076-04-19"
    })
    void easter_is_where_the_almanac_has_it(int year, LocalDate easter) {
        assertThat(DutchHolidays.easter(year)).isEqualTo(easter);
    }

    /** The same Sunday by the tables of the Book of Common Prayer's way: a full moon from the golden number and the epact. */
    @Test
    void easter_agrees_with_gauss_for_three_hundred_years() {
        for (int year = 1900; year < 2200; year++) {
            assertThat(DutchHolidays.easter(year)).as("" + year).isEqualTo(gauss(year));
            assertThat(DutchHolidays.easter(year).getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
        }
    }

    @Test
    void a_year_has_its_nine_days() {
        assertThat(DutchHolidays.of(2026))
                .containsExactly(
                        LocalDate.parse("2026-01-01"),
                        LocalDate.parse("2026-04-03"),
                        LocalDate.parse("2026-04-06"),
                        LocalDate.parse("2026-04-27"),
                        LocalDate.parse("2026-05-05"),
                        LocalDate.parse("2026-05-14"),
                        LocalDate.parse("2026-05-25"),
                        LocalDate.parse("2026-12-25"),
                        LocalDate.parse("2026-12-26"));
    }

    @Test
    void the_kings_day_of_a_sunday_is_the_saturday_before() {
        assertThat(DutchHolidays.of(2025))
                .contains(LocalDate.parse("2025-04-26"))
                .doesNotContain(LocalDate.parse("2025-04-27"));
        assertThat(DutchHolidays.of(2031)).contains(LocalDate.parse("2031-04-26"));
        assertThat(DutchHolidays.of(2024)).contains(LocalDate.parse("2024-04-27"));
    }

    @Test
    void ascension_and_liberation_day_may_be_one_day() {
        assertThat(DutchHolidays.of(2016)).hasSize(8).contains(LocalDate.parse("2016-05-05"));
    }

    @Test
    void a_working_day_is_neither_saturday_nor_sunday_nor_holiday() {
        assertThat(DutchHolidays.isWorkingDay(LocalDate.parse("2026-11-23"))).isTrue();
        assertThat(DutchHolidays.isWorkingDay(LocalDate.parse("2026-11-21"))).isFalse();
        assertThat(DutchHolidays.isWorkingDay(LocalDate.parse("2026-11-22"))).isFalse();
        assertThat(DutchHolidays.isWorkingDay(LocalDate.parse("2026-05-05"))).isFalse();
        assertThat(DutchHolidays.isWorkingDay(LocalDate.parse("2026-04-03"))).isFalse();
    }

    /** Gauss's rule with its two exceptions. */
    private static LocalDate gauss(int year) {
        int a = year % 19;
        int b = year % 4;
        int c = year % 7;
        int k = year / 100;
        int p = (13 + 8 * k) / 25;
        int q = k / 4;
        int m = (15 - p + k - q) % 30;
        int n = (4 + k - q) % 7;
        int d = (19 * a + m) % 30;
        int e = (2 * b + 4 * c + 6 * d + n) % 7;
        int march = 22 + d + e;
        LocalDate day = LocalDate.of(year, 3, 1).plusDays(march - 1L);
        if (d == 29 && e == 6) {
            return LocalDate.of(year, 4, 19);
        }
        return d == 28 && e == 6 && a > 10 ? LocalDate.of(year, 4, 18) : day;
    }
}
