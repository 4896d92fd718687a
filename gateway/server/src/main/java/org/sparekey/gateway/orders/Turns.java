// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is among the orders that wait: each round goes on behind the last one of the round before, so that those
 * that cannot go on yet keep nobody waiting. After a restart it begins with the oldest.
 */
final class Turns {

    private final Waiting waiting;
    private Optional<OrderId> last = Optional.empty();

    Turns(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Those that wait, oldest first. */
    @FunctionalInterface
    interface Waiting {
        /** @param behind empty for the oldest of all */
        List<OrderId> next(Optional<OrderId> behind, int atMost);
    }

    synchronized List<OrderId> next(int atMost) {
        List<OrderId> behind = waiting.next(last, atMost);
        List<OrderId> round = behind.isEmpty() && last.isPresent() ? waiting.next(Optional.empty(), atMost) : behind;
        last = round.size() < atMost ? Optional.empty() : Optional.of(round.getLast());
        return round;
    }
}
