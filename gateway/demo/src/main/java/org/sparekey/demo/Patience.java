// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.sparekey.gateway.evidence.DeliveryList;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;

/** Follows an order from outside, as an investigator would, until it gets somewhere. */
final class Patience {

    private static final Duration AT_MOST = Duration.ofMinutes(30);
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Set<String> ENDED = Set.of("refused", "stopped", "failed", "expired", "withdrawn", "closed");

    private final Stage stage;

    Patience(Stage stage) {
        this.stage = stage;
    }

    /** Tells every new state once the log has its place; gives up after half an hour or at another end. */
    OrderStatus until(Actor reader, String orderId, String state) throws InterruptedException {
        Instant giveUp = stage.clock().instant().plus(AT_MOST);
        OrderStatus last = stage.submissions().status(reader, orderId);
        while (!last.state().equals(state) || last.entry().index().isEmpty()) {
            if (ENDED.contains(last.state()) || stage.clock().instant().isAfter(giveUp)) {
                throw new IllegalStateException("order " + orderId + " is " + last.state() + " "
                        + last.reason().orElse("") + " and not " + state);
            }
            Thread.sleep(BETWEEN);
            OrderStatus now = stage.submissions().status(reader, orderId);
            boolean news =
                    now.version() != last.version() || last.entry().index().isEmpty();
            if (news && now.entry().index().isPresent()) {
                stage.step("...", now);
                last = now;
            }
        }
        return last;
    }

    /** A delivery does not wait for its time-stamp; a sceptic wants it among the files. */
    void untilStamped(Actor reader, String orderId) throws InterruptedException {
        Instant giveUp = stage.clock().instant().plus(AT_MOST);
        Call list = Call.get(Submissions.ORDERS + "/" + orderId + "/evidence");
        while (!Submissions.read(stage.people().granted(reader, list), DeliveryList.class)
                .timeStamped()) {
            if (stage.clock().instant().isAfter(giveUp)) {
                throw new IllegalStateException("the delivery of " + orderId + " got no time-stamp");
            }
            Thread.sleep(BETWEEN);
        }
    }
}
