// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/** Everybody's own signed channel to the gateway, opened from his own configuration file, over HTTPS like in real life. */
final class People implements AutoCloseable {

    private final World world;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Actor, Channel> channels = new HashMap<>();

    People(World world, InstantSource clock, SecureRandom random) {
        this.world = world;
        this.clock = clock;
        this.random = random;
    }

    Channel channel(Actor actor) {
        return channels.computeIfAbsent(actor, this::open);
    }

    /** The authentic answer, granted or refused. */
    Answer send(Actor actor, Call call) {
        try {
            return channel(actor).send(call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authentic answer to a call that must be granted for the story to go on. */
    Answer.Granted granted(Actor actor, Call call) {
        return send(actor, call).match(granted -> granted, refused -> {
            throw new IllegalStateException(call.method() + " " + call.path() + " was refused: " + refused.problem());
        });
    }

    /** The authentic problem that answers a call which must not pass. */
    Answer.Refused refused(Actor actor, Call call) {
        return send(actor, call)
                .match(
                        granted -> {
                            throw new IllegalStateException(call.method() + " " + call.path() + " was granted");
                        },
                        refused -> refused);
    }

    private Channel open(Actor actor) {
        try {
            ChannelConfiguration configuration =
                    ChannelConfiguration.load(world.home(actor).resolve(ChannelConfiguration.FILE));
            return Channel.open(configuration, configuration.keys(world.home(actor)), clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            throw new IllegalStateException("the world's own configuration is malformed", e);
        }
    }

    @Override
    public void close() {
        channels.values().forEach(Channel::close);
    }
}
