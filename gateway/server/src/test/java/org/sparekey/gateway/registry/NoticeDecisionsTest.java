// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.coverage.CoverageNotice;
import org.sparekey.protocol.coverage.Rung;

class NoticeDecisionsTest {

    private static final Instant DAY = Instant.parse("2026-03-10T00:05:00Z");
    private static final UUID ID = new UUID(1, 2);
    private static final CoverageNotice FIRST =
            NoticeDecisions.notice(ID, Rung.FIRST_NOTICE, DAY, DAY, Optional.empty());

    @Test
    void a_first_notice_follows_a_whole_day_with_something_amiss_and_nothing_else() {
        assertThat(after(Optional.empty(), true, true, DAY)).contains(FIRST);
        assertThat(after(Optional.empty(), false, true, DAY)).isEmpty();
        assertThat(after(Optional.empty(), true, false, DAY)).isEmpty();
    }

    @Test
    void the_second_notice_comes_after_14_days_and_the_hosters_own_decision_14_days_later() {
        Instant edge = DAY.plus(Duration.ofDays(14));
        assertThat(after(Optional.of(FIRST), true, true, edge.minusMillis(1))).isEmpty();
        CoverageNotice second = after(Optional.of(FIRST), true, true, edge).orElseThrow();
        assertThat(second.rung()).isEqualTo(Rung.SECOND_NOTICE);
        assertThat(second.openedAt()).isEqualTo(DAY);
        assertThat(second.nextAt()).contains(edge.plus(Duration.ofDays(14)));
        CoverageNotice last = after(Optional.of(second), true, true, edge.plus(Duration.ofDays(14)))
                .orElseThrow();
        assertThat(last.rung()).isEqualTo(Rung.HOSTER_DECIDES);
        assertThat(last.nextAt()).isEmpty();
        assertThat(after(Optional.of(last), true, true, edge.plus(Duration.ofDays(400)))).isEmpty();
    }

    @Test
    void nobody_climbs_and_nobody_is_let_off_on_half_a_picture() {
        Instant later = DAY.plus(Duration.ofDays(30));
        assertThat(after(Optional.of(FIRST), true, false, later)).isEmpty();
        assertThat(after(Optional.of(FIRST), false, false, later)).isEmpty();
    }

    @Test
    void a_whole_day_in_order_closes_the_ladder() {
        Instant later = DAY.plus(Duration.ofDays(3));
        CoverageNotice closed = after(Optional.of(FIRST), false, true, later).orElseThrow();
        assertThat(closed.closedAt()).contains(later);
        assertThat(closed.nextAt()).isEmpty();
    }

    private static Optional<CoverageNotice> after(
            Optional<CoverageNotice> open, boolean amiss, boolean complete, Instant now) {
        return NoticeDecisions.after(open, amiss, complete, now, () -> ID);
    }
}
