// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code sparekey witness} as its own process, which can be killed. */
final class WitnessProcess implements AutoCloseable {

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final URI address;

    private WitnessProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one on a free port and waits until it says where it listens. */
    static WitnessProcess start(Path key, Path store, String log, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx128m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.sparekey.tool.Sparekey"));
        command.addAll(List.of("witness", "--key", key.toString(), "--store", store.toString()));
        command.addAll(List.of("--log", log, "--listen", "127.0.0.1:0"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith(LISTENING)) {
                drain(out, process);
                return new WitnessProcess(process, URI.create(line.substring(LISTENING.length())));
            }
        }
        throw new IOException("it ended before it listened: " + said);
    }

    /** Its journal is read away, so that it never waits for us. */
    private static void drain(BufferedReader out, Process process) {
        Thread reader = new Thread(() -> {
            try {
                out.transferTo(Writer.nullWriter());
            } catch (IOException closed) {
                // A process that is being killed takes its pipe with it.
                process.onExit().join();
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    URI address() {
        return address;
    }

    /** SIGKILL: nothing is said goodbye to. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; answers the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
