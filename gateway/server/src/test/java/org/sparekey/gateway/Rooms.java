// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.PartyList;
import org.sparekey.protocol.party.ResellerEntry;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rooms behind the door, on a real database with a real log: no HTTP. The clock is the test's; the hypervisor is the
 * image-file driver on a directory of the test.
 */
public final class Rooms implements AutoCloseable {

    private final TestClock clock;
    private final World world;
    private final Database.Access database = Migrated.fresh();
    private final Path images;
    private final ConfigurableApplicationContext context;

    private Rooms(Path directory, Instant start, boolean runLog) {
        this.clock = new TestClock(start);
        this.images = directory.resolve("images");
        this.world = World.create(directory.resolve("world"), Site.free(), clock, new SecureRandom());
        guests(List.of());
        this.context = new SpringApplicationBuilder(Without.class)
                .web(WebApplicationType.NONE)
                .properties(new HashMap<>(properties(directory, runLog)))
                .initializers(made -> ((GenericApplicationContext) made)
                        .registerBean("testClock", InstantSource.class, () -> clock, bean -> bean.setPrimary(true)))
                .run();
        enrol();
    }

    /** Not a configuration by itself, so that no scan of the whole gateway finds it. */
    @EnableAutoConfiguration
    @ComponentScan({
        "org.sparekey.gateway.keys",
        "org.sparekey.gateway.auditlog",
        "org.sparekey.gateway.parties",
        "org.sparekey.gateway.inventory",
        "org.sparekey.gateway.registry"
    })
    @Import({DatabaseConfiguration.class, Sources.class})
    static class Without {}

    /** A clock that stands where it is put. */
    public static final class TestClock implements InstantSource {

        private volatile Instant instant;

        TestClock(Instant start) {
            this.instant = start;
        }

        @Override
        public Instant instant() {
            return instant;
        }

        public void set(Instant to) {
            this.instant = to;
        }
    }

    /** @param runLog false where the test takes the log's steps by hand */
    public static Rooms start(Path directory, Instant start, boolean runLog) {
        return new Rooms(directory, start, runLog);
    }

    public TestClock clock() {
        return clock;
    }

    public World world() {
        return world;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    public static Caller reseller(Actor actor) {
        return new Caller(
                new PartyId(actor.party()),
                actor.person(),
                Role.RESELLER,
                actor.message().keyId());
    }

    /** What the hypervisor lists from now on; each guest has one small disk of its own. */
    public void guests(List<ImageDirectory.Entry> guests) {
        try {
            Files.createDirectories(images);
            for (ImageDirectory.Entry guest : guests) {
                for (ImageDirectory.DiskEntry disk : guest.disks()) {
                    Files.write(images.resolve(disk.file()), new byte[4096]);
                }
            }
            Files.write(images.resolve(ImageDirectory.FILE), Wire.write(new ImageDirectory(1, "cluster-a", guests)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory that lists nothing at all: the hypervisor is away. */
    public void hypervisorAway() {
        try {
            Files.delete(images.resolve(ImageDirectory.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many entries of a type were appended, numbered or not yet: one look at both tables counts each once. */
    public long entries(String type) {
        return jdbc().sql("""
                SELECT count(*) FROM (
                    SELECT bytes FROM auditlog_outbox UNION SELECT bytes FROM auditlog_entry
                ) AS entry WHERE convert_from(bytes, 'UTF8') LIKE :type
                """)
                .param("type", "%\"type\":\"" + type + "\"%")
                .query(Long.class)
                .single();
    }

    /** Empties the tables of inventory and registry, which only a superuser can. */
    public void forget() {
        List<String> tables =
                new ArrayList<>(jdbc().sql("""
                SELECT tablename FROM pg_tables
                WHERE (tablename LIKE 'registry\\_%' OR tablename LIKE 'inventory\\_%')
                    AND tablename NOT IN ('registry_turn', 'registry_comparison')
                """).query(String.class).list());
        tables.addAll(List.of("parties_idempotency", "parties_refused_claim"));
        try (Connection connection = database.connect(database.superuser());
                var statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + String.join(", ", tables));
            statement.execute("UPDATE registry_comparison SET compared_at = '-infinity'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> properties(Path directory, boolean runLog) {
        Map<String, Object> properties = new HashMap<>(world.properties(database));
        properties.put("sparekey.log.public-host", Site.DEMO_HOST);
        properties.put("sparekey.log.directory", directory.resolve("log").toString());
        properties.put(
                "sparekey.log.guard-directory", directory.resolve("guard").toString());
        properties.put("sparekey.log.interval", "10ms");
        properties.put("sparekey.log.run", Boolean.toString(runLog));
        properties.put("sparekey.inventory.run", "false");
        properties.put("sparekey.reconciliation.run", "false");
        properties.put("sparekey.hypervisor.driver", "image");
        properties.put("sparekey.hypervisor.image.directory", images.toString());
        return properties;
    }

    /** The resellers of the signed list, as a bootstrap leaves them. */
    private void enrol() {
        PartyList list = world.parties().list();
        for (ResellerEntry reseller : list.resellers()) {
            jdbc().sql("""
                    INSERT INTO parties_party (party, kind, entry, valid_from)
                    VALUES (:party, 'RESELLER', :entry, :from)
                    """)
                    .param("party", reseller.id())
                    .param("entry", Wire.write(reseller))
                    .param("from", Timestamp.from(clock.instant()))
                    .update();
            reseller.keys().forEach(key -> enrol(reseller, key));
        }
    }

    private void enrol(ResellerEntry reseller, KeyEnrolment key) {
        jdbc().sql("""
                INSERT INTO parties_key
                    (key_id, key_use, party, person, role, scopes, certificate, valid_from, valid_until)
                VALUES (:id, :use, :party, 'agent', 'RESELLER', '', :certificate, :from, :until)
                """)
                .param("id", key.keyId().array())
                .param("use", key.use().name())
                .param("party", reseller.id())
                .param("certificate", key.certificate().array())
                .param("from", Timestamp.from(key.from()))
                .param("until", Timestamp.from(key.until()))
                .update();
    }

    @Override
    public void close() {
        context.close();
    }
}
