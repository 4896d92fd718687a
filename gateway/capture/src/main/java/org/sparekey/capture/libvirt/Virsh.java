// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;

/** Runs {@code virsh} with an array of arguments, never through a shell, and never longer than its limit. */
final class Virsh {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int MAX_OUTPUT_BYTES = 16 << 20;
    private static final int MAX_WORDS_CHARS = 300;

    /** How long an orphaned event stream may outlive a killed process. */
    private static final Duration STREAM = Duration.ofHours(48);

    private final LibvirtSettings settings;

    Virsh(LibvirtSettings settings) {
        this.settings = settings;
    }

    /** Standard output. */
    String run(String... arguments) throws IOException {
        if (!Files.isExecutable(settings.virsh())) {
            throw new CaptureException(CaptureRefusal.VIRSH_ABSENT, "virsh is not installed");
        }
        Path output = Files.createTempFile("virsh", ".out"); // mode 0600
        Path errors = Files.createTempFile("virsh", ".err");
        try {
            Process process = builder(arguments)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!waitFor(process, LIMIT)) {
                process.destroyForcibly();
                throw new CaptureException(CaptureRefusal.TIMED_OUT, "virsh " + arguments[0] + " did not end");
            }
            if (process.exitValue() != 0) {
                throw failed(arguments[0], read(errors));
            }
            return read(output);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    /** The events of every guest, one line each, until it is destroyed. */
    Process events() throws IOException {
        return builder("qemu-monitor-event", "--loop", "--timestamp", "--timeout", String.valueOf(STREAM.toSeconds()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(settings.virsh().toString(), "-q", "-c", settings.uri()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    static boolean waitFor(Process process, Duration atMost) throws IOException {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for virsh", e);
        }
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_OUTPUT_BYTES) {
            throw new CaptureException(CaptureRefusal.HYPERVISOR_FAILED, "virsh says more than can be true");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** libvirt's own words decide between a busy guest, an unusable scratch, and the rest. */
    private static CaptureException failed(String command, String words) {
        String line = words.replaceAll("[^ -~]+", " ").strip();
        String said = line.substring(0, Math.min(line.length(), MAX_WORDS_CHARS));
        CaptureRefusal refusal = CaptureRefusal.HYPERVISOR_FAILED;
        if (line.contains("state change lock") || line.contains("already") && line.contains("job")) {
            refusal = CaptureRefusal.JOB_RUNNING;
        } else if (line.contains("Permission denied") || line.contains("No space") || line.contains("No such file")) {
            refusal = CaptureRefusal.SCRATCH_UNUSABLE;
        }
        return new CaptureException(refusal, "virsh " + command + ": " + said);
    }
}
