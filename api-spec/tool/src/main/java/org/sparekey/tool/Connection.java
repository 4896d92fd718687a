// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.ChannelKeys;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import picocli.CommandLine.Option;

/** Where the gateway is and who speaks, from the configuration file. */
@NullUnmarked
final class Connection {

    static final SecureRandom RANDOM = Sources.random();
    static final InstantSource CLOCK = Sources.clock();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = ChannelConfiguration.FILE,
            description = "configuration file (default: ${DEFAULT-VALUE})")
    private Path config;

    Channel open() throws IOException, MalformedException {
        return Channel.open(configuration(), keys(), CLOCK, RANDOM);
    }

    SigningKey documentKey() throws IOException, MalformedException {
        return keys().document()
                .orElseThrow(() -> new MalformedException("/documentKey", "no document key is configured"));
    }

    static Bytes random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** The granted answer; a refusal ends the command. */
    static Answer.Granted granted(Channel channel, Call call) throws IOException, RefusedException {
        Answer answer = channel.send(call);
        if (answer instanceof Answer.Refused refused) {
            throw new RefusedException(refused.problem());
        }
        return (Answer.Granted) answer;
    }

    static <T> T read(Answer.Granted answer, Class<T> type) throws MalformedException {
        return Wire.read(answer.content().array(), type);
    }

    /** The HTTPS origin that orders name. */
    String gateway() throws IOException, MalformedException {
        return configuration().gateway();
    }

    private ChannelConfiguration configuration() throws IOException, MalformedException {
        return ChannelConfiguration.load(config);
    }

    private ChannelKeys keys() throws IOException, MalformedException {
        return configuration().keys(config.toAbsolutePath().normalize().resolveSibling(""));
    }
}
