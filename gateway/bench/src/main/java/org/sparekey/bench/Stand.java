// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sparekey.gateway.Gateway;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A whole gateway on a real PostgreSQL with fsync on, and beside its tables one plain table to compare with. */
final class Stand implements AutoCloseable {

    private final Path directory;
    private final Database database;
    private final Database.Access access;
    private final ConfigurableApplicationContext gateway;

    private Stand(Path directory, Database database, Database.Access access, ConfigurableApplicationContext gateway) {
        this.directory = directory;
        this.database = database;
        this.access = access;
        this.gateway = gateway;
    }

    /** @param resellers at once, beside those of every world */
    static World world(Path directory, InstantSource clock, SecureRandom random, int resellers) {
        return World.crowded(directory.resolve("world"), Site.free(), clock, random, resellers);
    }

    /** @param more settings of the gateway beside those of its world */
    static Stand open(Path directory, World world, Map<String, String> more)
            throws IOException, SQLException, MalformedException {
        Database database = Database.at(directory.resolve("postgres"));
        Database.Access access = database.fresh();
        Map<String, String> properties = world.properties(access);
        properties.put("sparekey.hypervisor.driver", "image");
        properties.put(
                "sparekey.hypervisor.image.directory",
                Files.createDirectories(directory.resolve("hypervisor")).toString());
        properties.put("sparekey.orders.call-back", "OFF");
        properties.put("sparekey.inventory.run", "false");
        // it would compare a million machines in the background of whatever is measured
        properties.put("sparekey.reconciliation.run", "false");
        // as a hoster runs it, not as an audience watches it
        properties.remove("sparekey.log.case-cadence");
        properties.put("sparekey.limits.requests-per-minute", "1000000");
        // it tells of every document that it looks at
        properties.put("logging.level.eu.europa.esig", "ERROR");
        properties.put(
                "sparekey.evidence.directory",
                directory.resolve("evidence-store").toString());
        properties.putAll(more);
        SpringApplication application = new SpringApplication(Gateway.class);
        application.addInitializers(
                starting -> ((GenericApplicationContext) starting).registerBean("benchDoor", BenchDoor.class));
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.copyOf(properties));
        ConfigurableApplicationContext gateway = application.run();
        if (!(gateway.getBean(Bootstrap.class).load(world.parties().bytes()) instanceof Bootstrap.Loaded)) {
            throw new IllegalStateException("the world's list of parties was refused");
        }
        plainTable(access);
        return new Stand(directory, database, access, gateway);
    }

    /** The shape of a row of the outbox, and nothing of what makes it a log. */
    private static void plainTable(Database.Access access) throws SQLException {
        try (Connection owner = access.connect(access.owner());
                Statement statement = owner.createStatement()) {
            statement.execute("""
                CREATE TABLE bench_row (
                    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    id uuid NOT NULL UNIQUE,
                    bytes bytea NOT NULL,
                    time timestamptz NOT NULL)
                """);
            statement.execute("GRANT INSERT ON bench_row TO sparekey_app");
            statement.execute("CREATE SEQUENCE bench_seq");
            statement.execute("GRANT USAGE ON bench_seq TO sparekey_app");
        }
    }

    /** What the database's own housekeeping does minutes after many rows came. */
    void settle() throws SQLException {
        try (Connection owner = access.connect(access.owner());
                Statement statement = owner.createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    /**
     * Whatever is made durable until this is closed takes so much longer, as on a disk behind a network. PostgreSQL's own
     * {@code commit_delay}: whoever flushes waits, and those who commit meanwhile are flushed with him, as they would be.
     */
    AutoCloseable slowerDisk(Duration more) throws SQLException {
        flushesTake(more);
        return () -> flushesTake(Duration.ZERO);
    }

    private void flushesTake(Duration more) throws SQLException {
        try (Connection superuser = access.connect(access.superuser());
                Statement statement = superuser.createStatement()) {
            statement.execute("ALTER SYSTEM SET commit_siblings = 0");
            statement.execute("ALTER SYSTEM SET commit_delay = " + TimeUnit.NANOSECONDS.toMicros(more.toNanos()));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    <T> T bean(Class<T> type) {
        return gateway.getBean(type);
    }

    /** The database's first process; the processes that serve connections descend from it. */
    Optional<ProcessHandle> databaseProcess() throws IOException {
        String pid =
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid));
    }

    /** The file system that both sides write to. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        gateway.close();
        database.close();
    }
}
