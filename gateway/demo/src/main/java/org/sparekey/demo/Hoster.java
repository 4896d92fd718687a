// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.sparekey.gateway.Gateway;
import org.sparekey.gateway.evidence.CaptureProgress;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.tsa.TestTsa;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The demo hoster: a real PostgreSQL, the real gateway on three real listeners, image files for guests; and around him
 * three witnesses and a time-stamp authority.
 */
final class Hoster implements AutoCloseable {

    private final Database database;
    private final World world;
    private final Map<String, String> properties;
    private final ConfigurableApplicationContext gateway;
    private final Witnesses witnesses;
    private final TestTsa authority;

    private Hoster(
            Database database,
            World world,
            Map<String, String> properties,
            ConfigurableApplicationContext gateway,
            Witnesses witnesses,
            TestTsa authority) {
        this.witnesses = witnesses;
        this.authority = authority;
        this.database = database;
        this.world = world;
        this.properties = Map.copyOf(properties);
        this.gateway = gateway;
    }

    /** Builds everything below the directory and starts the gateway. */
    static Hoster open(Path directory, Site site, InstantSource clock, SecureRandom random) throws IOException {
        Fleet.write(directory.resolve("hypervisor"));
        World world = World.create(directory, site, clock, random);
        Database database = Database.temporary();
        Map<String, String> properties = world.properties(database.fresh());
        properties.put("sparekey.hypervisor.driver", "image");
        properties.put(
                "sparekey.hypervisor.image.directory",
                directory.resolve("hypervisor").toString());
        properties.put("sparekey.inventory.run", "false");
        properties.put(
                "sparekey.evidence.directory",
                directory.resolve("evidence-store").toString());
        Witnesses witnesses = Witnesses.start(world, clock, random);
        properties.putAll(witnesses.properties());
        world.trust(witnesses.ofCases(), clock.instant());
        TestTsa authority = TestTsa.start(world.cast().timeCa(), clock, random);
        properties.put("sparekey.time.url", authority.location().toString());
        properties.put("sparekey.time.roots", world.timeRoots().toString());
        SpringApplication application = new SpringApplication(Gateway.class);
        application.setDefaultProperties(Map.copyOf(properties));
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("demoClock", InstantSource.class, () -> clock, bean -> bean.setPrimary(true)));
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("captureBar", CaptureProgress.class, CaptureBar::new));
        ConfigurableApplicationContext gateway = application.run();
        bootstrap(gateway.getBean(Bootstrap.class), world);
        return new Hoster(database, world, properties, gateway, witnesses, authority);
    }

    /** Both officers and the supervisor have signed the list. */
    private static void bootstrap(Bootstrap bootstrap, World world) {
        try {
            if (!(bootstrap.load(world.parties().bytes()) instanceof Bootstrap.Loaded)) {
                throw new IllegalStateException("the demo's own list of parties was refused");
            }
        } catch (MalformedException e) {
            throw new IllegalStateException("the demo's own list of parties is malformed", e);
        }
    }

    World world() {
        return world;
    }

    /** What the hoster's own staff does at the machine itself: imports, a look at the hypervisors. */
    <T> T room(Class<T> facade) {
        return gateway.getBean(facade);
    }

    /** What its gateway was started with, for another one in its place. */
    Map<String, String> properties() {
        return properties;
    }

    Database database() {
        return database;
    }

    /** Ends the gateway and leaves the database running. */
    void stop() {
        gateway.close();
    }

    @Override
    public void close() {
        gateway.close();
        witnesses.close();
        authority.close();
        database.close();
    }
}
