// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.HabitDecisions.Facts;
import org.sparekey.gateway.orders.HabitDecisions.Unusual;

class HabitDecisionsTest {

    private static final Facts USUAL = new Facts(3, 2, 2, 4, 30, 5, 30, 8, true);

    @Test
    void what_is_usual_is_not_told_and_each_limit_has_two_sides() {
        assertThat(HabitDecisions.of(USUAL)).isEmpty();
        int authority = HabitDecisions.AUTHORITY_A_DAY;
        assertThat(HabitDecisions.of(new Facts(authority, 2, 2, 4, 30, 5, 30, 8, true)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(authority + 1, 2, 2, 4, 30, 5, 30, 8, true)))
                .containsExactly(Unusual.MANY_ORDERS_OF_AUTHORITY);
        int person = HabitDecisions.PERSON_A_DAY;
        assertThat(HabitDecisions.of(new Facts(20, person, 2, 4, 30, 5, 30, 8, true)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(20, person + 1, 2, 4, 30, 5, 30, 8, true)))
                .containsExactly(Unusual.MANY_ORDERS_OF_PERSON);
        int targets = HabitDecisions.TARGETS_A_DAY;
        assertThat(HabitDecisions.of(new Facts(9, 9, targets, 4, 30, 5, 30, 8, true)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(9, 9, targets + 1, 4, 30, 5, 30, 8, true)))
                .containsExactly(Unusual.MANY_TARGETS);
        int holds = HabitDecisions.HOLDS;
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, holds, 30, 5, 30, 8, true)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, holds + 1, 30, 5, 30, 8, true)))
                .containsExactly(Unusual.MANY_HOLDS);
    }

    @Test
    void a_new_hour_and_a_jump_in_category_need_a_habit_and_a_new_device_one_earlier_order() {
        int habit = HabitDecisions.HABIT;
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, habit - 1, 0, 4, 0, true)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, habit, 0, 5, 1, true)))
                .containsExactly(Unusual.NEW_HOUR);
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, habit, 1, 5, 0, true)))
                .containsExactly(Unusual.CATEGORY_JUMP);
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, habit, 1, 5, 0, false)))
                .isEmpty();
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, 0, 0, 0, 0, true))).isEmpty();
        assertThat(HabitDecisions.of(new Facts(3, 2, 2, 4, 1, 0, 0, 0, true))).containsExactly(Unusual.NEW_DEVICE);
    }
}
