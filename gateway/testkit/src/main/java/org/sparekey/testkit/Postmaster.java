// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server that some earlier process started, as its postmaster.pid tells it (lines: pid, directory, start, port). */
record Postmaster(ProcessHandle process, int port) {

    private static final int PORT_LINE = 3;
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(30);

    /**
     * The live server of this data directory, if there is one. A pid file whose process is gone, or belongs to something
     * else by now, is left to PostgreSQL, which clears it at its next start.
     */
    static Optional<Postmaster> running(Path directory) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            int port = Integer.parseInt(lines.get(PORT_LINE).trim());
            return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> serves(port, directory))
                    .map(process -> new Postmaster(process, port));
        } catch (IOException noPidFile) {
            return Optional.empty();
        }
    }

    private static boolean serves(int port, Path directory) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            return row.next() && Path.of(row.getString(1)).normalize().equals(directory);
        } catch (SQLException notOurs) {
            return false;
        }
    }

    /** How PostgreSQL is asked to end; Java's own destroy() sends SIGTERM, which would wait for every client. */
    enum Shutdown {
        FAST("-INT"),
        IMMEDIATE("-QUIT");

        private final String signal;

        Shutdown(String signal) {
            this.signal = signal;
        }
    }

    /** Ends the server of this data directory, if it runs. */
    static void stop(Path directory, Shutdown shutdown) throws IOException {
        Optional<Postmaster> running = running(directory);
        if (running.isPresent()) {
            running.get().stop(shutdown);
        }
    }

    /**
     * Ends the server and removes its directory in a process of its own: on a busy disk the thousands of files of fifty
     * databases take longer than a JVM may take to exit. It waits for this JVM, whose gateways say their last to the
     * database in shutdown hooks that run beside this one.
     */
    static void discardAfterwards(Path directory) {
        try {
            new ProcessBuilder(
                            "setsid",
                            "sh",
                            "-c",
                            "while kill -0 \"$1\" 2>/dev/null; do sleep 0.1; done"
                                    + "; pid=$(head -n 1 \"$0/postmaster.pid\") && kill -QUIT \"$pid\""
                                    + " && while kill -0 \"$pid\" 2>/dev/null; do sleep 0.1; done; rm -rf \"$0\"",
                            directory.toString(),
                            Long.toString(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(Shutdown shutdown) throws IOException {
        try {
            new ProcessBuilder("kill", shutdown.signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(STOP_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("PostgreSQL did not stop within " + STOP_AT_MOST, e);
        }
    }
}
