// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.ArrayList;
import java.util.List;

/** What about an order is unlike its sender: pure. Nothing is refused for it; people are told. */
final class HabitDecisions {

    /** Of one authority in 24 hours. */
    static final int AUTHORITY_A_DAY = 50;

    /** Of one person in 24 hours. */
    static final int PERSON_A_DAY = 10;

    /** Different targets of one person in 24 hours. */
    static final int TARGETS_A_DAY = 5;

    /** Open holds of one authority. */
    static final int HOLDS = 25;

    /** Fewer orders than this are no habit. */
    static final int HABIT = 5;

    private HabitDecisions() {}

    /** Words of the log; one alarm each. */
    enum Unusual {
        MANY_ORDERS_OF_AUTHORITY,
        MANY_ORDERS_OF_PERSON,
        MANY_TARGETS,
        MANY_HOLDS,
        NEW_HOUR,
        NEW_DEVICE,
        CATEGORY_JUMP
    }

    /**
     * @param authorityToday orders of the authority in the last 24 hours, this one included
     * @param personToday of this person
     * @param targetsToday different targets of this person
     * @param holds open holds of the authority, this order's included
     * @param before earlier orders of this person, ever
     * @param sameHour of these, how many in this hour of the day or one next to it (Europe/Amsterdam)
     * @param sameKey of these, how many under this message key
     * @param contentBefore of these, how many for content
     * @param content whether this one is
     */
    record Facts(
            int authorityToday,
            int personToday,
            int targetsToday,
            int holds,
            int before,
            int sameHour,
            int sameKey,
            int contentBefore,
            boolean content) {}

    static List<Unusual> of(Facts facts) {
        List<Unusual> unusual = new ArrayList<>();
        add(unusual, facts.authorityToday() > AUTHORITY_A_DAY, Unusual.MANY_ORDERS_OF_AUTHORITY);
        add(unusual, facts.personToday() > PERSON_A_DAY, Unusual.MANY_ORDERS_OF_PERSON);
        add(unusual, facts.targetsToday() > TARGETS_A_DAY, Unusual.MANY_TARGETS);
        add(unusual, facts.holds() > HOLDS, Unusual.MANY_HOLDS);
        boolean habit = facts.before() >= HABIT;
        add(unusual, habit && facts.sameHour() == 0, Unusual.NEW_HOUR);
        add(unusual, facts.before() > 0 && facts.sameKey() == 0, Unusual.NEW_DEVICE);
        add(unusual, habit && facts.content() && facts.contentBefore() == 0, Unusual.CATEGORY_JUMP);
        return List.copyOf(unusual);
    }

    private static void add(List<Unusual> unusual, boolean is, Unusual what) {
        if (is) {
            unusual.add(what);
        }
    }
}
