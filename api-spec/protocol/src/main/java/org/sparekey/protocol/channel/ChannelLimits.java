// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.time.Duration;

/**
 * How long and how large.
 *
 * @param connect until the connection stands, TLS included
 * @param answer until the answer's head is there, the sending of the request included
 * @param stall without a single byte of content
 * @param answerBytes content of an answer that is held in memory
 * @param attempts of one call or of one download without progress, the first included
 */
public record ChannelLimits(Duration connect, Duration answer, Duration stall, int answerBytes, int attempts) {

    /** A batch of 80 MiB over a slow line takes a minute; a receipt of 10,000 lines has about 8 MiB. */
    public static final ChannelLimits USUAL =
            new ChannelLimits(Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(30), 16 << 20, 3);
}
