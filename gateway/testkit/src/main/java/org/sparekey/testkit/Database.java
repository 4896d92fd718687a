// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An embedded PostgreSQL 18 with fsync and synchronous commit ON, as a hoster would run it. Works as root (through a
 * user namespace). Each {@link #fresh()} gives an empty database with the three roles of {@code roles.sql}; Flyway has
 * not run there. A server on a fixed data directory survives the death of this JVM: {@link #at} finds it again.
 */
public final class Database implements AutoCloseable {

    /** As root the very first start takes up to 13 s on a quiet machine; tests share two cores. */
    private static final Duration START_AT_MOST = Duration.ofSeconds(120);

    private static final String SUPERUSER = "postgres";

    private final int port;
    private final Stop stop;

    private Database(int port, Stop stop) {
        this.port = port;
        this.stop = stop;
    }

    /** The one temporary server of this JVM, started at the first call and stopped when the JVM ends. */
    public static Database shared() {
        return Shared.SERVER;
    }

    /** A server of its own in a temporary directory, which {@link #close}, or the end of this JVM, removes. */
    public static Database temporary() {
        try {
            Path directory = Files.createTempDirectory("sparekey-postgres-");
            EmbeddedPostgres server = start(directory);
            Stop stop = new Discard(directory);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().unstarted(() -> Postmaster.discardAfterwards(directory)));
            return new Database(server.getPort(), stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A server on a kept data directory. Where an earlier JVM died without stopping its server (its postmaster.pid
     * names a live one that answers for this directory) that server is used again; otherwise one is started.
     */
    public static Database at(Path dataDirectory) {
        Path directory = dataDirectory.toAbsolutePath().normalize();
        Optional<Postmaster> orphan = Postmaster.running(directory);
        if (orphan.isPresent()) {
            return new Database(orphan.get().port(), () -> Postmaster.stop(directory, Postmaster.Shutdown.FAST));
        }
        try {
            EmbeddedPostgres server = start(directory);
            Stop stop = () -> {
                server.close();
                // it gives up after 5 s; a large shutdown checkpoint takes longer
                Postmaster.stop(directory, Postmaster.Shutdown.FAST);
            };
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> discard(stop)));
            return new Database(server.getPort(), stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void discard(Stop stop) {
        try {
            stop.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start(Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                // its own hook gives up after 5 s and leaves the server running
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_AT_MOST)
                // zonky switches both off; a crash test on such a server would prove nothing
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "400")
                .setServerConfig("shared_buffers", "64MB")
                .start();
    }

    public int port() {
        return port;
    }

    /** An empty database of a new name. */
    public Access fresh() {
        return named(newName());
    }

    /** The database of this name, created when absent: what a restarted gateway finds again. */
    public Access named(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("a database name is [a-z][a-z0-9_]*");
        }
        Access access = access(name);
        try {
            if (!exists(name)) {
                execute(url(SUPERUSER), "CREATE DATABASE " + name);
                execute(access.url(), roles());
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the database " + name + " could not be prepared", e);
        }
        return access;
    }

    /**
     * The database as it is now, under a new name: what a backup taken at this moment would restore.
     *
     * @param name as in the {@code url}; nobody may be connected to it
     */
    public Access copy(String name) {
        String copy = newName();
        try {
            execute(url(SUPERUSER), "CREATE DATABASE " + copy + " TEMPLATE " + name);
            execute(
                    url(copy),
                    "GRANT CONNECT ON DATABASE " + copy + " TO sparekey_owner, sparekey_app, sparekey_sequencer");
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " could not be copied", e);
        }
        return access(copy);
    }

    private Access access(String name) {
        return new Access(
                url(name),
                new Login("sparekey_owner", "owner"),
                new Login("sparekey_app", "app"),
                new Login("sparekey_sequencer", "sequencer"),
                new Login(SUPERUSER, "postgres"));
    }

    /** Chance is the server's: a kept data directory may hold the names of earlier runs. */
    private String newName() {
        try (Connection connection = DriverManager.getConnection(url(SUPERUSER), SUPERUSER, "");
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT 't' || replace(gen_random_uuid()::text, '-', '')")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the server gave no name", e);
        }
    }

    private boolean exists(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(SUPERUSER), SUPERUSER, "");
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, SUPERUSER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** The installer's script, and the passwords that the installer sets from a secret. */
    private static String roles() throws IOException {
        try (InputStream script = Database.class.getResourceAsStream("roles.sql")) {
            if (script == null) {
                throw new IOException("roles.sql is not in the testkit's jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + """
                    ;ALTER ROLE sparekey_owner PASSWORD 'owner';
                    ALTER ROLE sparekey_app PASSWORD 'app';
                    ALTER ROLE sparekey_sequencer PASSWORD 'sequencer'
                    """;
        }
    }

    /** Stops the server, also one that an earlier JVM started. */
    @Override
    public void close() {
        try {
            stop.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One role's name and password. */
    public record Login(String user, String password) {}

    /** How to reach one database as each role; {@code superuser} is for tests that play the criminal. */
    public record Access(String url, Login owner, Login app, Login sequencer, Login superuser) {

        /** The database's name, the last part of the {@code url}. */
        public String name() {
            return url.substring(url.lastIndexOf('/') + 1);
        }

        /** The properties a gateway is started with. */
        public Map<String, String> properties() {
            return Map.of(
                    "sparekey.database.url", url,
                    "sparekey.database.owner.user", owner.user(),
                    "sparekey.database.owner.password", owner.password(),
                    "sparekey.database.app.user", app.user(),
                    "sparekey.database.app.password", app.password(),
                    "sparekey.database.sequencer.user", sequencer.user(),
                    "sparekey.database.sequencer.password", sequencer.password());
        }

        public Connection connect(Login login) throws SQLException {
            return DriverManager.getConnection(url, login.user(), login.password());
        }
    }

    private interface Stop {
        void stop() throws IOException;
    }

    /** Nothing in it is wanted any more: no shutdown checkpoint, and the directory goes too. */
    private record Discard(Path directory) implements Stop {
        @Override
        public void stop() throws IOException {
            Postmaster.stop(directory, Postmaster.Shutdown.IMMEDIATE);
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static final class Shared {
        private static final Database SERVER = temporary();
    }
}
