// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A broker in a process of its own, which is killed as a power cut kills it and started again on the same directory. */
final class Child implements AutoCloseable {

    private final Path directory;
    private final int port = Broker.freePort();
    private final int controllerPort = Broker.freePort();
    private Process process;

    Child(Path directory) {
        this.directory = directory;
        this.process = started();
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() {
        process = started();
    }

    private Process started() {
        try {
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Broker.class.getName(),
                            directory.toString(),
                            Integer.toString(port),
                            Integer.toString(controllerPort))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = started.inputReader();
            for (String line = output.readLine(); ; line = output.readLine()) {
                if (line == null) {
                    throw new IllegalStateException(
                            "the broker ended with " + started.onExit().join().exitValue());
                }
                if (line.startsWith(Broker.READY)) {
                    return started;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
