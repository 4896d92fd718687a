// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks libvirt through its own command, over a read-only connection: the agent cannot start, stop or change a guest. */
final class Virsh {

    /** A description is some ten kilobytes; a thousand guests' names some sixty. */
    static final int MAX_OUTPUT_BYTES = 4 << 20;

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String command;
    private final String uri;

    Virsh(String command, String uri) {
        this.command = command;
        this.uri = uri;
    }

    /** @throws IOException when it cannot be run, fails, says too much or nothing in time */
    String run(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(command, "--readonly", "--connect", uri));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.onExit().orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return process;
        });
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            byte[] bytes = output.readNBytes(MAX_OUTPUT_BYTES + 1);
            if (bytes.length > MAX_OUTPUT_BYTES) {
                throw new IOException("virsh " + arguments[0] + " says too much");
            }
            if (process.waitFor() != 0) {
                throw new IOException("virsh " + arguments[0] + " failed");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
