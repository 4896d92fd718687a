// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.FrozenTable.Why;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.order.OrderKind;

/** What may become of a frozen order, one fact changed at a time; the rooms' side of it is {@link ThawTest}. */
class ThawDecisionsTest {

    private static final OrderState REVIEW = new OrderState.Review();
    private static final OrderState HELD = new OrderState.Held();
    private static final OrderState EXECUTING = new OrderState.Executing(1);
    private static final OrderState SECURED = new OrderState.Secured();
    private static final OrderKind COPY = OrderKind.SNAPSHOT_COPY;
    private static final OrderKind FREEZE = OrderKind.PRESERVATION;
    private static final String LOOKED = "order.read";
    private static final List<OrderState> EARLY =
            List.of(HELD, new OrderState.Located(), REVIEW, new OrderState.Approved());

    @Test
    void what_is_proven_again_and_unchanged_goes_on_as_logged() {
        assertThat(unproven(true, true, REVIEW, REVIEW, LOOKED)).isEqualTo(ThawOutcome.AS_LOGGED);
    }

    @Test
    void what_is_not_proven_again_ends_whatever_else_is_right() {
        assertThat(unproven(false, true, REVIEW, REVIEW)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(unproven(true, false, REVIEW, REVIEW)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(unproven(true, true, HELD, REVIEW, CaseEntry.REVIEW)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(unproven(true, true, REVIEW, REVIEW, CaseEntry.CLARIFIED)).isEqualTo(ThawOutcome.ABANDON);
    }

    @Test
    void a_row_that_is_on_no_log_of_ours_ends_also_where_its_case_has_ended() {
        assertThat(of(COPY, Why.NOT_OF_ITS_LOG, REVIEW, REVIEW, false)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(of(COPY, Why.BEHIND_LOG, REVIEW, new OrderState.Withdrawn(), false))
                .isEqualTo(ThawOutcome.ABANDON);
        assertThat(of(FREEZE, Why.NOT_OF_ITS_LOG, REVIEW, REVIEW, false)).isEqualTo(ThawOutcome.KEEP);
    }

    @Test
    void what_has_ended_in_the_log_has_ended() {
        assertThat(behind(COPY, REVIEW, new OrderState.Withdrawn(), "order.withdrawn"))
                .isEqualTo(ThawOutcome.AS_LOGGED);
    }

    @Test
    void a_guest_that_is_off_the_net_stays_so_until_it_is_given_back() {
        for (OrderState off :
                List.of(new OrderState.Isolated("ISOLATE_GUEST"), new OrderState.Restoring("ISOLATE_GUEST"))) {
            assertThat(behind(OrderKind.TAKE_DOWN, REVIEW, off, CaseEntry.ISOLATED))
                    .isEqualTo(ThawOutcome.AS_LOGGED);
            assertThat(behind(COPY, REVIEW, off, CaseEntry.ISOLATED)).isEqualTo(ThawOutcome.ABANDON);
        }
        assertThat(behind(OrderKind.TAKE_DOWN, REVIEW, EXECUTING, CaseEntry.EXECUTING))
                .isEqualTo(ThawOutcome.ABANDON);
    }

    @Test
    void what_the_row_forgot_without_a_change_is_no_matter_unless_something_ran() {
        assertThat(behind(COPY, REVIEW, REVIEW, LOOKED)).isEqualTo(ThawOutcome.AS_LOGGED);
        assertThat(behind(COPY, SECURED, SECURED, LOOKED)).isEqualTo(ThawOutcome.AS_LOGGED);
        assertThat(behind(COPY, EXECUTING, EXECUTING, LOOKED)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(behind(FREEZE, EXECUTING, EXECUTING, LOOKED)).isEqualTo(ThawOutcome.KEEP);
    }

    @Test
    void before_anything_was_read_or_given_everything_is_done_anew() {
        for (OrderState row : EARLY) {
            for (OrderState logged : EARLY) {
                assertThat(behind(COPY, row, logged, CaseEntry.LOCATED, LOOKED, CaseEntry.REVIEW, CaseEntry.APPROVED))
                        .as("%s, in the log %s", row, logged)
                        .isEqualTo(ThawOutcome.BEGIN_AGAIN);
            }
        }
        assertThat(behind(COPY, REVIEW, REVIEW, CaseEntry.CLARIFICATION, CaseEntry.CLARIFIED))
                .isEqualTo(ThawOutcome.BEGIN_AGAIN);
        assertThat(behind(COPY, REVIEW, HELD, "order.begun-again")).isEqualTo(ThawOutcome.BEGIN_AGAIN);
    }

    @Test
    void what_may_have_been_read_or_given_once_is_not_done_a_second_time() {
        assertThat(behind(COPY, REVIEW, EXECUTING, CaseEntry.APPROVED, CaseEntry.EXECUTING))
                .isEqualTo(ThawOutcome.ABANDON);
        assertThat(behind(COPY, REVIEW, new OrderState.Approved(), CaseEntry.EXECUTING, CaseEntry.APPROVED))
                .isEqualTo(ThawOutcome.ABANDON);
        assertThat(behind(COPY, SECURED, REVIEW, CaseEntry.REVIEW)).isEqualTo(ThawOutcome.ABANDON);
        assertThat(behind(COPY, new OrderState.Clarification("review"), REVIEW, CaseEntry.CLARIFIED))
                .isEqualTo(ThawOutcome.ABANDON);
    }

    @Test
    void a_freezing_that_cannot_be_followed_stays_frozen_where_it_still_can() {
        assertThat(behind(FREEZE, REVIEW, EXECUTING, CaseEntry.EXECUTING)).isEqualTo(ThawOutcome.KEEP);
        assertThat(behind(FREEZE, REVIEW, new OrderState.Available(), "order.available"))
                .isEqualTo(ThawOutcome.ABANDON);
    }

    private static ThawOutcome unproven(
            boolean proven, boolean onItsLog, OrderState row, OrderState logged, String... beyond) {
        return ThawDecisions.of(
                new ThawDecisions.Facts(COPY, Why.NOT_PROVEN_AGAIN, row, logged, onItsLog, proven, List.of(beyond)));
    }

    private static ThawOutcome behind(OrderKind kind, OrderState row, OrderState logged, String... beyond) {
        return of(kind, Why.BEHIND_LOG, row, logged, true, beyond);
    }

    private static ThawOutcome of(
            OrderKind kind, Why why, OrderState row, OrderState logged, boolean onItsLog, String... beyond) {
        return ThawDecisions.of(new ThawDecisions.Facts(kind, why, row, logged, onItsLog, false, List.of(beyond)));
    }
}
