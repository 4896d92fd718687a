// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparekey.gateway.orders.Waiters.Outcome;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.ProblemException;

/** Waiting for an order to change: one question for all, room for so many, and nobody who holds up the end. */
class WaitersTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final OrderId ORDER = new OrderId("ORD-AAAA-AAAA");
    private static final OrderId OTHER = new OrderId("ORD-BBBB-BBBB");

    private final Map<OrderId, Long> versions = new ConcurrentHashMap<>(Map.of(ORDER, 3L, OTHER, 1L));
    private final AtomicInteger questions = new AtomicInteger();
    private final Waiters waiters = new Waiters(this::asked);
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void whoever_waits_for_a_changed_order_is_woken_and_nobody_else() {
        CompletableFuture<Outcome> one = wait("one", ORDER, 3);
        CompletableFuture<Outcome> two = wait("two", OTHER, 1);
        until(2);
        waiters.look();
        assertThat(one).isNotDone();
        versions.put(ORDER, 4L);
        waiters.look();

        assertThat(one.join()).isEqualTo(Outcome.CHANGED);
        assertThat(two).isNotDone();
        waiters.close();
        assertThat(two.join()).isEqualTo(Outcome.CHANGED);
        assertThat(waiters.count()).isZero();
    }

    @Test
    void a_change_between_looking_and_waiting_is_not_missed() {
        versions.put(ORDER, 4L);
        CompletableFuture<Outcome> late = wait("one", ORDER, 3);
        until(1);
        waiters.look();

        assertThat(late.join()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void the_database_is_asked_once_for_all_and_never_while_nobody_waits() {
        waiters.look();
        assertThat(questions).hasValue(0);
        List<CompletableFuture<Outcome>> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(wait("party-" + i, ORDER, 3));
        }
        until(100);
        waiters.look();

        assertThat(questions).hasValue(1);
        waiters.close();
        many.forEach(CompletableFuture::join);
    }

    @Test
    void one_party_cannot_take_all_the_room_and_all_cannot_take_more_than_there_is() {
        List<CompletableFuture<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < Waiters.OF_ONE_PARTY; i++) {
            all.add(wait("greedy", ORDER, 3));
        }
        until(Waiters.OF_ONE_PARTY);
        assertThat(waiters.await(caller("greedy"), OTHER, 1, LONG)).isEqualTo(Outcome.NO_ROOM);
        for (int i = Waiters.OF_ONE_PARTY; i < Waiters.AT_ONCE; i++) {
            all.add(wait("party-" + i, ORDER, 3));
        }
        until(Waiters.AT_ONCE);
        assertThat(waiters.await(caller("last"), OTHER, 1, LONG)).isEqualTo(Outcome.NO_ROOM);

        waiters.close();
        all.forEach(CompletableFuture::join);
        assertThat(waiters.await(caller("last"), ORDER, 3, LONG)).isEqualTo(Outcome.NO_ROOM);
        waiters.open();
        assertThat(waiters.await(caller("last"), ORDER, 3, Duration.ofMillis(1)))
                .isEqualTo(Outcome.UNCHANGED);
    }

    @ParameterizedTest
    @CsvSource({"30, 3", "1, 0", "9, 123456789012345678"})
    void a_wait_is_seconds_and_a_version(String wait, String version) {
        assertThat(LongPoll.asked(wait, version))
                .hasValueSatisfying(asked -> assertThat(asked.seen()).isEqualTo(Long.parseLong(version)));
        assertThat(LongPoll.asked(null, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"31, 3", "0, 3", "-1, 3", "1e9, 3", "99, 3", "3, -1", "3, 1234567890123456789", "3, x", ", 3", "3,"})
    void anything_else_is_malformed(String wait, String version) {
        assertThatThrownBy(() -> LongPoll.asked(wait, version)).isInstanceOf(ProblemException.class);
    }

    private Map<OrderId, Long> asked(Set<OrderId> orders) {
        if (!orders.isEmpty()) {
            questions.incrementAndGet();
        }
        Map<OrderId, Long> now = new HashMap<>(versions);
        now.keySet().retainAll(orders);
        return now;
    }

    private CompletableFuture<Outcome> wait(String party, OrderId order, long seen) {
        return CompletableFuture.supplyAsync(() -> waiters.await(caller(party), order, seen, LONG), threads);
    }

    private void until(int count) {
        while (waiters.count() < count) {
            Thread.onSpinWait();
        }
    }

    private static Caller caller(String party) {
        return new Caller(new PartyId(party), "p-1", Role.INVESTIGATOR, Digest.sha256(new byte[0]));
    }
}
