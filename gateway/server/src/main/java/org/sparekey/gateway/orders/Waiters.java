// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;

/**
 * Those who wait until an order is no longer as they saw it. Each is a virtual thread at rest; every round asks the database
 * one question for all of them together, so that a change by another replica is seen as well, and none while nobody waits.
 */
final class Waiters {

    /** In this process. Whoever comes beyond them is answered at once. */
    static final int AT_ONCE = 256;

    /** So that no party takes all the room. */
    static final int OF_ONE_PARTY = 16;

    static final Duration INTERVAL = Duration.ofMillis(500);

    private final Versions versions;
    private final Set<Waiter> waiting = new HashSet<>();
    private boolean closed;

    Waiters(Versions versions) {
        this.versions = versions;
    }

    /** How often each of these orders has changed. */
    @FunctionalInterface
    interface Versions {
        Map<OrderId, Long> of(Set<OrderId> orders);
    }

    /** What became of the waiting. */
    enum Outcome {
        CHANGED,
        UNCHANGED,
        /** There is no room to wait in; ask again later. */
        NO_ROOM
    }

    /** @param seen the version that the caller knows */
    Outcome await(Caller caller, OrderId order, long seen, Duration atMost) {
        Waiter waiter = new Waiter(caller.party(), order, seen, new CountDownLatch(1));
        if (!enter(waiter)) {
            return Outcome.NO_ROOM;
        }
        try {
            return waiter.changed().await(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    ? Outcome.CHANGED
                    : Outcome.UNCHANGED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.UNCHANGED;
        } finally {
            leave(waiter);
        }
    }

    /** One round: wakes those whose order has another version than they saw. */
    void look() {
        Map<OrderId, Long> now = versions.of(orders());
        for (Waiter waiter : all()) {
            if (now.getOrDefault(waiter.order(), waiter.seen()) != waiter.seen()) {
                waiter.changed().countDown();
            }
        }
    }

    synchronized int count() {
        return waiting.size();
    }

    synchronized void open() {
        closed = false;
    }

    /** Lets everybody go, so that nobody holds up the end of the process. */
    synchronized void close() {
        closed = true;
        waiting.forEach(waiter -> waiter.changed().countDown());
    }

    private synchronized boolean enter(Waiter waiter) {
        boolean room = !closed
                && waiting.size() < AT_ONCE
                && waiting.stream().filter(waiter::ofTheSameParty).count() < OF_ONE_PARTY;
        return room && waiting.add(waiter);
    }

    private synchronized void leave(Waiter waiter) {
        waiting.remove(waiter);
    }

    private synchronized Set<Waiter> all() {
        return new HashSet<>(waiting);
    }

    private Set<OrderId> orders() {
        Set<OrderId> orders = new HashSet<>();
        all().forEach(waiter -> orders.add(waiter.order()));
        return orders;
    }

    /** Two that wait for the same are two: each has its own latch. */
    private record Waiter(PartyId party, OrderId order, long seen, CountDownLatch changed) {
        boolean ofTheSameParty(Waiter other) {
            return party.equals(other.party);
        }
    }
}
