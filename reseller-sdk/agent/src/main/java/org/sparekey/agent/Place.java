// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.Progress;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Option;

/** Where the agent's files lie: configuration, keys and ledger together, in a directory of its own user. */
@NullUnmarked
final class Place {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:SPAREKEY_CONFIG:-" + ChannelConfiguration.FILE + "}",
            description = "configuration file (default: $SPAREKEY_CONFIG, or sparekey.json here)")
    private Path config;

    @Option(
            names = "--spool",
            paramLabel = "DIR",
            defaultValue = "${env:SPAREKEY_SPOOL}",
            description = "where hooks drop their events (default: $SPAREKEY_SPOOL, or spool beside the state)")
    private Path spool;

    Path config() {
        return config.toAbsolutePath().normalize();
    }

    Path directory() {
        return config().resolveSibling("");
    }

    AgentState state() throws IOException {
        return AgentState.open(stateDirectory());
    }

    Spool hints() throws IOException {
        return Spool.ofHooks(spool == null ? stateDirectory().resolve("spool") : spool);
    }

    Spool commands() throws IOException {
        return Spool.ofCommands(stateDirectory().resolve("commands"));
    }

    private Path stateDirectory() {
        return directory().resolve("sparekey-agent");
    }

    ResellerClient client(Surroundings around) throws IOException, MalformedException {
        return client(around, Progress.NONE);
    }

    ResellerClient client(Surroundings around, Progress progress) throws IOException, MalformedException {
        return ResellerClient.open(config(), around.client().progress(progress));
    }
}
