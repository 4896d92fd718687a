// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.evidence.DestructionDecisions.Ground;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.json.Digest;

/** When a copy goes, to the instant, and what its entries give as the reason. */
class DestructionDecisionsTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T12:00:00.000Z");
    private static final Keeping KEEPING = new Keeping(Duration.ofDays(30), Duration.ofDays(1), Duration.ofMinutes(1));

    @Test
    void the_ground_is_how_its_order_ended_and_a_lost_attempt_is_lost_however() {
        assertThat(ground(Attempt.State.SEALED, "closed")).isEqualTo(Ground.DELIVERED);
        assertThat(ground(Attempt.State.SEALED, "destroyed")).isEqualTo(Ground.UNCONFIRMED);
        assertThat(ground(Attempt.State.SEALED, "withdrawn")).isEqualTo(Ground.WITHHELD);
        assertThat(ground(Attempt.State.SEALED, "expired")).isEqualTo(Ground.WITHHELD);
        assertThat(ground(Attempt.State.LOST, "closed")).isEqualTo(Ground.LOST);
    }

    @Test
    void it_goes_when_its_time_is_over_and_not_a_second_sooner() {
        goesAfter(Ground.DELIVERED, Duration.ofDays(30));
        goesAfter(Ground.WITHHELD, Duration.ofDays(1));
        goesAfter(Ground.LOST, Duration.ofDays(1));
        goesAfter(Ground.UNCONFIRMED, Duration.ZERO);
    }

    private static void goesAfter(Ground ground, Duration kept) {
        Instant due = SINCE.plus(kept);
        assertThat(DestructionDecisions.due(ground, SINCE, KEEPING, due)).isTrue();
        assertThat(DestructionDecisions.due(ground, SINCE, KEEPING, due.minusSeconds(1)))
                .isFalse();
    }

    private static Ground ground(Attempt.State state, String ended) {
        Attempt attempt = new Attempt(
                new OrderId("ORD-7Q4F-2KX9"),
                1,
                state,
                1,
                "folder",
                "ticket",
                SINCE,
                Digest.sha256(new byte[0]),
                Optional.empty(),
                Optional.empty(),
                false);
        return DestructionDecisions.ground(attempt, ended);
    }
}
