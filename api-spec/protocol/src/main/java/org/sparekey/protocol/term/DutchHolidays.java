// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.term;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Set;
import java.util.TreeSet;

/**
 * The generally recognised holidays of article 3 of the Algemene termijnenwet, and Good Friday, which its second paragraph
 * treats alike. Days that a royal decree adds (third paragraph) are not known here: a term ends a day early then, never late.
 */
public final class DutchHolidays {

    private static final int GOOD_FRIDAY = -2;
    private static final int EASTER_MONDAY = 1;
    private static final int ASCENSION = 39;
    private static final int WHIT_MONDAY = 50;

    private static final int KINGS_DAY = 27;
    private static final int LIBERATION_DAY = 5;
    private static final int CHRISTMAS = 25;

    private DutchHolidays() {}

    /** Those of one year, in their order. */
    public static Set<LocalDate> of(int year) {
        LocalDate easter = easter(year);
        Set<LocalDate> days = new TreeSet<>();
        days.add(LocalDate.of(year, Month.JANUARY, 1));
        days.add(easter.plusDays(GOOD_FRIDAY));
        days.add(easter.plusDays(EASTER_MONDAY));
        days.add(kingsDay(year));
        days.add(LocalDate.of(year, Month.MAY, LIBERATION_DAY));
        days.add(easter.plusDays(ASCENSION));
        days.add(easter.plusDays(WHIT_MONDAY));
        days.add(LocalDate.of(year, Month.DECEMBER, CHRISTMAS));
        days.add(LocalDate.of(year, Month.DECEMBER, CHRISTMAS + 1));
        return days;
    }

    /** No Saturday, no Sunday and no holiday. */
    public static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !of(day.getYear()).contains(day);
    }

    /** The day on which the King's birthday is celebrated: the 27th of April, and the day before where that is a Sunday. */
    private static LocalDate kingsDay(int year) {
        LocalDate birthday = LocalDate.of(year, Month.APRIL, KINGS_DAY);
        return birthday.getDayOfWeek() == DayOfWeek.SUNDAY ? birthday.minusDays(1) : birthday;
    }

    /** Easter Sunday by the Gregorian reckoning (Butcher's form of the anonymous algorithm). */
    static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int ofCentury = year % 100;
        int moon = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - century / 4 - moon + 15) % 30;
        int sunday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
        int correction = (golden + 11 * epact + 22 * sunday) / 451;
        int days = epact + sunday - 7 * correction + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }
}
