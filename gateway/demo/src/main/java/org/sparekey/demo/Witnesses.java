// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessPolicy;
import org.sparekey.testkit.world.World;
import org.sparekey.tool.witness.WitnessServer;

/**
 * Three witnesses as {@code sparekey witness} runs them, each with a key and a store of its own, of the police, of the
 * resellers' association and of the hoster. Here they share a machine, which in production they must not.
 */
final class Witnesses implements AutoCloseable {

    private static final String ASSOCIATION = "association";
    private static final List<String> NAMES = List.of("police", ASSOCIATION, "hoster");
    private static final int TWO_OF_THREE = 2;
    private static final String TWO = "two-of-three";

    private final List<WitnessServer> servers;
    private final List<WitnessPolicy.Witness> witnesses;
    private final Path directory;

    private Witnesses(List<WitnessServer> servers, List<WitnessPolicy.Witness> witnesses, Path directory) {
        this.servers = List.copyOf(servers);
        this.witnesses = List.copyOf(witnesses);
        this.directory = directory;
    }

    /** Starts them on free ports; they know this world's two logs. */
    static Witnesses start(World world, InstantSource clock, SecureRandom random) throws IOException {
        Path directory = Files.createDirectories(world.directory().resolve("witnesses"));
        List<WitnessServer> servers = new ArrayList<>();
        List<WitnessPolicy.Witness> witnesses = new ArrayList<>();
        for (String name : NAMES) {
            Cosigner cosigner = Cosigner.generate("witness." + name + ".invalid", random);
            WitnessServer server = WitnessServer.start(
                    cosigner,
                    world.logKeys(clock.instant()),
                    directory.resolve(name),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    clock,
                    line -> {});
            servers.add(server);
            witnesses.add(new WitnessPolicy.Witness(
                    name, cosigner.key(), Optional.of(server.address().toString())));
        }
        return new Witnesses(servers, witnesses, directory);
    }

    /** What a verifier of a case demands: two of the three. */
    WitnessPolicy ofCases() {
        WitnessPolicy.Group two = new WitnessPolicy.Group(TWO, TWO_OF_THREE, NAMES);
        return new WitnessPolicy(List.of(), witnesses, List.of(two), TWO);
    }

    /** A reseller's receipt needs the witness of his own association. */
    private WitnessPolicy ofRegistry() {
        return new WitnessPolicy(List.of(), witnesses, List.of(), ASSOCIATION);
    }

    /** What the gateway is told of them. */
    Map<String, String> properties() throws IOException {
        Path cases =
                Files.writeString(directory.resolve("case.policy"), ofCases().text());
        Path registry = Files.writeString(
                directory.resolve("registry.policy"), ofRegistry().text());
        return Map.of(
                "sparekey.log.policy.case", cases.toString(),
                "sparekey.log.policy.registry", registry.toString());
    }

    @Override
    public void close() {
        try {
            for (WitnessServer server : servers) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
