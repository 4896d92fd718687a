// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.client.CsvException;
import org.sparekey.client.CsvInventory;
import org.sparekey.client.Registered;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Vps;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/** The resellers, each with the SDK's client and a CSV file. */
final class Resellers implements AutoCloseable {

    private final World world;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Actor, ResellerClient> clients = new HashMap<>();

    Resellers(World world, InstantSource clock, SecureRandom random) {
        this.world = world;
        this.clock = clock;
        this.random = random;
    }

    /** Leaves the CSV in the reseller's directory and registers what it says. */
    Registered.Proven sync(Actor reseller, String file, String csv) throws IOException {
        Path path = Files.writeString(world.home(reseller).resolve(file), csv);
        try {
            List<Vps> machines = CsvInventory.read(path, Fleet.CLUSTER);
            if (client(reseller).register(machines) instanceof Registered.Proven proven) {
                return proven;
            }
            throw new IllegalStateException("the batch of " + file + " has no proven receipt");
        } catch (CsvException e) {
            throw new IllegalStateException("the demo's own file is wrong", e);
        }
    }

    /** All that the hoster holds about him, as the hoster says it. */
    String view(Actor reseller) throws IOException {
        return client(reseller).view();
    }

    private ResellerClient client(Actor reseller) {
        return clients.computeIfAbsent(reseller, this::open);
    }

    private ResellerClient open(Actor reseller) {
        try {
            Path configuration = world.home(reseller).resolve(ChannelConfiguration.FILE);
            return ResellerClient.open(configuration, clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            throw new IllegalStateException("the world's own configuration is malformed", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ResellerClient client : clients.values()) {
            client.close();
        }
    }
}
