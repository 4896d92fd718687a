// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.agent.Agent;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;

/** The agent as a reseller runs it, with his files and over TLS; the gateway behind it is the whole one. */
final class AgentAtRealGateway {

    private final Path home;
    private final Instant since;
    private final String network;

    /** @param network the first three octets of what is rented to him */
    AgentAtRealGateway(GatewayFixture gateway, Actor reseller, String network, Instant since) {
        this.network = network;
        this.home = gateway.world().equip(reseller, InstantSource.system().instant());
        this.since = since;
        Imported imported = gateway.bean(Inventory.class)
                .importAssignments("kind,value,reseller,from,to\nPREFIX,%s.0/24,%s,%s,\n"
                        .formatted(network, reseller.party(), Wire.text(since))
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(imported).isInstanceOf(Imported.Done.class);
    }

    /** The last octet of the address, and the machine. */
    void listed(int... octetsAndMachines) {
        StringBuilder csv = new StringBuilder("ip,vm,customerRef,validFrom\n");
        for (int i = 0; i < octetsAndMachines.length; i += 2) {
            csv.append("%s.%d,%d,customer-unspoken-%d,%s\n"
                    .formatted(
                            network,
                            octetsAndMachines[i],
                            octetsAndMachines[i + 1],
                            octetsAndMachines[i + 1],
                            Wire.text(since.plusSeconds(1))));
        }
        try {
            Files.writeString(file(), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command and demands that it succeeds. @return what it printed */
    String source(String command, String... more) {
        List<String> words = new ArrayList<>(List.of("--source", "csv", "--cluster", "cluster-agent", "--file"));
        words.add(file().toString());
        words.addAll(List.of(more));
        return run(command, words);
    }

    String run(String command, String... more) {
        return run(command, List.of(more));
    }

    private String run(String command, List<String> more) {
        return run(0, command, more);
    }

    /** Runs a command of the source and demands this exit code. @return what it printed */
    String fails(int exit, String command, String... more) {
        List<String> words =
                new ArrayList<>(List.of("--source", "csv", "--cluster", "cluster-agent", "--file", file().toString()));
        words.addAll(List.of(more));
        return run(exit, command, words);
    }

    private String run(int expected, String command, List<String> more) {
        List<String> words = new ArrayList<>(List.of(command));
        if (!command.equals("check")) {
            words.addAll(
                    List.of("--config", home.resolve(ChannelConfiguration.FILE).toString()));
        }
        words.addAll(more);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Agent.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
        assertThat(exit).as(() -> command + ": " + out + err).isEqualTo(expected);
        return out.toString() + err;
    }

    Path file() {
        return home.resolve("fleet.csv");
    }
}
