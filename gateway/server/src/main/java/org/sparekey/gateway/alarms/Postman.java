// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is due on every channel, again and again until it has arrived, ever more slowly but never never. */
final class Postman {

    static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    static final Duration LAST_RETRY = Duration.ofMinutes(15);

    /** At one step: a room that has much to say must still look. */
    static final int LETTERS_A_STEP = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final int MAX_DOUBLINGS = 10;

    private final List<Channel> channels;
    private final InstantSource clock;

    Postman(List<Channel> channels, InstantSource clock) {
        this.channels = List.copyOf(channels);
        this.clock = clock;
    }

    List<String> channels() {
        return channels.stream().map(Channel::name).toList();
    }

    /** The spool's own: tried at every step, for these are the ones that cannot wait. */
    void send(Spool spool) {
        for (Spool.Waiting waiting : spool.all()) {
            Spool.Waiting now = waiting;
            for (Channel channel : channels) {
                if (!now.sent().contains(channel.name()) && sent(channel, now.notice())) {
                    now = now.sentBy(channel.name());
                    spool.write(now);
                }
            }
            if (now.entered() && now.sent().containsAll(channels())) {
                spool.remove(now);
            }
        }
    }

    void send(AlarmTable table) {
        for (int n = 0; n < LETTERS_A_STEP; n++) {
            Optional<AlarmTable.Letter> letter = table.claim(clock.instant(), FIRST_RETRY);
            if (letter.isEmpty()) {
                return;
            }
            deliver(table, letter.get());
        }
    }

    private void deliver(AlarmTable table, AlarmTable.Letter letter) {
        Optional<Channel> channel = channels.stream()
                .filter(each -> each.name().equals(letter.channel()))
                .findFirst();
        Instant now = clock.instant();
        // A channel that is configured no longer has nobody behind it.
        if (channel.isEmpty() || sent(channel.get(), letter.notice())) {
            table.sent(letter, now);
        } else {
            table.again(letter, now.plus(retry(letter.attempts())));
        }
    }

    static Duration retry(int attempts) {
        Duration after = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        return after.compareTo(LAST_RETRY) < 0 ? after : LAST_RETRY;
    }

    /** Whatever a channel throws, such as for an address that is none: it keeps no notice from the other channels. */
    private static boolean sent(Channel channel, Notice notice) {
        try {
            channel.send(notice);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "the alarm {} was not taken by the channel {} and is sent again",
                    notice.alarm(),
                    channel.name(),
                    e);
            return false;
        }
    }
}
