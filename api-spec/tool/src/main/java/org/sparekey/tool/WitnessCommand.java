// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.tool.witness.KnownLogs;
import org.sparekey.tool.witness.WitnessKeyFile;
import org.sparekey.tool.witness.WitnessServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a witness until it is told to stop. */
@NullUnmarked
@Command(
        name = "witness",
        description = "Checks that logs only grow, and cosigns what it saw (C2SP tlog-witness).",
        mixinStandardHelpOptions = true,
        subcommands = WitnessKeyCommand.class)
final class WitnessCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--key", paramLabel = "FILE", description = "this witness's private key (witness key new)")
    private Path key;

    @Option(
            names = "--log",
            paramLabel = "VKEY|FILE",
            description =
                    "a log to watch: its verifier key, or a trust file or policy that names logs; may be repeated")
    private List<String> logs;

    @Option(names = "--store", paramLabel = "DIR", description = "where it remembers what it saw")
    private Path store;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "default ${DEFAULT-VALUE}; port 0 takes a free one",
            defaultValue = "127.0.0.1:7380")
    private String listen;

    @Override
    public Integer call() throws IOException, MalformedException, InterruptedException {
        if (key == null || logs == null || store == null) {
            throw new ParameterException(spec.commandLine(), "a witness needs --key, --log and --store");
        }
        PrintWriter out = spec.commandLine().getOut();
        WitnessServer server = WitnessServer.start(
                WitnessKeyFile.read(key), KnownLogs.read(logs), store, address(), Sources.clock(), out::println);
        out.println("witness " + server.key().vkey());
        out.println("listening on " + server.address());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.close();
            } catch (IOException e) {
                out.println("closing: " + e.getMessage());
            }
            stopped.countDown();
        }));
        stopped.await();
        return ExitCode.OK;
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--listen wants HOST:PORT");
        }
        return new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(port));
    }
}
