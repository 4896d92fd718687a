// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.World;

/** The connections of every reseller of a world. */
record Clients(List<Client> all) implements AutoCloseable {

    static Clients of(World world, InstantSource clock, SecureRandom random) throws IOException, MalformedException {
        List<Client> all = new ArrayList<>(List.of(Client.of(world, world.cast().reseller(), clock, random)));
        for (Actor actor : world.crowd()) {
            all.add(Client.of(world, actor, clock, random));
        }
        for (Client client : all) {
            // one after the other: a hundred handshakes at once are another measurement
            client.connect();
        }
        return new Clients(List.copyOf(all));
    }

    @Override
    public void close() {
        all.forEach(Client::close);
    }
}
