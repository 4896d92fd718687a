// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** libvirt's daemons on a machine without systemd; stops only what it started. */
final class Daemons implements AutoCloseable {

    private static final Path ROOT = Path.of("/");
    private static final long START_MILLIS = 20_000;
    private static final long POLL_MILLIS = 50;
    private static final long STOP_MILLIS = 20_000;

    private final List<ProcessHandle> started = new ArrayList<>();

    /** virtlogd first: guests cannot write their console without it. */
    static Daemons start() throws IOException {
        Daemons daemons = new Daemons();
        try {
            daemons.start("virtlogd", Path.of("/run/libvirt/virtlogd-sock"));
            daemons.start("libvirtd", Path.of("/run/libvirt/libvirt-sock"));
            return daemons;
        } catch (IOException | RuntimeException e) {
            daemons.close();
            throw e;
        }
    }

    @Override
    public void close() {
        for (ProcessHandle daemon : started.reversed()) {
            daemon.destroy();
            for (long waited = 0; works(daemon) && waited < STOP_MILLIS; waited += POLL_MILLIS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
        }
        started.clear();
    }

    private void start(String name, Path socket) throws IOException {
        if (running(name).isPresent()) {
            return;
        }
        Command.run(ROOT, "/usr/sbin/" + name, "-d");
        for (long waited = 0; !Files.exists(socket); waited += POLL_MILLIS) {
            if (waited > START_MILLIS) {
                throw new IOException(name + " did not start");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        started.add(running(name).orElseThrow(() -> new IOException(name + " ended at once")));
    }

    /** A daemon that has ended but that nobody waits for is still listed, without a program. */
    private static boolean works(ProcessHandle daemon) {
        return daemon.isAlive() && daemon.info().command().isPresent();
    }

    private static Optional<ProcessHandle> running(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(command -> command.endsWith("/" + name))
                        .orElse(false))
                .findFirst();
    }
}
