// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One {@link ChildGateway} process of this test, from its start to its SIGKILL. */
final class Child implements AutoCloseable {

    /** A cold JVM with Spring takes 8 s alone; tests share the machine. */
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** What a process killed by signal 9 answers: 128 + 9. */
    private static final int KILLED = 137;

    private final Path directory;
    private final Process process;

    private Child(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts it unarmed; returns when its listeners are open. */
    static Child start(Path directory, Map<String, String> properties) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String mark : new String[] {ChildGateway.ARMED, ChildGateway.REACHED, ChildGateway.READY}) {
            Files.deleteIfExists(directory.resolve(mark));
        }
        Properties all = new Properties();
        all.putAll(properties);
        // What kills do to telephone calls is shown by the room's own crash test.
        all.put("sparekey.orders.call-back", "OFF");
        try (Writer writer = Files.newBufferedWriter(directory.resolve(ChildGateway.PROPERTIES))) {
            all.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildGateway.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output").toFile()))
                .start();
        Child child = new Child(directory, process);
        child.await(ChildGateway.READY);
        return child;
    }

    /** It will halt where this place is reached next. */
    void arm(String place) throws IOException {
        Files.writeString(directory.resolve(ChildGateway.ARMED), place);
    }

    void awaitHalt() throws IOException, InterruptedException {
        await(ChildGateway.REACHED);
    }

    /** SIGKILL: no hook runs, no buffer is flushed, no connection is closed by the process itself. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    private void await(String mark) throws IOException, InterruptedException {
        for (long left = AT_MOST.toNanos(); left > 0; left -= LOOK_AGAIN.toNanos()) {
            if (Files.exists(directory.resolve(mark))) {
                return;
            }
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the gateway ended by itself:\n" + output());
            }
        }
        throw new AssertionError("not " + mark + " within " + AT_MOST + ":\n" + output());
    }

    String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }
}
