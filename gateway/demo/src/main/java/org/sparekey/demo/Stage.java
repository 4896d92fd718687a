// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.World;

/**
 * What the scenes play on.
 *
 * @param asked the instant the police ask about
 */
record Stage(
        Narrator narrator,
        World world,
        People people,
        Resellers resellers,
        Submissions submissions,
        OrderDesk desk,
        InstantSource clock,
        SecureRandom random,
        Instant asked) {

    Cast cast() {
        return world.cast();
    }

    /** Tells a step of an order with its place in the log. */
    void step(String words, OrderStatus status) {
        String state =
                status.state() + status.reason().map(reason -> " " + reason).orElse("");
        narrator.step(words + " -> " + state, "case", status.entry().index().orElse(-1L));
    }
}
