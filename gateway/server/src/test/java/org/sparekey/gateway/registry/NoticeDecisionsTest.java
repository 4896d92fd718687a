// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.registry.NoticeDecisions.Day;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Rung;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.coverage.StateCounts;

class NoticeDecisionsTest {

    private static final Instant DAY = Instant.parse("2026-03-10T00:05:00Z");
    private static final UUID ID = new UUID(1, 2);
    private static final CoverageNotice FIRST =
            NoticeDecisions.notice(ID, Rung.FIRST_NOTICE, DAY, DAY, Optional.empty());

    @Test
    void a_first_notice_follows_a_whole_day_with_something_amiss_and_nothing_else() {
        assertThat(after(Optional.empty(), Day.AMISS, DAY)).contains(FIRST);
        assertThat(after(Optional.empty(), Day.IN_ORDER, DAY)).isEmpty();
        assertThat(after(Optional.empty(), Day.UNDECIDED, DAY)).isEmpty();
    }

    @Test
    void the_second_notice_comes_after_14_days_and_the_hosters_own_decision_14_days_later() {
        Instant edge = DAY.plus(Duration.ofDays(14));
        assertThat(after(Optional.of(FIRST), Day.AMISS, edge.minusMillis(1))).isEmpty();
        CoverageNotice second = after(Optional.of(FIRST), Day.AMISS, edge).orElseThrow();
        assertThat(second.rung()).isEqualTo(Rung.SECOND_NOTICE);
        assertThat(second.openedAt()).isEqualTo(DAY);
        assertThat(second.nextAt()).contains(edge.plus(Duration.ofDays(14)));
        CoverageNotice last = after(Optional.of(second), Day.AMISS, edge.plus(Duration.ofDays(14)))
                .orElseThrow();
        assertThat(last.rung()).isEqualTo(Rung.HOSTER_DECIDES);
        assertThat(last.nextAt()).isEmpty();
        assertThat(after(Optional.of(last), Day.AMISS, edge.plus(Duration.ofDays(400))))
                .isEmpty();
    }

    @Test
    void nobody_climbs_and_nobody_is_let_off_on_half_a_picture() {
        Instant later = DAY.plus(Duration.ofDays(30));
        assertThat(after(Optional.of(FIRST), Day.UNDECIDED, later)).isEmpty();
    }

    @Test
    void a_whole_day_in_order_closes_the_ladder() {
        Instant later = DAY.plus(Duration.ofDays(3));
        CoverageNotice closed = after(Optional.of(FIRST), Day.IN_ORDER, later).orElseThrow();
        assertThat(closed.closedAt()).contains(later);
        assertThat(closed.nextAt()).isEmpty();
    }

    @Test
    void half_a_picture_decides_nothing_and_neither_does_a_guest_that_is_still_young() {
        assertThat(day(true, 1, 0, new Share(1, 2))).isEqualTo(Day.AMISS);
        assertThat(day(false, 1, 0, new Share(1, 2))).isEqualTo(Day.UNDECIDED);
        assertThat(day(false, 0, 0, new Share(2, 2))).isEqualTo(Day.UNDECIDED);
        assertThat(day(true, 0, 1, new Share(2, 2))).isEqualTo(Day.UNDECIDED);
        assertThat(day(true, 0, 0, new Share(1, 2))).isEqualTo(Day.UNDECIDED);
        assertThat(day(true, 0, 0, new Share(2, 2))).isEqualTo(Day.IN_ORDER);
    }

    private static Day day(boolean complete, int unregistered, int young, Share seconds) {
        StateCounts counts = new StateCounts(1, unregistered, 0, 0, 0, 0, 0, young, 0);
        return Day.of(new CoverageTable.Day(
                Assets.RESELLER, LocalDate.of(2026, 3, 9), DAY, Share.NONE, Share.NONE, seconds, counts, 0, complete));
    }

    private static Optional<CoverageNotice> after(Optional<CoverageNotice> open, Day day, Instant now) {
        return NoticeDecisions.after(open, day, now, () -> ID);
    }
}
