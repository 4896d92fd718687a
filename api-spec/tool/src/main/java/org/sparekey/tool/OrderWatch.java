// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderStatus;

/** Follows one order by long poll: the gateway answers when it changed, or after a while that it did not. */
final class OrderWatch {

    /** What a gateway waits at most. */
    static final Duration WAIT = Duration.ofSeconds(30);

    /** Where it answers sooner and nothing changed: it has no room for those who wait. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Channel channel;
    private final String orderId;
    private final Printing printing;

    OrderWatch(Channel channel, String orderId, Printing printing) {
        this.channel = channel;
        this.orderId = orderId;
        this.printing = printing;
    }

    /** Prints one line for what it finds and for every change; ends where nothing more comes by itself. */
    int untilItEnds() throws IOException, MalformedException, RefusedException {
        OrderStatus seen = OrderStatusCommand.status(channel, orderId);
        printing.change(seen);
        while (OrderEnd.of(seen.state()) == OrderEnd.GOES_ON) {
            Instant asked = Connection.CLOCK.instant();
            OrderStatus next = Connection.read(Connection.granted(channel, waiting(seen.version())), OrderStatus.class);
            if (next.version() != seen.version()) {
                printing.change(next);
            } else if (Connection.CLOCK.instant().isBefore(asked.plus(PAUSE))) {
                pause();
            }
            seen = next;
        }
        return OrderEnd.of(seen.state()).exitCode();
    }

    private Call waiting(long version) {
        return Call.get(OrderCommand.ORDERS + "/" + orderId + "?wait=" + WAIT.toSeconds() + "&version=" + version);
    }

    private static void pause() throws IOException {
        try {
            if (new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
